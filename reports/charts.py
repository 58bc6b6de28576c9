"""The picture of a programme's year, and the same in words for whoever does not see it."""

import sys
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element, SubElement, tostring

from reports.shape import Cell, text

WIDTH, HEIGHT = 360, 216  # the width of a phone: nothing is drawn smaller than it is read there
SIZE = 12
LETTER = 0.62 * SIZE  # the mean width of a letter, on the wide side
FONT = "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
INK, MUTED, EDGE, GUIDE, ACCENT, PALE = "#191c20", "#56606d", "#7f8a97", "#dde1e6", "#0b5566", "#4f8491"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"

Points = list[tuple[float, float]]


class Lines(NamedTuple):
    """What a chart draws, one value for each month; the months of a published table make one as well."""

    labels: Sequence[str]
    """The months in words, `juni 2018`."""
    cumulated: Sequence[int | None]
    line: Sequence[float | None]
    expected: Sequence[int | None]


class _Curve(NamedTuple):
    name: str
    look: dict[str, str]
    points: Points


STARTED = {"stroke": ACCENT, "stroke-width": "3", "stroke-linejoin": "round"}
TOWARDS = {"stroke": INK, "stroke-width": "1.5", "stroke-dasharray": "6 4"}
HALO = {"stroke": "#fff", "stroke-width": "4", "paint-order": "stroke", "stroke-linejoin": "round"}
AHEAD = {"stroke": PALE, "stroke-width": "2.5", "stroke-dasharray": "0.1 4.5", "stroke-linecap": "round"}


def months_chart(
    title: str,
    labels: Sequence[str],
    cumulated: Sequence[int | None],
    line: Sequence[float | None],
    expected: Sequence[int | None],
    target: int | None,
) -> bytes:
    """An SVG picture of a year: started so far, the straight line to the target, and what is agreed ahead.

    A month's value stands at its end, and every line begins at nought. The picture fetches nothing, runs nothing and
    needs no style sheet; its description is `months_in_words`. Raises ValueError when the lines are of different
    lengths.
    """
    curves = _curves(Lines(labels, cumulated, line, expected))
    words = months_in_words(title, labels, cumulated, line, expected, target)
    chart = _laid_out(labels, curves)
    for curve in curves:
        chart.add(curve.name, curve.points)
    # The filter is called while the chart still knows where it drew what.
    chart.add_xml_filter(lambda root: _plain(root, chart, curves, title, words))
    svg: bytes = tostring(chart.render_tree(), encoding="utf-8", xml_declaration=True)
    return svg


@cache
def _pygal() -> Any:
    """The library, loaded by the first picture."""
    import pygal

    # Its finder of maps has no `find_spec`: with it in place, every later import of anything gives a warning.
    sys.meta_path[:] = [finder for finder in sys.meta_path if type(finder).__module__ != "pygal"]
    return pygal


def _laid_out(labels: Sequence[str], curves: Sequence[_Curve]) -> Any:
    pygal = _pygal()
    ticks = _ticks(max(y for curve in curves for _, y in curve.points))
    widest = max(len(_number(curve.points[-1][1])) for curve in curves)
    return pygal.XY(
        width=WIDTH,
        height=HEIGHT,
        margin=10,
        margin_bottom=34,
        margin_right=16 + widest * LETTER,
        spacing=8,
        style=pygal.style.Style(label_font_size=SIZE),
        no_prefix=True,
        show_legend=False,
        show_dots=False,
        xrange=(0, len(labels)),
        x_labels=[{"value": place + 0.5, "label": name} for place, name in enumerate(_short(labels))],
        y_labels=ticks,
        value_formatter=_number,
    )


