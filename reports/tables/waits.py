"""The tables of what holds back: obstacles, lead times, and the age of what waits."""

from collections.abc import Mapping
from datetime import date

from agencies.choices import ObstacleKind
from agencies.figures import CountyFigures, HeldBack
from placements.choices import Waits
from placements.spreads import Spread
from reports.results import Stage
from reports.shape import Cell, Column, Table, row_of
from reports.tables.behind import behind


def obstacles(found: HeldBack) -> Table:
    """Kinds of obstacle, with how many of the agencies have had them."""
    columns = (
        Column("kind", "Hinder", "text"),
        Column("agencies", "Myndigheter"),
        Column("share", "Andel", "share"),
    )
    rows = [
        row_of(kind, [str(ObstacleKind(kind).label), number, number / found.in_dialogue])
        for kind, number in found.kinds
    ]
    if found.in_dialogue:
        rows.append(row_of("any", ["Minst ett hinder", found.held_back, found.held_back_share], total=True))
    note = (
        f"Räknat på de {found.in_dialogue} myndigheter som koordinatorn har haft dialog med. En myndighet räknas om "
        "den hade ett olöst hinder någon dag i året, en gång på varje rad."
    )
    return Table("obstacles", "Vad som håller tillbaka", columns, tuple(rows), note=note)


def lead_times(found: Mapping[Stage, Spread]) -> Table:
    """How long it took, stage by stage, for what started in the year."""
    note = "Platser som startade i året. Ett led räknar de platser där båda dagarna är kända och ligger i ordning."
    return _spreads("lead-times", "Ledtider", "Led", "Längst, dagar", found, note)


def waiting(found: Mapping[Waits, Spread], *, on: date) -> Table:
    """How long the open processes have waited where they stand; each number leads to its places."""
    note = (
        "Varje plats står på en rad. Dagarna räknas från det senaste som hände: avtal, order, svar eller överlämning."
    )
    links = {stage.value: behind(on=on, tillstand=stage.value) for stage in Waits}
    return _spreads("waiting", "Det som väntar", "Var det väntar", "Äldst, dagar", found, note, links)


def dialogues(found: CountyFigures) -> Table:
    """What has been talked with the agencies."""
    columns = (Column("what", "Dialog med myndigheterna", "text"), Column("number", "Antal"))
    rows = (
        row_of("agencies", ["Myndigheter i länet", found.agencies]),
        row_of("in-dialogue", ["Av dem har haft dialog med koordinatorn", found.in_dialogue]),
        row_of("this-year", ["Möten och samtal i år", found.dialogues_this_year]),
        row_of("dialogues", ["Möten och samtal sedan starten", found.dialogues]),
        row_of("contacts", ["Kontaktpersoner som har varit med", found.contacts_met]),
    )
    return Table("dialogues", "Dialogen", columns, rows)


def _spreads(
    key: str,
    title: str,
    heading: str,
    longest: str,
    found: Mapping[Stage, Spread] | Mapping[Waits, Spread],
    note: str,
    links: Mapping[str, str] | None = None,
) -> Table:
    lead_to = links or {}
    columns = (
        Column("stage", heading, "text"),
        Column("number", "Platser"),
        Column("median", "Median, dagar", "days"),
        Column("most", "Nio av tio inom, dagar", "days"),
        Column("longest", longest, "days"),
    )
    rows = (
        row_of(
            stage,
            [
                str(stage.label),
                Cell(spread.number, lead_to.get(stage.value, "")),
                spread.median,
                spread.most,
                spread.longest,
            ],
        )
        for stage, spread in found.items()
        if spread.number
    )
    return Table(key, title, columns, tuple(rows), note=note)
