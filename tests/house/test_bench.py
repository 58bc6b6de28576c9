"""`make bench` counts and judges right, and writes only where it may."""

import sys

import pytest
from django.conf import settings

sys.path.append(str(settings.BASE_DIR / "scripts"))

from bench import figures, report
from bench.client import Jar
from bench.html_forms import form_with
from bench.pages import AFTERS, READS, ROWS, SAVING, WRITES, chosen

pytestmark = pytest.mark.once
LIST, YEAR = "agency list", "year, coordinator"


def row(page, scale=1, p50=10.0, ratio=1.0, concurrency=1):
    return {
        "page": page,
        "scale": scale,
        "concurrency": concurrency,
        "n": 3,
        "p50_ms": p50,
        "p95_ms": p50,
        "per_second": 1.0,
        "ratio": ratio,
    }


def result(rows=(), looks=(), memory=()):
    return {"database": "sqlite", "rows": list(rows), "looks": list(looks), "memory": list(memory), "databases": []}


def missed(**told):
    return [each.what for each in figures.judged(result(**told)) if not each.met]


def test_percentiles_lie_between_neighbours():
    assert figures.percentile([3, 1, 2], 0.5) == 2
    assert figures.percentile([1, 2, 3, 4], 0.5) == 2.5
    assert figures.percentile(range(101), 0.95) == 95
    assert figures.percentile([7], 0.95) == 7


def test_a_page_is_measured_by_the_floor_of_its_own_scale_and_concurrency():
    samples = {(ROWS.name, 1, 1): [0.01], (ROWS.name, 200, 4): [0.02], (LIST, 1, 1): [0.03], (LIST, 200, 4): [0.1, 0.1]}
    rows = figures.figures(samples, figures.floors_of(samples))
    assert figures.row_of(rows, LIST, 1)["ratio"] == 3
    large = figures.row_of(rows, LIST, 200, 4)
    assert (large["ratio"], large["n"], large["per_second"], large["p50_ms"]) == (5, 2, 40, 100)


@pytest.mark.parametrize(
    ("page", "ratio", "over"),
    [(LIST, 5.0, []), (LIST, 5.01, [f"{LIST}: times the floor"]), (SAVING.name, 4.0, []),
     (SAVING.name, 4.5, [f"{SAVING.name}: times the floor"]), (AFTERS[0].name, 99.0, []),
     (LIST, 8.5, [f"{LIST}: times the floor (and none above 8)"])],
)  # fmt: skip
def test_ratios_are_judged_at_scale_1_one_at_a_time(page, ratio, over):
    rows = [row(page, ratio=ratio), row(page, scale=200, ratio=99), row(page, ratio=99, concurrency=4)]
    assert missed(rows=rows) == [*over, *missed(rows=rows[1:])]
    assert missed(rows=rows[1:]) == []


@pytest.mark.parametrize(
    ("page", "large", "met"), [(LIST, 12, True), (LIST, 12.2, False), (YEAR, 20, True), (YEAR, 21, False)]
)
def test_growth_has_the_limit_of_its_kind_of_page(page, large, met):
    rows = [row(page), row(page, scale=200, p50=large)]
    assert figures.growth(rows, page) == large / 10
    assert missed(rows=rows) == ([] if met else [f"{page}: growth"])


def test_there_is_no_growth_of_one_scale():
    assert figures.growth([row(LIST)], LIST) is None


def test_size_and_memory_have_limits_too():
    looks = [{"page": page, "scale": 1, "html_bytes": 60_001} for page in (LIST, ROWS.name)]
    memory = [{"scale": scale, "worker": 1, "now_mib": 120.0, "peak_mib": 130.0} for scale in (1, 200)]
    assert missed(looks=looks, memory=memory) == [
        f"{LIST}, scale 1: bytes of HTML",
        "process 1, scale 200: MiB at most",
    ]


def test_the_table_stands_between_the_marks_and_only_there():
    before, after = "# How fast\n\n", "\n\nMore words.\n"
    document = f"{before}<!-- table -->\nold\n<!-- /table -->{after}"
    written = report.between_marks(document, "new")
    assert written == f"{before}<!-- table -->\n\nnew\n\n<!-- /table -->{after}"
    assert report.between_marks(written, "new") == written


@pytest.mark.parametrize("document", ["", "<!-- table -->", "<!-- /table --> <!-- table -->"])
def test_without_both_marks_nothing_is_written(document):
    with pytest.raises(ValueError, match="There has to be one"):
        report.between_marks(document, "new")


def test_a_table_tells_growth_beside_the_largest_scale():
    told = report.table(result([row(LIST), row(LIST, scale=200, p50=15)]))
    small, large = told.split("SQLite, scale 200")
    assert "growth" not in small
    assert "growth" in large
    assert "1.50" in large


def test_pages_are_chosen_by_a_part_of_their_names():
    assert chosen(READS, []) == READS
    assert {page.name for page in chosen(READS, ["start"])} == {
        f"start, {who}" for who in ("coordinator", "case officer", "steering group")
    }
    assert chosen(WRITES, ["dialogue"]) == (SAVING,)
    assert len({page.name for page in (*READS, *WRITES, *AFTERS)}) == len(READS) + len(WRITES) + len(AFTERS)


def test_cookies_are_kept_until_they_end():
    jar = Jar()
    jar.take(["a=1; Path=/", "b=2; Max-Age=60; HttpOnly", "c=3"])
    other = jar.copy()
    jar.take(['c=""; Max-Age=0'])
    assert (jar.header(), other.header()) == ("a=1; b=2", "a=1; b=2; c=3")


def test_a_form_is_sent_as_a_browser_would():
    html = """<form action="/a/"><input name="q"></form>
    <form action="/b/"><input type="hidden" name="key" value="&amp;1">
    <input type="checkbox" name="off"><input type="checkbox" name="on" checked>
    <input type="radio" name="r" value="1"><input type="radio" name="r" value="2" checked>
    <select name="s"><option value="x"><option value="y" selected></select>
    <select name="first"><option value="x"><option value="y"></select>
    <textarea name="notes">\nA text</textarea></form>"""
    form = form_with(html, "notes")
    assert form.action == "/b/"
    assert form.choices == {"r": ["1", "2"]}
    expected = {"key": "&1", "on": "on", "r": "2", "s": "y", "first": "x", "notes": "A text"}
    assert form.fields == {name: [value] for name, value in expected.items()}
