"""What is hidden cannot be worked out by adding and subtracting what is shown; and no more is hidden than that takes.

Two readers try, and neither knows how it was hidden. One subtracts from totals, over and over. The other looks for
another table that would look the same: where there is none, the number is known, however it was worked out.
"""

import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from reports.hiding import protected
from reports.shape import COVERED, FEW, Cell, Column, Table, row_of

pytestmark = pytest.mark.once

Rows = list[list[int]]
SMALL, ANY = range(1, 5), 10**6
NUMBERS = [(0, 0, 0, 1), (0, 1, 1, 2), (0, 0, 1, 2, 5, 6), (0, 3, 5, 9), (4, 5), (1,)]


def groups_of(*sizes: int) -> list[list[str]]:
    return [[f"{'gs'[side]}{number}" for number in range(size)] for side, size in enumerate(sizes)]


def table_of(rows: Rows, *sizes: int, note: str = "") -> Table:
    parts = [Column(key, key) for group in groups_of(*sizes) for key in group]
    told = [row_of(str(number), [f"Myndighet {number}", *values]) for number, values in enumerate(rows)]
    county = row_of("all", ["Länet", *map(sum, zip(*rows, strict=True))], total=True)
    columns = (Column("agency", "Myndighet", "text"), Column("started", "Startade"), *parts)
    return Table("t", "Startade", columns, (*told, county), note=note, crosses=True)


def shown(table: Table) -> list[str]:
    """What stands in the cells of each row, its name left out."""
    return [" ".join(words for *_, words in cells[1:]) for _, cells in table.texts()]


def hide(rows: Rows, *sizes: int) -> Table:
    return protected(table_of(rows, *sizes), groups_of(*sizes))


def marked(rows: Rows, *sizes: int) -> Table:
    """Only the small cells hidden, and nothing for their sake."""
    table = table_of(rows, *sizes)
    few = [[Cell(None, hidden=FEW) if cell.value in SMALL else cell for cell in row.cells] for row in table.rows[:-1]]
    return replace(table, rows=(*(row_of(str(number), each) for number, each in enumerate(few)), table.rows[-1]))


def sides(*sizes: int) -> list[list[int]]:
    """The columns of each way in which a row adds up; column 0 is the total."""
    starts = [1 + sum(sizes[:side]) for side in range(len(sizes))]
    return [list(range(start, start + size)) for start, size in zip(starts, sizes, strict=True)]


def secrets(rows: Rows) -> Iterator[tuple[int, int]]:
    for row, values in enumerate(rows):
        yield from ((row, column) for column, value in enumerate(values) if value in SMALL)


def bounds(table: Table) -> list[list[tuple[int, int]]]:
    """What the reader knows of each cell before adding anything up. A column of nothing but COVERED may hold zeros."""
    cells = [row.cells[1:] for row in table.rows if not row.total]
    least = [0 if all(cell.hidden == COVERED for cell in column) else 5 for column in zip(*cells, strict=True)]
    return [
        [
            {FEW: (1, 4), COVERED: (few, ANY)}.get(cell.hidden, (cell.value or 0, cell.value or 0))
            for cell, few in zip(row, least, strict=True)
        ]
        for row in cells
    ]


def subtracted(table: Table, *sizes: int) -> list[list[tuple[int, int]]]:
    """What the reader knows in the end who subtracts from totals until nothing more is found."""
    know = bounds(table)
    rows = range(len(know))
    sums = [((row, 0), [(row, column) for column in side]) for row in rows for side in sides(*sizes)]
    know.append([(cell.value, cell.value) for cell in table.rows[-1].cells[1:]])
    sums += [((-1, column), [(row, column) for row in rows]) for column in range(len(know[0]))]
    before = None
    while before != know:
        before = [list(row) for row in know]
        for (top, column), parts in sums:
            low, high = (sum(know[row][place][end] for row, place in parts) for end in (0, 1))
            least, most = know[top][column]
            know[top][column] = max(least, low), min(most, high)
            for row, place in parts:
                few, many = know[row][place]
                know[row][place] = max(few, least - (high - many)), min(many, most - (low - few))
    return know[:-1]