def _curves(lines: Lines) -> list[_Curve]:
    """The lines that there are, in the order they are drawn and told; all from nought at the year's beginning."""
    if len({len(each) for each in lines}) != 1:
        raise ValueError("A chart's lines have one value for each month")
    started = _from_nought(lines.cumulated)
    expected = [point for point in _from_nought(lines.expected)[1:] if point[0] >= started[-1][0]]
    ahead = started[-1:] + [point for point in expected if point != started[-1]]
    curves = [
        _Curve("målet", TOWARDS, _from_nought(lines.line)),
        _Curve("om avtalen hålls", AHEAD, ahead),
        _Curve("startade", STARTED, started),
    ]
    return [curve for curve in curves if len(curve.points) > 1 or curve.look is STARTED]


def _from_nought(values: Sequence[float | None]) -> Points:
    told = [(place, float(value)) for place, value in enumerate(values, start=1) if value is not None]
    return [(0, 0.0), *told]


def _ticks(highest: float) -> list[int]:
    """At most five whole numbers from nought to at least the highest, with steps of 1, 2 or 5 and noughts."""
    step = next(base * 10**power for power in range(40) for base in (1, 2, 5) if base * 10**power * 4 >= highest)
    return [step * place for place in range(max(int(-(-highest // step)), 1) + 1)]


def _number(value: float) -> str:
    return text(Cell(round(value)), "number")


def _short(labels: Sequence[str]) -> list[str]:
    """The months as there is room for them: a year by first letters."""
    return [label[: 1 if len(labels) > 6 else 3] for label in labels] if len(labels) > 3 else list(labels)


def _plain(root: Any, chart: Any, curves: Sequence[_Curve], title: str, words: str) -> Element:
    """Only what is seen of pygal's picture, with its looks as attributes: no classes, scripts, styles or tooltips."""
    svg = Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "viewBox": f"0 0 {WIDTH} {HEIGHT}", "role": "img"})
    svg.attrib.update({"width": str(WIDTH), "height": str(HEIGHT), LANG: "sv"})
    SubElement(svg, "title").text = _printable(title)
    SubElement(svg, "desc").text = _printable(words)
    SubElement(svg, "rect", {"width": str(WIDTH), "height": str(HEIGHT), "fill": "#fff"})
    drawn = root.find(".//g[@class='plot']")
    look = {"fill": MUTED, "font-family": FONT, "font-size": str(SIZE)}
    plot = SubElement(svg, "g", {"transform": drawn.get("transform"), **look})
    plot.extend(_axes(drawn))
    for path, curve in zip(
        drawn.iterfind("g[@class]/path[@class='line reactive nofill']"), _drawn(curves), strict=True
    ):
        SubElement(plot, "path", {"d": path.get("d"), "fill": "none", **curve.look})
    plot.extend(_ends(curves, chart.view))
    plot.extend(_legend(curves, chart.margin_box.left, HEIGHT - chart.margin_box.top - 14))
    return svg


def _drawn(curves: Sequence[_Curve]) -> list[_Curve]:
    return [curve for curve in curves if len(curve.points) > 1]


def _axes(drawn: Any) -> Iterator[Element]:
    for axis in drawn.iterfind("g"):
        kinds = axis.get("class").split()
        if "axis" not in kinds:
            continue
        upright = "y" in kinds
        for guides in axis.iterfind("g"):
            path, label = guides.find("path"), guides.find("text")
            if upright:
                base = "axis" in path.get("class").split()
                yield Element("path", {"d": path.get("d"), "stroke": EDGE if base else GUIDE})
            place = {"x": label.get("x"), "y": label.get("y"), "text-anchor": "end" if upright else "middle"}
            yield _words(label.text, place)


def _words(said: str, look: dict[str, str]) -> Element:
    element = Element("text", look)
    element.text = said
    return element


def _ends(curves: Sequence[_Curve], view: Any) -> Iterator[Element]:
    """A dot where the year has come to, and at the end of each line its number."""
    ends = [(curve, *view(curve.points[-1])) for curve in _drawn(curves)]
    right = max((x for _, x, _ in ends), default=0)
    beside = _apart([(y, place) for place, (_, x, y) in enumerate(ends) if x == right])
    for place, (curve, x, y) in enumerate(ends):
        look = {"fill": MUTED if curve.look is AHEAD else curve.look["stroke"]}
        if curve.look is STARTED:
            yield Element("circle", {"cx": f"{x:.1f}", "cy": f"{y:.1f}", "r": "4.5", **look})
            look["font-weight"] = "700"
        # Below the line where it ends within the picture: a line that only rises has nothing there.
        lower = beside.get(place, y + 12) + 4
        yield _words(_number(curve.points[-1][1]), {"x": f"{x + 9:.1f}", "y": f"{lower:.1f}", **HALO, **look})


def _apart(ends: list[tuple[float, int]]) -> dict[int, float]:
    """Heights beside the picture, by place, moved down until none stands upon another."""
    heights: dict[int, float] = {}
    lowest = float("-inf")
    for y, place in sorted(ends):
        heights[place] = lowest = max(y, lowest + SIZE + 2)
    return heights


def _legend(curves: Sequence[_Curve], margin: float, y: float) -> Iterator[Element]:
    """A piece of each line with its name, below."""
    x = 6 - margin
    for curve in reversed(_drawn(curves)):
        yield Element("path", {"d": f"M{x:.1f} {y - 4:.1f} h20", **curve.look})
        yield _words(curve.name, {"x": f"{x + 25:.1f}", "y": f"{y:.1f}", "fill": INK})
        x += 25 + len(curve.name) * LETTER + 9


def _printable(said: str) -> str:
    """Without the control characters that no XML may hold."""
    return "".join(letter for letter in said if unicodedata.category(letter)[0] != "C")


def months_in_words(
    title: str,
    labels: Sequence[str],
    cumulated: Sequence[int | None],
    line: Sequence[float | None],
    expected: Sequence[int | None],
    target: int | None,
) -> str:
    """The text alternative of `months_chart`: how far, against what, when most started, and where it will end."""
    lines = Lines(labels, cumulated, line, expected)
    said = f"{title} månad för månad: {_so_far(lines, target)}."
    return " ".join(filter(None, [said, _most(lines), _to_come(lines)]))


def _so_far(lines: Lines, target: int | None) -> str:
    told = [(place, value) for place, value in enumerate(lines.cumulated) if value is not None]
    if not told:
        return "inget att räkna än" + (f", målet är {_number(target)}" if target is not None else "")
    place, number = told[-1]
    said = f"{_number(number) if number else 'ingen'} startade till och med {_months(lines.labels)[place]}"
    if target is None:
        return said
    towards = lines.line[place]
    if place == len(lines.line) - 1 or towards is None:
        return f"{said} mot målet {_number(target)}"
    return f"{said}, då den raka linjen mot målet {_number(target)} låg på {text(Cell(towards), 'line')}"


def _most(lines: Lines) -> str:
    """In which months most started; nothing where that says nothing."""
    told = [value for value in lines.cumulated if value is not None]
    started = [after - before for before, after in pairwise([0, *told])]
    most = max(started, default=0)
    months = [label for label, number in zip(_months(lines.labels), started, strict=False) if number == most]
    if not most or len(started) < 2 or len(months) > 3:
        return ""
    each = f"{_number(most)} var" if len(months) > 1 else _number(most)
    listed = " och ".join(filter(None, [", ".join(months[:-1]), months[-1]]))
    return f"Flest startade i {listed} ({each})."


def _to_come(lines: Lines) -> str:
    so_far = max((value for value in lines.cumulated if value is not None), default=0)
    in_the_end = max((value for value in lines.expected if value is not None), default=0)
    if in_the_end <= so_far:
        return ""
    return f"Om avtalen hålls är det {_number(in_the_end)} till och med {_months(lines.labels)[-1]}."


def _months(labels: Sequence[str]) -> list[str]:
    """The months without their year, when all are of one: the title says which."""
    years = {label.rpartition(" ")[2] for label in labels}
    return [label.rpartition(" ")[0] or label for label in labels] if len(years) == 1 else list(labels)
