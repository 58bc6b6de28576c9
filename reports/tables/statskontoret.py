"""The tables that Statskontoret asks an agency or a county for."""

from collections.abc import Mapping
from dataclasses import replace

from placements.choices import FollowUp, Sex
from placements.models import Programme, TargetGroup
from placements.validators import FOLLOWED_UP_AFTER
from reports.results.statskontoret import NOBODY, SEVERAL, Counts
from reports.shape import Cell, Column, Row, Table, row_of
from reports.tables.parts import groups_of

_SEXES = {**{sex.value: str(sex.label).capitalize() for sex in Sex}, NOBODY: "Ingen på plats än"}


def counts(programme: Programme, found: Counts, known: Mapping[int, TargetGroup], behind: str) -> Table:
    """Offered, started and completed by target group and sex; `behind` are the search words of all that started."""
    counted = (found.offered, found.started, found.completed)
    seen = {key for each in counted for key in each}
    groups = {group.pk: group.name for group in groups_of(programme, (pk for pk, _ in seen if pk), known)}
    rows: list[Row] = []
    for pk, name in {**groups, SEVERAL: "flera målgrupper"}.items():
        shown = [sex for sex in _SEXES if (pk, sex) in seen or (pk != SEVERAL and sex in (Sex.WOMAN, Sex.MAN))]
        code = known[pk].code if pk else "several"
        rows += [
            _row(
                f"{code}-{sex or 'nobody'}",
                [name.capitalize(), _SEXES[sex]],
                [each[pk, sex] for each in counted],
                f"{behind}&malgrupp={code}&kon={sex}",
            )
            for sex in shown
        ]
    rows.append(replace(_row("all", ["Alla", ""], [each.total() for each in counted], behind), total=True))
    columns = (
        Column("group", "Målgrupp", "text"),
        Column("sex", "Kön", "text"),
        Column("offered", "Erbjudna platser"),
        Column("started", "Började"),
        Column("completed", "Fullföljde"),
    )
    note = (
        "Erbjudna: platser som avtalades i mätåret. Började: de som kom på plats i mätåret. Fullföljde: de vars sista "
        "dag ligger i mätåret och som inte avbröts."
    )
    return Table(
        f"counts-{programme.code}", f"{programme.code}: erbjudna, började och fullföljde", columns, tuple(rows), note
    )


def _row(key: str, names: list[str], numbers: list[int], behind: str) -> Row:
    """A row of offered, started and completed, where those that started lead to their places."""
    offered, started, completed = numbers
    return row_of(key, [*names, offered, Cell(started, behind if started else ""), completed])


def follow_up(programmes: Mapping[int, str], found: Mapping[int, Counts]) -> Table:
    """What those who ended did ninety days later, one column for each programme (key → code)."""
    answers: dict[tuple[str, bool | None], str] = {
        (FollowUp.WORK, False): "I arbete utan subvention",
        (FollowUp.WORK, True): "I subventionerat arbete",
        **{(each, None): str(each.label) for each in FollowUp if each != FollowUp.WORK},
        ("", None): "Inte uppföljda än",
    }
    numbers = {pk: found[pk].followed_up if pk in found else Counts().followed_up for pk in programmes}
    rows = [
        row_of(f"{kind or 'not-asked'}-{paid}", [words, *(each[kind, paid] for each in numbers.values())])
        for (kind, paid), words in answers.items()
    ]
    rows.append(row_of("all", ["Alla", *(each.total() for each in numbers.values())], total=True))
    columns = (Column("answer", "Efter nittio dagar", "text"), *(Column(code, code) for code in programmes.values()))
    note = f"De vars sista dag ligger i mätåret och som slutade för minst {FOLLOWED_UP_AFTER.days} dagar sedan."
    return Table("follow-up", "Nittio dagar efteråt", columns, tuple(rows), note=note)
