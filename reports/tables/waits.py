"""The tables of what holds back: obstacles, lead times, and the age of what waits."""

from collections.abc import Mapping

from agencies.choices import ObstacleKind
from agencies.figures import CountyFigures, HeldBack
from reports.results import Spread, Stage, Waits
from reports.shape import Column, Row, Table, row_of


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
    columns = (
        Column("stage", "Led", "text"),
        Column("number", "Platser"),
        Column("median", "Median, dagar", "days"),
        Column("most", "Nio av tio inom, dagar", "days"),
        Column("longest", "Längst, dagar", "days"),
    )
    rows = [_spread_row(stage, str(stage.label), spread) for stage, spread in found.items() if spread.number]
    note = "Platser som startade i året. Ett led räknar de platser där båda dagarna är kända och ligger i ordning."
    return Table("lead-times", "Ledtider", columns, tuple(rows), note=note)


def waiting(found: Mapping[Waits, Spread]) -> Table:
    """How long the open processes have waited where they stand."""
    columns = (
        Column("stage", "Var det väntar", "text"),
        Column("number", "Platser"),
        Column("median", "Median, dagar", "days"),
        Column("most", "Nio av tio inom, dagar", "days"),
        Column("longest", "Äldst, dagar", "days"),
    )
    rows = [_spread_row(stage, str(stage.label), spread) for stage, spread in found.items() if spread.number]
    note = (
        "Varje plats står på en rad. Dagarna räknas från det senaste som hände: avtal, order, svar eller överlämning."
    )
    return Table("waiting", "Det som väntar", columns, tuple(rows), note=note)


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


def _spread_row(key: str, label: str, spread: Spread) -> Row:
    return row_of(key, [label, spread.number, spread.median, spread.most, spread.longest])
