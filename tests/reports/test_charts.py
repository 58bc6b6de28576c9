"""The picture of a year is plain, small and true, and says the same in words."""

import re
from datetime import date
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from reports.charts import HEIGHT, WIDTH, months_chart, months_in_words
from reports.periods import MONTHS, month_in_words

pytestmark = pytest.mark.once

SVG = "{http://www.w3.org/2000/svg}"
YEAR = [f"{month} 2018" for month in MONTHS]
NONE = [None] * 12
PIS = [0, 0, 1, 3, 4, 5, 7, 8, 8, 10, 13, 18]
JUNE = [0, 1, 3, 4, 5, 7, *[None] * 6]
AHEAD = [*[None] * 5, 9, 12, 14, 18, 22, 30, 35]


def towards(target: int, months: int = 12) -> list[float]:
    """The straight line to a target."""
    return [target * month / months for month in range(1, months + 1)]


CASES = {
    "a whole year": (YEAR, PIS, towards(40), [*NONE[1:], 18], 40),
    "in the middle": (YEAR, JUNE, towards(40), AHEAD, 40),
    "no target": (YEAR, JUNE, NONE, AHEAD, None),
    "nothing but noughts": (YEAR, [0] * 12, towards(0), [*NONE[1:], 0], 0),
    "not begun": (YEAR, NONE, towards(40), [2, *[7] * 11], 40),
    "nothing at all": (YEAR, NONE, NONE, NONE, None),
    "one month": (["juni 2018"], [3], [5.0], [4], 5),
    "no month": ([], [], [], [], None),
    "huge": (YEAR, [month * 1_000_000 for month in range(1, 13)], towards(12_345_678), NONE, 12_345_678),
}
each_case = pytest.mark.parametrize("case", CASES.values(), ids=CASES)


def drawn(*values) -> ElementTree.Element:
    """The picture as a tree."""
    return ElementTree.fromstring(months_chart("PIS 2018", *values))


def texts(svg: ElementTree.Element) -> list[str]:
    return [element.text for element in svg.iter(f"{SVG}text")]


def curves(svg: ElementTree.Element) -> dict[str, list[tuple[float, float]]]:
    """The lines by the dashes they are drawn with."""
    return {
        path.get("stroke-dasharray", "solid"): [
            (float(x), float(y)) for x, y in re.findall(r"([\d.]+) ([\d.]+)", path.get("d"))
        ]
        for path in svg.iter(f"{SVG}path")
        if path.get("fill") == "none"
    }


@each_case
def test_a_picture_is_small_and_brings_nothing_with_it(case):
    made = months_chart("PIS 2018", *case)
    assert len(made) < 15_000
    assert made.startswith(b"<?xml")
    assert {element.tag.removeprefix(SVG) for element in ElementTree.fromstring(made).iter()} <= {
        *("svg", "title", "desc", "g", "rect", "path", "circle", "text")
    }
    plain = made.decode().replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert not re.search(r"://|href|<!--|url\(|class=|style=|\bon\w+=|data-|<\?xml-stylesheet|\bid=", plain)


@each_case
def test_a_picture_carries_its_title_and_its_words(case):
    svg = drawn(*case)
    assert svg.get("viewBox") == f"0 0 {WIDTH} {HEIGHT}"
    assert svg.get("{http://www.w3.org/XML/1998/namespace}lang") == "sv"
    assert [element.tag for element in svg][:2] == [f"{SVG}title", f"{SVG}desc"]
    assert (svg[0].text, svg[1].text) == ("PIS 2018", months_in_words("PIS 2018", *case))


@each_case
def test_the_same_figures_are_the_same_picture(case):
    assert months_chart("PIS 2018", *case) == months_chart("PIS 2018", *case)


@each_case
def test_what_is_written_is_large_enough_and_within_the_picture(case):
    svg = drawn(*case)
    plot = svg.find(f"{SVG}g")
    assert WIDTH <= 360
    assert float(plot.get("font-size")) >= 11
    left, top = map(float, re.findall(r"[\d.]+", plot.get("transform")))
    for text in plot.iter(f"{SVG}text"):
        assert text.get("font-size") is None
        width = len(text.text) * 7
        x = left + float(text.get("x")) - {"end": width, "middle": width / 2}.get(text.get("text-anchor"), 0)
        assert x >= 0
        assert x + width <= WIDTH
        assert 8 <= top + float(text.get("y")) <= HEIGHT


