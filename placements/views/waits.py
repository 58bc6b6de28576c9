"""Where does it wait? Every open process by the stage it stands in, and who is behind."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from agencies.models import Agency, Office
from placements import stages
from placements.choices import Waits
from placements.models import Placement
from placements.permissions import Reach
from placements.spreads import Spread
from praktik import clock
from praktik.accounts.permissions import Request, requires
from praktik.kept import Kept

_MOST = 10
"""So many agencies or offices are named in each stage; the list of its places tells of all."""
_WHY = {
    Waits.NO_ORDER: "Myndigheten har sagt ja, men inget kontor har en order.",
    Waits.NO_ANSWER: "Kontoret har en order, och det är kontorets tur att svara.",
    Waits.NO_START: "Kontoret har svarat, men ingen har kommit på plats.",
    Waits.NOT_ACCEPTED: "Kontoret har varken tagit emot platsen eller lämnat tillbaka den.",
}
_NOTHING = {
    Waits.NO_ORDER: "Alla avtalade platser har en order.",
    Waits.NO_ANSWER: "Alla order är besvarade.",
    Waits.NO_START: "Ingen besvarad order väntar på en start.",
    Waits.NOT_ACCEPTED: "Ingen överlämning väntar på svar.",
}


@dataclass(frozen=True)
class _Row:
    """An agency or an office behind places that wait."""

    who: Agency | Office
    number: int
    longest: int
    places: str
    """The address of the list of just those."""
    is_own: bool


@dataclass(frozen=True)
class _Stage:
    """A stage as the page tells it."""

    key: str
    label: str
    why: str
    nothing: str
    spread: Spread
    places: str
    """The address of the list of its places."""
    of_offices: bool
    rows: list[_Row]
    more: int
    """How many more there are behind it than are named."""


@require_GET
@requires("placements.view_placement")
def waits(request: Request) -> HttpResponse:
    """Every open process in the county by where it waits, how long, and with whom."""
    today, reach = clock.today(), Reach(request.user)
    kept = Kept()
    told = _told(kept.answer("stages", _standing), reach)
    waiting = sum(each.spread.number for each in told)
    context = {
        "stages": told,
        "waiting": waiting,
        "longest": max((each.spread.longest or 0 for each in told), default=0),
        "under_way": kept.number(Placement.objects.open(on=today)) - waiting,
    }
    return render(request, "placements/waits.html", context)


def _standing() -> dict[Waits, tuple[Spread, tuple[stages.Behind, ...], int]]:
    """Of each stage how long it takes, those behind it who are named, and how many there are."""
    found = stages.standing(on=clock.today())
    return {stage: (each.spread, each.behind[:_MOST], len(each.behind)) for stage, each in found.items()}


def _told(found: dict[Waits, tuple[Spread, tuple[stages.Behind, ...], int]], reach: Reach) -> list[_Stage]:
    """The stages with the names of those behind them; two queries."""
    named = {stage: behind for stage, (_, behind, _) in found.items()}
    keys: dict[bool, set[int]] = {True: set(), False: set()}
    for stage, rows in named.items():
        keys[stage in stages.FOR_OFFICE].update(each.pk for each in rows)
    offices, agencies = Office.objects.in_bulk(keys[True]), Agency.objects.in_bulk(keys[False])
    return [
        _Stage(
            key=stage.value,
            label=str(stage.label),
            why=_WHY[stage],
            nothing=_NOTHING[stage],
            spread=spread,
            places=_list(tillstand=stage.value),
            of_offices=stage in stages.FOR_OFFICE,
            rows=[
                _office(stage, offices[each.pk], each, reach)
                if stage in stages.FOR_OFFICE
                else _agency(stage, agencies[each.pk], each)
                for each in named[stage]
            ],
            more=number - len(named[stage]),
        )
        for stage, (spread, _, number) in found.items()
    ]


def _office(stage: Waits, office: Office, behind: stages.Behind, reach: Reach) -> _Row:
    places = _list(tillstand=stage.value, vantar_pa=office.pk)
    return _Row(office, behind.number, behind.longest, places, office.pk in reach.offices)


def _agency(stage: Waits, agency: Agency, behind: stages.Behind) -> _Row:
    return _Row(agency, behind.number, behind.longest, _list(tillstand=stage.value, myndighet=agency.pk), False)


def _list(**words: str | int) -> str:
    return f"{reverse('placements:placement-list')}?{urlencode(words)}"