def worked_out(table: Table, rows: Rows, *sizes: int) -> list[tuple[int, int]]:
    """The small cells that subtracting from totals gives."""
    know = subtracted(table, *sizes)
    assert all(know[row][place][0] <= rows[row][place] <= know[row][place][1] for row, place in secrets(rows))
    return [(row, place) for row, place in secrets(rows) if know[row][place][0] == know[row][place][1]]


def changes(values: list[int], know: list[tuple[int, int]], *sizes: int) -> list[tuple[int, ...]]:
    """What may be added to the cells of a row, one at the most in each, so that it adds up and looks the same."""
    may = [[d for d in (-1, 0, 1) if low <= value + d <= high] for value, (low, high) in zip(values, know, strict=True)]
    parts = [list(product(*(may[column] for column in side))) for side in sides(*sizes)]
    fits = [[[each for each in side if sum(each) == whole] for side in parts] for whole in may[0]]
    return [(whole, *chain(*each)) for whole, sums in zip(may[0], fits, strict=True) for each in product(*sums)]


def certain(table: Table, rows: Rows, *sizes: int) -> list[tuple[int, int]]:
    """The small cells that are the same in every table that adds up and looks the same.

    Only tables that differ by one in any cell are tried: if another is found, the number is uncertain all the same.
    """
    options = [changes(values, know, *sizes) for values, know in zip(rows, bounds(table), strict=True)]
    found = []
    for row in range(len(rows)):
        others = {(0,) * len(rows[0])}
        for mine in options[:row] + options[row + 1 :]:
            others = {tuple(map(sum, zip(one, other, strict=True))) for one in others for other in mine}
        outweighed = [each for each in options[row] if tuple(-d for d in each) in others]
        mine = (column for at, column in secrets(rows) if at == row)
        found += [(row, column) for column in mine if not any(each[column] for each in outweighed)]
    return found


@st.composite
def tables(draw: st.DrawFn, sizes: list[tuple[int, ...]], most: int) -> tuple[Rows, tuple[int, ...]]:
    """Rows of people by target group and sex, with the sums of both; few people, as in the county, or many."""
    size = draw(st.sampled_from(sizes))
    numbers = st.sampled_from(draw(st.sampled_from(NUMBERS)))
    rows = []
    for _ in range(draw(st.integers(1, most))):
        people = [[draw(numbers) for _ in range(size[-1])] for _ in range(size[0])]
        groups, sexes = [sum(each) for each in people], [sum(each) for each in zip(*people, strict=True)]
        rows.append([sum(groups), *groups, *(sexes if len(size) == 2 else [])])
    return rows, size


@settings(max_examples=150)
@given(tables([(2, 2), (2,), (3,), (1, 2)], most=4))
def test_there_is_another_table_that_looks_the_same_and_no_more_is_hidden_than_needed(drawn):
    rows, sizes = drawn
    assume(len(rows) > 1)
    only_small = marked(rows, *sizes)
    assert certain(hide(rows, *sizes), rows, *sizes) == []
    assert certain(only_small, rows, *sizes) or hide(rows, *sizes).rows == only_small.rows


@given(tables([(3, 3), (2, 3), (4,), (1, 1)], most=14))
def test_nothing_is_worked_out_by_subtracting_from_totals(drawn):
    rows, sizes = drawn
    assume(len(rows) > 1)
    assert worked_out(hide(rows, *sizes), rows, *sizes) == []


@given(tables([(3, 3), (2, 2), (3,)], most=9))
def test_whatever_is_hidden_is_gone_and_the_rest_stands(drawn):
    rows, sizes = drawn
    given_, table = table_of(rows, *sizes), hide(rows, *sizes)
    assert table == hide(rows, *sizes)
    assert (table.rows[-1], table.columns, table.title) == (given_.rows[-1], given_.columns, given_.title)
    for before, after in zip(given_.rows[:-1], table.rows[:-1], strict=True):
        assert (after.key, after.cells[0]) == (before.key, before.cells[0])
        for was, cell in zip(before.cells[1:], after.cells[1:], strict=True):
            assert cell in (was, Cell(None, hidden=FEW), Cell(None, hidden=COVERED))
            assert cell.value not in SMALL
            assert cell.hidden != FEW or was.value in SMALL