def test_a_year_is_drawn_from_nought_against_the_line_to_its_target():
    lines = curves(drawn(*CASES["a whole year"]))
    assert sorted(lines) == ["6 4", "solid"]
    started, target = lines["solid"], lines["6 4"]
    assert len(started) == len(target) == 13
    assert started[0] == target[0]
    nought, top = target[0][1], target[-1][1]
    heights = [round((nought - y) / (nought - top) * 40, 3) for _, y in started]
    assert heights == [0, *PIS]
    steps = {round(after[0] - before[0], 2) for before, after in pairwise(started)}
    assert max(steps) - min(steps) < 0.02
    rises = {round(before[1] - after[1], 2) for before, after in pairwise(target)}
    assert max(rises) - min(rises) < 0.02


def test_what_is_agreed_goes_on_from_what_has_started():
    lines = curves(drawn(*CASES["in the middle"]))
    started, ahead, target = lines["solid"], lines["0.1 4.5"], lines["6 4"]
    assert len(started) == 7
    assert ahead[0] == started[-1]
    assert ahead[1][0] == started[-1][0]
    nought, top = target[0][1], target[-1][1]
    assert [round((nought - y) / (nought - top) * 40, 3) for _, y in ahead] == [7, *AHEAD[5:]]
    assert ahead[-1][0] == target[-1][0]


def test_what_is_agreed_in_a_year_that_has_not_begun_goes_from_nought():
    lines = curves(drawn(*CASES["not begun"]))
    assert sorted(lines) == ["0.1 4.5", "6 4"]
    assert lines["0.1 4.5"][0] == lines["6 4"][0]


def test_what_has_started_is_the_thickest_line_and_ends_in_a_dot_with_its_number():
    svg = drawn(*CASES["in the middle"])
    widths = {
        path.get("stroke-dasharray"): float(path.get("stroke-width"))
        for path in svg.iter(f"{SVG}path")
        if path.get("fill")
    }
    assert max(widths, key=widths.get) is None
    (dot,) = svg.iter(f"{SVG}circle")
    x, y = curves(svg)["solid"][-1]
    assert (float(dot.get("cx")), float(dot.get("cy"))) == (pytest.approx(x, abs=0.1), pytest.approx(y, abs=0.1))
    (number,) = (text for text in svg.iter(f"{SVG}text") if text.get("font-weight"))
    assert number.text == "7"
    assert float(number.get("x")) > x
    assert float(number.get("y")) > y + 12


def test_the_months_stand_in_their_middle_and_the_year_is_there_from_the_beginning():
    svg = drawn(YEAR, JUNE, NONE, NONE, None)
    (line,) = curves(svg).values()
    months = [float(text.get("x")) for text in svg.iter(f"{SVG}text") if text.get("text-anchor") == "middle"]
    assert len(months) == 12
    for month, (before, after) in zip(months, pairwise(line), strict=False):
        assert month == pytest.approx((before[0] + after[0]) / 2, abs=0.01)
    beside = next(float(width) for width in re.findall(r"h([\d.]+)", svg.find(f"{SVG}g/{SVG}path").get("d")))
    assert months[-1] + (months[1] - months[0]) / 2 < beside


def test_nothing_is_drawn_ahead_when_nothing_more_is_agreed():
    assert "0.1 4.5" not in curves(drawn(*CASES["a whole year"]))


@pytest.mark.parametrize(
    ("highest", "ticks"),
    [
        (0, ["0", "1"]),
        (1, ["0", "1"]),
        (3, ["0", "1", "2", "3"]),
        (5, ["0", "2", "4", "6"]),
        (18, ["0", "5", "10", "15", "20"]),
        (40, ["0", "10", "20", "30", "40"]),
        (41, ["0", "20", "40", "60"]),
        (12_345, ["0", "5\xa0000", "10\xa0000", "15\xa0000"]),
    ],
)
def test_the_numbers_beside_are_whole_and_begin_at_nought(highest, ticks):
    svg = drawn(["juni 2018"], [highest], [None], [None], None)
    assert [text.text for text in svg.iter(f"{SVG}text") if text.get("text-anchor") == "end"] == ticks


