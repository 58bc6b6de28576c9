"""What waits among letters and months, and what is new there, told for one reader."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from functools import partial
from typing import Any

from django.db.models import Case, DateField, Value, When
from django.urls import reverse

from praktik.accounts.roles import Role
from praktik.templatetags.swedish_words import ago, due
from praktik.waiting import Act, How, Item, Kind, Line, Reader
from reports import worklist
from reports.letters.rhythm import Turn, turns
from reports.models import Letter, MonthlyReport, Target
from reports.periods import last_of_month, month_in_words
from reports.permissions import WRITE, WRITE_LETTERS

LETTERS = Kind("brev", "Brev")
MONTHS = Kind("manad", "Månadsrapport")
NEWS = Kind("nytt", "Nytt sedan förra besöket")


def lines(reader: Reader) -> Iterator[Line]:
    """Letters and months that are due, for whoever writes them; news, for the steering group."""
    if reader.user.has_perm(WRITE_LETTERS):
        yield from _letters(reader)
    if reader.user.has_perm(WRITE):
        yield Line(
            "months",
            MONTHS,
            partial(worklist.months_due, on=reader.on),
            reader.on,
            "month",
            _months,
            _next_month,
            look="wait",
        )
    if reader.user.role == Role.STEERING_GROUP:
        since = reader.seen
        new, gone = partial(worklist.new_months, since=since), partial(worklist.withdrawn_months, since=since)
        yield Line("new-months", NEWS, new, since, "published_on", _months, _new_month, look="calm")
        yield Line("withdrawn-months", NEWS, gone, since, "withdrawn_on", _months, _withdrawn, look="calm")
        aims = partial(worklist.new_targets, since=since, on=reader.on)
        yield Line("new-targets", NEWS, aims, (since, reader.on), "decided_on", _targets, _target, look="calm")


def _letters(reader: Reader) -> Iterator[Line]:
    waiting = {turn.last.pk: turn for turn in worklist.letters_due(turns(), on=reader.on) if turn.last}
    if not waiting:
        return
    depends = tuple((pk, turn.due_on) for pk, turn in waiting.items())
    days = [When(pk=pk, then=Value(turn.due_on, DateField())) for pk, turn in waiting.items()]

    def fetch(keys: Iterable[int]) -> list[Letter]:
        return [turn.last for turn in waiting.values() if turn.last and turn.last.pk in keys]

    since = Case(*days, output_field=DateField())
    yield Line(
        "letters",
        LETTERS,
        lambda: Letter.objects.filter(pk__in=waiting),
        depends,
        since,
        fetch,
        lambda row: _letter(row, waiting[row.pk]),
    )


def _letter(letter: Letter, turn: Turn) -> Item:
    write = turn.draft.get_absolute_url() if turn.draft else reverse("reports:letter-new", args=[turn.kind.label])
    return Item(
        key=letter.pk,
        what=f"{turn.kind.label.capitalize()}et ska gå ut",
        url=f"{reverse('reports:letter-list')}?slag={turn.kind.value}",
        where=str(turn.draft) if turn.draft else "",
        where_url=turn.draft.get_absolute_url() if turn.draft else "",
        said=due(turn.due_on).words if turn.due_on else "",
        acts=(Act("Fortsätt skriva" if turn.draft else "Skriv", write, How.GO),),
    )


def _months(keys: Iterable[int]) -> Any:
    return MonthlyReport.objects.filter(pk__in=keys).defer("figures")


def _next_month(latest: MonthlyReport) -> Item:
    month = last_of_month(latest.month) + timedelta(days=1)
    address = reverse("reports:month-draft", args=[month])
    return Item(
        key=latest.pk,
        what=f"Månadsrapporten för {month_in_words(month)} ska publiceras",
        url=reverse("reports:month-list"),
        said=f"Månaden slutade {ago(last_of_month(month))}",
        acts=(Act("Skriv", address, How.GO),),
    )


def _new_month(report: MonthlyReport) -> Item:
    address = report.get_absolute_url()
    said = f"Publicerad {ago(report.published_on)}"
    return Item(report.pk, str(report), address, said, acts=(Act("Läs", address, How.GO),))


def _withdrawn(report: MonthlyReport) -> Item:
    address = report.get_absolute_url()
    said = f"Tillbakadragen {ago(report.withdrawn_on)}"
    return Item(report.pk, str(report), address, said, acts=(Act("Läs varför", address, How.GO),))


def _targets(keys: Iterable[int]) -> Any:
    return Target.objects.filter(pk__in=keys).select_related("programme", "agency")


def _target(target: Target) -> Item:
    address = reverse("reports:year", args=[target.year])
    what = f"Nytt mål, {target}"
    return Item(target.pk, what, address, f"Beslutat {ago(target.decided_on)}", acts=(Act("Läs", address, How.GO),))
