"""The tables of who and where: target group and sex, municipality, office, agency."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from placements.choices import Sex
from placements.models import Programme, TargetGroup
from reports.periods import Period
from reports.results.breakdowns import Part
from reports.shape import COVERED, FEW, Cell, Column, Row, Table, row_of
from reports.tables.behind import started

GROUP, SEX = "group:", "sex:"
"""How the keys of the columns begin that divide a total up."""


def partitions(table: Table) -> list[list[str]]:
    """The columns that add up to the row's total: one list for each way of dividing it."""
    keys = [column.key for column in table.columns]
    return [found for start in (GROUP, SEX) if (found := [key for key in keys if key.startswith(start)])]


def groups_of(programme: Programme, seen: Iterable[int], known: Mapping[int, TargetGroup]) -> list[TargetGroup]:
    """The target groups a programme is for, and those that its places have had besides."""
    keys = {group.pk for group in programme.target_groups.all()} | set(seen)
    return [group for pk, group in known.items() if pk in keys]


def by_group_and_sex(
    programme: Programme,
    crossed: "Counter[tuple[int, str]]",
    known: Mapping[int, TargetGroup],
    period: Period,
    *,
    on: date,
) -> Table:
    """Target group × sex in the whole county."""
    code, shown = programme.code, _sexes(sex for _, sex in crossed)
    columns = [Column("group", "Målgrupp", "text"), *(Column(f"{SEX}{sex}", _heading(sex)) for sex in shown)]
    rows = []
    for group in groups_of(programme, (key for key, _ in crossed), known):
        cells = [
            Cell(crossed[group.pk, sex], started(period, on=on, insats=code, malgrupp=group.code, kon=sex.value))
            for sex in shown
        ]
        every = Cell(
            sum(int(cell.value or 0) for cell in cells), started(period, on=on, insats=code, malgrupp=group.code)
        )
        rows.append(row_of(group.code, [_capital(group.name), *cells, every]))
    sums = [
        Cell(
            sum(number for (_, each), number in crossed.items() if each == sex),
            started(period, on=on, insats=code, kon=sex.value),
        )
        for sex in shown
    ]
    rows.append(row_of("all", ["Alla", *sums, Cell(crossed.total(), started(period, on=on, insats=code))], total=True))
    return Table(f"groups-{code}", f"{code} efter målgrupp och kön", (*columns, Column("all", "Alla")), tuple(rows))


@dataclass(frozen=True)
class _Crossing:
    """What stands across a table of municipalities or agencies."""

    groups: Sequence[TargetGroup]
    sexes: Sequence[Sex]
    goals: Mapping[int, int]
    """Agencies' own targets for the year, by the agency's key; without any there is no column for them."""

    def columns(self, kind: str, word: str) -> tuple[Column, ...]:
        return (
            Column(kind, word.capitalize(), "text"),
            Column("started", "Startade"),
            *([Column("goal", "Eget mål")] if self.goals else []),
            *(Column(f"{GROUP}{group.code}", _capital(group.name)) for group in self.groups),
            *(Column(f"{SEX}{sex}", _heading(sex)) for sex in self.sexes),
        )

    def cells(self, part: Part, link: str) -> list[Cell]:
        return [
            Cell(part.started, link),
            *([Cell(self.goals.get(part.pk or 0))] if self.goals else []),
            *(Cell(part.groups[group.pk], f"{link}&malgrupp={group.code}") for group in self.groups),
            *(Cell(part.sexes[sex.value], f"{link}&kon={sex.value}") for sex in self.sexes),
        ]


def crossed_parts(
    kind: str,
    programme: Programme,
    parts: Sequence[Part],
    known: Mapping[int, TargetGroup],
    period: Period,
    *,
    on: date,
    goals: Mapping[int, int] | None = None,
    only: Collection[int | None] | None = None,
) -> Table:
    """One programme by municipality or agency (`kind`), crossed with target group and with sex.

    `goals` are agencies' own targets for the year, by the agency's key; `only` are the keys of the parts to show.
    """
    county = Part(None, "Länet")
    for part in parts:
        county.groups.update(part.groups)
        county.sexes.update(part.sexes)
    crossing = _Crossing(groups_of(programme, county.groups, known), _sexes(county.sexes), goals or {})
    word, everywhere = _WORDS[kind], started(period, on=on, insats=programme.code)
    rows = [
        row_of(str(part.pk), [part.name, *crossing.cells(part, f"{everywhere}&{word}={part.pk or 'ingen'}")])
        for part in parts
        if only is None or part.pk in only
    ]
    rows.append(row_of("all", [county.name, *crossing.cells(county, everywhere)], total=True))
    title = f"{programme.code} per {word}"
    return Table(f"{kind}-{programme.code}", title, crossing.columns(kind, word), tuple(rows), crosses=True)