def test_lines_have_names_and_numbers_where_they_end():
    said = texts(drawn(*CASES["in the middle"]))
    assert said[-3:] == ["startade", "om avtalen hålls", "målet"]
    assert sorted(said[-6:-3]) == ["35", "40", "7"]
    assert "startade" not in texts(drawn(*CASES["not begun"]))
    assert texts(drawn(*CASES["no target"]))[-2:] == ["startade", "om avtalen hålls"]
    assert [text.text for text in drawn(*CASES["a whole year"]).iter(f"{SVG}text") if text.get("font-weight")] == ["18"]


def test_numbers_beside_the_picture_do_not_stand_upon_each_other():
    svg = drawn(YEAR, [2 * month for month in range(1, 13)], towards(24), [*NONE[1:], 25], 24)
    ends = [text for text in svg.iter(f"{SVG}text") if text.get("paint-order")]
    heights = sorted(float(text.get("y")) for text in ends)
    assert len(ends) == 3
    assert min(below - above for above, below in pairwise(heights)) >= 12


@pytest.mark.parametrize("case", ["a whole year", "huge"])
def test_months_are_told_by_a_letter_where_there_are_many(case):
    middles = [text.text for text in drawn(*CASES[case]).iter(f"{SVG}text") if text.get("text-anchor") == "middle"]
    assert "".join(middles) == "jfmamjjasond"


def test_months_are_told_in_full_where_there_are_few():
    half = drawn(YEAR[:5], PIS[:5], NONE[:5], NONE[:5], None)
    assert [text for text in texts(half) if text.isalpha()][:5] == ["jan", "feb", "mar", "apr", "maj"]
    assert "juni 2018" in texts(drawn(*CASES["one month"]))


def test_lines_of_different_lengths_are_refused():
    with pytest.raises(ValueError, match="one value for each month"):
        months_chart("PIS 2018", YEAR, PIS[:6], NONE, NONE, None)


def test_a_title_is_text_and_holds_nothing_that_no_xml_may_hold():
    made = months_chart('<script>&"\x01\x0b ÅÄÖ', YEAR, PIS, NONE, NONE, None)
    assert ElementTree.fromstring(made)[0].text == '<script>&" ÅÄÖ'


MARCH = [month_in_words(date(2018 + (month > 12), (month - 1) % 12 + 1, 1)) for month in range(3, 15)]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (
            CASES["a whole year"],
            "18 startade till och med december mot målet 40. Flest startade i december (5).",
        ),
        (
            CASES["in the middle"],
            "7 startade till och med juni, då den raka linjen mot målet 40 låg på 20. Flest startade i mars och juni "
            "(2 var). Om avtalen hålls är det 35 till och med december.",
        ),
        (
            CASES["no target"],
            "7 startade till och med juni. Flest startade i mars och juni (2 var). Om avtalen hålls är det 35 till och "
            "med december.",
        ),
        (CASES["nothing but noughts"], "ingen startade till och med december mot målet 0."),
        (CASES["not begun"], "inget att räkna än, målet är 40. Om avtalen hålls är det 7 till och med december."),
        ((YEAR, NONE, towards(0), NONE, 0), "inget att räkna än, målet är 0."),
        ((YEAR, [0, 0, *NONE[2:]], NONE, NONE, None), "ingen startade till och med februari."),
        (
            (YEAR, JUNE, NONE, NONE, 40),
            "7 startade till och med juni mot målet 40. Flest startade i mars och juni (2 var).",
        ),
        (CASES["nothing at all"], "inget att räkna än."),
        (CASES["no month"], "inget att räkna än."),
        (
            CASES["one month"],
            "3 startade till och med juni mot målet 5. Om avtalen hålls är det 4 till och med juni.",
        ),
        (CASES["huge"], "12\xa0000\xa0000 startade till och med december mot målet 12\xa0345\xa0678."),
        (
            (YEAR, [1, *[None] * 11], towards(40), NONE, 40),
            "1 startade till och med januari, då den raka linjen mot målet 40 låg på 3,3.",
        ),
        (
            (MARCH, [1, 2, 2, 3, *[3] * 8], NONE, NONE, None),
            "3 startade till och med februari 2019. Flest startade i mars 2018, april 2018 och juni 2018 (1 var).",
        ),
    ],
)
def test_the_picture_is_told_in_words(values, said):
    assert months_in_words("PIS 2018", *values) == f"PIS 2018 månad för månad: {said}"
