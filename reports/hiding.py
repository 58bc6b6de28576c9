"""Small cells: hidden from whoever may not read them, with as much else as keeps them from being worked out.

Rule: domain description, "Sex of the person in place is a figure". Zeros and the county's row are public.

A reader knows that each row adds up, in one way or two (by target group, by sex), and each column to the county's
row. Such a table is a network: its nodes are these sums, and each cell is a pipe between its column's sum and its
row's. As far as the reader can tell, a number may be one more or one less exactly when there is a way round through
its cell on which each number may be one more or one less in turn, for then every sum stays the same. So each small
cell is given a way round, the one that hides least, and nobody can work it out, however many rows and columns are
added and subtracted. A cell that has a way round keeps it, since hiding more only makes more possible.

What the reader knows from elsewhere, such as a row's total in another table, is not reckoned with.

Source of the method: L. H. Cox, "Network models for complementary cell suppression", Journal of the American
Statistical Association 90 (1995).
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from heapq import heappop, heappush
from itertools import count
from typing import NamedTuple

from reports.shape import COVERED, FEW, Cell, Row, Table

MOST_HIDDEN = 4
"""The largest number that points somebody out; the smallest is one (domain description)."""

HIDDEN_ALREADY, COVER, COVER_TOTAL, OPEN, OPEN_TOTAL = 0, 1, 100, 10_000, 1_000_000
"""What a cell costs on a way round: nothing, hidden by itself (its row's total as a last resort), or only with its
whole column, zeros too, so that the column may hold anything."""

_Place = tuple[int, int]
"""Row and column of a cell; column 0 holds the rows' totals."""


class _Step(NamedTuple):
    """A step on a way round: over which cell, to which sum, what the cell costs, and the step before."""

    place: _Place
    node: int
    cost: int
    before: "_Step | None"

    def back(self) -> Iterator["_Step"]:
        """The steps to here, this one first."""
        step: _Step | None = self
        while step:
            yield step
            step = step.before


class _Network:
    """The cells of a table between the sums of its columns and rows, and what is hidden so far.

    A node is a number: a column's is its own, and a row has one for each way in which it adds up.
    """

    def __init__(self, values: list[list[int]], groups: Sequence[Sequence[int]]) -> None:
        self.values, self.groups = values, groups
        self.width = len(values[0])
        # The column of the totals counts as of the second side, for there its stream begins.
        self.sided = {0: 1} | {column: side for side, columns in enumerate(groups) for column in columns}
        self.marks = [[FEW if 0 < each <= MOST_HIDDEN else "" for each in row] for row in values]
        self.opened: set[int] = set()
        # The rows of each column, the smallest number first; and of these where one more, or one less, is possible
        # without opening the column.
        self.ordered = [sorted(range(len(values)), key=lambda row: values[row][column]) for column in range(self.width)]
        self.moving = {True: self._rows_without(0, MOST_HIDDEN), False: self._rows_without(0, 1, MOST_HIDDEN + 1)}
        # Sums that some way round joins already: from each there is a way to each, and back.
        self._joined = list(range(self.width + 2 * len(values)))
        self._turns = count()

    def _rows_without(self, *stuck: int) -> list[list[int]]:
        return [
            [row for row in rows if self.values[row][column] not in stuck] for column, rows in enumerate(self.ordered)
        ]

    def joined(self, node: int) -> int:
        """The one node that stands for all that are joined with this one."""
        known = self._joined
        while known[node] != node:
            known[node] = known[known[node]]
            node = known[node]
        return node

    def ends(self, place: _Place) -> tuple[int, int]:
        """From which sum to which it flows when a cell gets one more."""
        # The two sides of a row run opposite ways, so that its total, which is in both, is a pipe between them.
        row, column = place
        first = self.width + 2 * row
        if column == 0:
            return (first + 1 if len(self.groups) == 2 else 0), first
        return (column, first + 1) if self.sided[column] else (first, column)

    def around(self, node: int, *, along: bool, most: int) -> Iterator[_Place]:
        """The cells of a sum over which a way may go on, the smaller numbers first."""
        if node >= self.width:
            row, side = divmod(node - self.width, 2)
            yield from ((row, column) for column in sorted(self.groups[side], key=self.values[row].__getitem__))
            yield row, 0
        elif most >= OPEN or node in self.opened:
            yield from ((row, node) for row in self.ordered[node])
        else:
            yield from ((row, node) for row in self.moving[along == bool(self.sided[node])][node])

    def cost(self, place: _Place, *, more: bool) -> int | None:
        """What has to be hidden for one more (or one less) in a cell to be possible; None: it would be below zero."""
        row, column = place
        value, mark = self.values[row][column], self.marks[row][column]
        then = value + 1 if more else value - 1
        if then < 0:
            return None
        if (
            column in self.opened
            or (mark == FEW and 0 < then <= MOST_HIDDEN)
            or (mark == COVERED and then > MOST_HIDDEN)
        ):
            return HIDDEN_ALREADY
        if not mark and then > MOST_HIDDEN:
            return COVER if column else COVER_TOTAL
        return OPEN if column else OPEN_TOTAL

    def way(self, place: _Place, most: int) -> _Step | None:
        """The last step of the cheapest way round through a cell on which no cell costs more than `most`.

        It begins with the cell itself, at its row's sum, which is of few cells, and is done when it comes to any sum
        that is joined with the one at the cell's other end.
        """
        tail, head = self.ends(place)
        start, goal = max(tail, head), self.joined(min(tail, head))
        cheapest: dict[tuple[int, bool], int] = {}
        heap: list[tuple[int, bool, int, bool, _Step]] = []

        def reach(node: int, along: bool, over: _Place, cost: int, before: _Step | None, so_far: int) -> None:
            if so_far < cheapest.get((node, along), so_far + 1):
                cheapest[node, along] = so_far
                step = _Step(over, node, cost, before)
                heappush(heap, (so_far, self.joined(node) != goal, next(self._turns), along, step))

        for more in (True, False):
            own = self.cost(place, more=more)
            if own is not None and own <= most:
                reach(start, (start == head) == more, place, own, None, own)
        while heap:
            so_far, elsewhere, _, along, last = heappop(heap)
            if not elsewhere:
                return last
            for each in self.around(last.node, along=along, most=most):
                tail, head = self.ends(each)
                cost = self.cost(each, more=(tail == last.node) == along)
                if cost is not None and cost <= most and each != place:
                    reach(head if tail == last.node else tail, along, each, cost, last, so_far + cost)
        return None

    def take(self, way: _Step) -> None:
        """Hide what a way round costs, and remember that its sums are joined."""
        for step in way.back():
            row, column = step.place
            if step.cost in (OPEN, OPEN_TOTAL):
                self.open(column)
            elif step.cost:
                self.marks[row][column] = COVERED
            self._joined[self.joined(step.node)] = self.joined(way.node)

    def open(self, column: int) -> None:
        """Hide a whole column."""
        self.opened.add(column)
        for marks in self.marks:
            marks[column] = COVERED

    def hide(self) -> None:
        """Give every small cell a way round; where one has none whatever is hidden, hide the whole table."""
        for row, values in enumerate(self.values):
            # The parts before the total: theirs is a column's sum, near to all others, and the row's is then near too.
            for column in (*range(1, self.width), 0):
                if 0 < values[column] <= MOST_HIDDEN and not self._safe((row, column)):
                    for each in range(self.width):
                        self.open(each)
                    return

    def _safe(self, place: _Place) -> bool:
        tail, head = self.ends(place)
        if self.joined(tail) == self.joined(head):
            return True
        for most in (HIDDEN_ALREADY, COVER_TOTAL, OPEN_TOTAL):
            way = self.way(place, most)
            if way:
                self.take(way)
                return True
        return False


def protected(table: Table, groups: Sequence[Sequence[str]]) -> Table:
    """The table as it is shown to whoever may not read small cells; unchanged when it has nothing to hide.

    Its first column is words, its second the rows' totals, and the others are the parts: `groups` names, by keys, one
    or two sets of columns, each of which adds up to the total. Every row but the one of totals is protected. A cell
    of 1 to 4 shows as FEW; what is hidden for its sake is 5 or more and shows as COVERED, or is a whole column of
    COVERED, where each may be anything. A hidden cell has no value, no link and no correction; nor has any cell of
    the row a correction, since the reader could compare it with the county's. None counts as zero.

    A table of one row cannot be protected: the county's row tells the same. Raises ValueError when the groups are not
    the table's columns.
    """
    rows = [row for row in table.rows if not row.total]
    if not table.crosses or not rows:
        return table
    network = _Network([[_number(cell) for cell in row.cells[1:]] for row in rows], _places(table, groups))
    network.hide()
    corrections = any(cell.now for row in rows for cell in row.cells)
    if not corrections and not any(map(any, network.marks)):
        return table
    marks = iter(network.marks)
    shown = tuple(row if row.total else _masked(row, next(marks)) for row in table.rows)
    return replace(table, rows=shown, note=" ".join(filter(None, [table.note, *_words(network, corrections)])))


def _number(cell: Cell) -> int:
    return int(cell.value) if isinstance(cell.value, int | float) else 0


def _places(table: Table, groups: Sequence[Sequence[str]]) -> list[list[int]]:
    """The groups as numbers of columns, the totals' being 0; a group without columns is none."""
    keys = [column.key for column in table.columns[1:]]
    named = [key for group in groups for key in group]
    sides = [[keys.index(key) for key in group] for group in groups if group] if set(named) <= set(keys) else []
    if sorted(named) != sorted(keys[1:]) or len(sides) not in (1, 2):
        raise ValueError(f"{groups} are not one or two ways to divide {keys}")
    return sides


def _masked(row: Row, marks: Sequence[str]) -> Row:
    cells = (
        Cell(None, hidden=mark) if mark else replace(cell, now=None) if cell.now else cell
        for cell, mark in zip(row.cells, ("", *marks), strict=True)
    )
    return replace(row, cells=tuple(cells))


def _words(network: _Network, corrections: bool) -> Iterator[str]:
    """What the reader is told of what is hidden."""
    marks = {mark for row in network.marks for mark in row}
    if FEW in marks:
        yield f"{FEW} visas i stället för små tal."
    if COVERED in marks:
        yield f"{COVERED} är dolt för att de små talen inte ska kunna räknas ut."
    if len(network.opened) == network.width:
        yield "Tabellen går inte att dela upp utan att någon pekas ut."
    elif network.opened:
        yield f"En kolumn med bara {COVERED} går inte att dela upp utan att någon pekas ut."
    if corrections:
        yield "Rättelser visas bara för hela länet."