SIZES = {3: (2,), 4: (3,), 5: (2, 2)}  # the sides of a table, by the number of its columns
SHOWN = {
    "a small cell takes three others": ([[30, 2, 28], [40, 15, 25], [50, 20, 30]], "30 1–4 ·|40 · ·|50 20 30"),
    "on its own side only": ([[30, 2, 28, 20, 10], [40, 15, 25, 30, 10]], "30 1–4 · 20 10|40 · · 30 10"),
    "small cells keep each other hidden": ([[3, 2, 1], [4, 1, 3], [6, 2, 4]], "1–4 1–4 1–4|1–4 1–4 1–4|6 1–4 1–4"),
    "zeros stay": ([[8, 2, 6], [7, 4, 3], [0, 0, 0]], "8 1–4 ·|7 1–4 1–4|0 0 0"),
    "the smaller part": ([[22, 6, 10, 6], [18, 4, 9, 5]], "22 · 10 ·|18 1–4 9 ·"),
    "the cheaper way": ([[6, 2, 4], [7, 2, 5]], "6 1–4 1–4|7 1–4 ·"),
    "a total of four": ([[6, 3, 3], [2, 2, 0], [4, 1, 3]], "6 1–4 1–4|1–4 1–4 0|1–4 1–4 1–4"),
    "two for each other": ([[13, 1, 12], [11, 10, 1]], "13 1–4 ·|11 · 1–4"),
    "the cheaper way is found late": ([[2, 1, 1], [5, 2, 3]], "1–4 1–4 ·|· 1–4 ·"),
    "the total if need be": ([[8, 4, 4], [8, 4, 4], [20, 10, 10]], "· 1–4 1–4|· 1–4 1–4|· · ·"),
    "rather a part than the total": ([[6, 5, 1], [7, 2, 5]], "6 · ·|7 1–4 ·"),
    "a column with one row in it": ([[20, 2, 18], [30, 0, 30], [40, 0, 40]], "20 · ·|30 · ·|40 · 40"),
    "rather parts' columns than the totals'": ([[1, 0, 1], [1, 0, 1], [2, 2, 0]], "1–4 · ·|1–4 · ·|1–4 · ·"),
    "one column open and no more": ([[5, 2, 3], [2, 1, 1]], "· · 1–4|1–4 · 1–4"),
    "what is open already": ([[12, 6, 0, 6], [3, 2, 1, 0], [2, 1, 0, 1]], "12 6 · ·|1–4 1–4 · 0|1–4 1–4 · 1–4"),
    "nobody is fewer than none": ([[0, 0, 0], [6, 1, 5]], "· · 0|· · 5"),
    "as many people as rows with any": ([[1, 1, 0], [1, 1, 0], [0, 0, 0], [1, 0, 1]], "· · ·|· · ·|· · ·|· · ·"),
    "one row": ([[3, 1, 2]], "· · ·"),
}


@pytest.mark.parametrize(("rows", "expected"), SHOWN.values(), ids=SHOWN)
def test_what_is_shown(rows, expected):
    assert shown(hide(rows, *SIZES[len(rows[0])]))[:-1] == expected.split("|")


WORDS = {
    "f": "1–4 visas i stället för små tal.",
    "c": "· är dolt för att de små talen inte ska kunna räknas ut.",
    "o": "En kolumn med bara · går inte att dela upp utan att någon pekas ut.",
    "t": "Tabellen går inte att dela upp utan att någon pekas ut.",
}
SAID = {"zeros stay": "fc", "a total of four": "f", "a column with one row in it": "co", "one row": "ct"}


@pytest.mark.parametrize(("name", "said"), SAID.items())
def test_the_note_says_what_the_marks_mean(name, said):
    table = protected(table_of(SHOWN[name][0], 2, note="Startade under året."), groups_of(2))
    assert table.note == " ".join(["Startade under året.", *(WORDS[each] for each in said)])


def calls(rows: Rows, *sizes: int) -> int:
    made, before = [], sys.getprofile()
    sys.setprofile(lambda frame, event, argument: made.append(event))
    try:
        hide(rows, *sizes)
    finally:
        sys.setprofile(before)
    return len(made)


FEW_PEOPLE = [[0, 0, 0, 0, 0], [1, 1, 0, 0, 1], [2, 1, 1, 0, 2], [3, 2, 1, 1, 2]]