_WORDS = {"municipality": "kommun", "agency": "myndighet"}


def overview(
    kind: str, title: str, heading: str, tables: Mapping[str, Table], most: int | None = None, *, small: bool
) -> Table:
    """What started by municipality or agency, one column for each programme (code → its table), the most first.

    It is made of tables as the reader may see them, and tells nothing that they hide; with `small` they hide nothing.
    """
    names = {row.key: row.cells[0] for table in tables.values() for row in table.rows if not row.total}
    columns = (Column(kind, heading, "text"), *(Column(code, code) for code in tables))
    held = {code: {row.key: row.cells[1] for row in table.rows} for code, table in tables.items()}

    def told(key: str) -> list[Cell]:
        return [cells.get(key, Cell(0) if small else _absent(cells)) for cells in held.values()]

    rows = [row_of(key, [name, *told(key)]) for key, name in names.items()]
    rows.sort(key=lambda row: -sum(_size(cell) for cell in row.cells[1:]))
    total = [row_of("all", ["Länet", *told("all")], total=True)] if rows else []
    note = next(
        (table.note for table in tables.values() if any(cell.hidden for row in table.rows for cell in row.cells)), ""
    )
    return Table(kind, title, columns, (*rows[:most], *total), note=note)


def _absent(cells: Mapping[str, Cell]) -> Cell:
    """What a table tells of somebody who has no row in it: nought, unless it shows the county's row alone."""
    alone = set(cells) == {"all"} and bool(cells["all"].value)
    return Cell(None, hidden=COVERED) if alone else Cell(0)


def largest(found: Iterable[Sequence[Part]], most: int) -> list[int | None]:
    """The keys of the parts with the most started places, all programmes together."""
    sizes: Counter[int | None] = Counter()
    for rows in found:
        sizes.update({part.pk: part.started for part in rows})
    return [pk for pk, _ in sizes.most_common(most)]


def _size(cell: Cell) -> int:
    """How large a figure looks to the reader: by it rows are put in order, so that the order tells nothing more."""
    if cell.hidden:
        return {FEW: 2, COVERED: 5}[cell.hidden]
    return int(cell.value or 0)


def by_office(
    programmes: Sequence[Programme],
    found: Mapping[int, Sequence[tuple[int | None, str, int]]],
    period: Period,
    *,
    on: date,
) -> Table:
    """What started by the office that was asked to find the person."""
    names = {pk: name for rows in found.values() for pk, name, _ in rows}
    numbers = {(programme, pk): number for programme, rows in found.items() for pk, _, number in rows}
    order = sorted(names, key=lambda pk: -sum(numbers.get((each.pk, pk), 0) for each in programmes))

    def row(pk: int | None) -> Row:
        cells = [
            Cell(
                numbers.get((each.pk, pk), 0),
                started(period, on=on, insats=each.code, orderkontor=pk or "ingen"),
            )
            for each in programmes
        ]
        return row_of(str(pk or "none"), [names[pk], *cells])

    rows = [row(pk) for pk in order]
    if rows:
        sums = [
            Cell(sum(number for *_, number in found.get(each.pk, [])), started(period, on=on, insats=each.code))
            for each in programmes
        ]
        rows.append(row_of("all", ["Länet", *sums], total=True))
    columns = (Column("office", "Kontor", "text"), *(Column(each.code, each.code) for each in programmes))
    return Table(
        "office",
        "Per arbetsförmedlingskontor",
        columns,
        tuple(rows),
        note="Kontoret är det som hade platsens order när den startade.",
    )


def _sexes(seen: Iterable[str]) -> list[Sex]:
    """Women and men always, not given when there is any."""
    return [Sex.WOMAN, Sex.MAN, *([Sex.NOT_GIVEN] if Sex.NOT_GIVEN in set(seen) else [])]


def _heading(sex: Sex) -> str:
    return {Sex.WOMAN: "Kvinnor", Sex.MAN: "Män", Sex.NOT_GIVEN: "Inte angivet"}[sex]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def plain(table: Table) -> Table:
    """The same table without the ways to the places behind: for whoever may not open them."""
    rows = (replace(row, cells=tuple(replace(cell, link="") for cell in row.cells)) for row in table.rows)
    return replace(table, rows=tuple(rows))


def dated(table: Table, on: date) -> Table:
    """The same table, which says of which day it is."""
    return replace(table, note=" ".join(filter(None, [f"Läget {on.isoformat()}.", table.note])))