@pytest.mark.parametrize("kinds", [FEW_PEOPLE, [[1002, 1, 1001, 0], [1002, 1001, 0, 1]], [[6, 1, 5, 0]]])
def test_twice_the_rows_take_about_twice_the_work(kinds):
    """Counted in calls and not in seconds: a table of agencies may have thousands of rows."""
    sizes = SIZES[len(kinds[0])]
    assert calls(kinds * 400, *sizes) < 3 * calls(kinds * 200, *sizes)


def test_a_cell_that_takes_several_totals_to_work_out_is_kept_too():
    """The first two rows less the first two columns leave one cell, though no total alone gives it."""
    rows = [[27, 2, 3, 2, 20], [45, 3, 2, 20, 20], [45, 20, 20, 2, 3], [45, 20, 20, 3, 2]]
    assert worked_out(marked(rows, 4), rows, 4) == []
    assert certain(marked(rows, 4), rows, 4) == [(0, 3)]
    assert certain(hide(rows, 4), rows, 4) == []
    assert sum(cell.hidden == COVERED for row in hide(rows, 4).rows for cell in row.cells) == 1


def test_the_readers_of_these_tests_do_find_what_is_badly_hidden():
    rows = [[30, 2, 28], [40, 15, 25], [50, 20, 30]]
    assert worked_out(marked(rows, 2), rows, 2) == certain(marked(rows, 2), rows, 2) == [(0, 1)]
    ones = [[1, 1, 0], [1, 0, 1]]
    assert worked_out(marked(ones, 2), ones, 2) == certain(marked(ones, 2), ones, 2) == list(secrets(ones))


def test_a_large_table_is_kept_as_well():
    rows = [[n % 9 + n % 4, n % 9, n % 4, n % 4, n % 9] for n in range(1500)]
    assert worked_out(hide(rows, 2, 2), rows, 2, 2) == []


def test_nothing_to_hide_leaves_the_table_as_it_is():
    table = table_of([[11, 5, 6], [0, 0, 0]], 2, note="Ord")
    assert protected(table, groups_of(2)) is table
    empty, plain = replace(table, rows=()), replace(table_of([[3, 1, 2]], 2), crosses=False)
    assert protected(empty, groups_of(2)) is empty
    assert protected(plain, []) is plain


def test_a_hidden_cell_keeps_no_link_and_what_is_shown_keeps_its_own():
    table = table_of([[8, 2, 6], [7, 4, 3]], 2)
    first = row_of("0", [Cell(value, link=f"a={value}") for value in ("Myndighet 0", 8, 2, 6)])
    cells = protected(replace(table, rows=(first, *table.rows[1:])), groups_of(2)).rows[0].cells
    assert cells == (*first.cells[:2], Cell(None, hidden=FEW), Cell(None, hidden=COVERED))


def test_corrections_are_told_of_the_county_alone():
    """A row that was corrected from 12 to 11 beside hidden cells would tell of one of them."""
    rows = (
        row_of("0", ["Myndighet 0", Cell(12, now=Cell(11)), Cell(6), Cell(6, now=Cell(5))]),
        row_of("1", ["Myndighet 1", Cell(None, now=Cell(2)), None, Cell(None, now=Cell(2))]),
        row_of("all", ["Länet", Cell(12, now=Cell(13)), 6, Cell(6, now=Cell(7))], total=True),
    )
    table = protected(replace(table_of([[0, 0, 0]], 2), rows=rows), groups_of(2))
    assert shown(table) == ["12 6 6", "– – –", "12 6 6"]
    assert not any(cell.now for row in table.rows[:-1] for cell in row.cells)
    assert table.rows[-1] == rows[-1]
    assert table.note == "Rättelser visas bara för hela länet."


NO_GROUPS = ["", "g0 g1", "g0 g1 g2 g3", "g0 g1 g2|g2", "g0|g1|g2", "started g0 g1 g2", "agency g0 g1 g2"]


@pytest.mark.parametrize("groups", NO_GROUPS)
def test_groups_that_are_not_the_columns_are_refused(groups):
    with pytest.raises(ValueError, match="not one or two ways"):
        protected(table_of([[8, 2, 3, 3]], 3), [side.split() for side in groups.split("|")])


def test_a_group_without_columns_is_none():
    rows = [[3, 2, 1], [4, 1, 3], [6, 2, 4]]
    assert protected(table_of(rows, 2), [["g0", "g1"], []]) == hide(rows, 2)
