"""What is done with one place: one page for every verb, and the undoing of the latest."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from placements import forms, lifecycle
from placements.choices import Verb
from placements.lifecycle.undoing import latest
from placements.models import Deed, Placement
from placements.views.doing import HAND_OVER, WORK, click, do, theirs, too_late, undo_address
from praktik import clock
from praktik.accounts.permissions import Request, requires
from praktik.accounts.submissions import typed
from praktik.templatetags.swedish_words import number_of


@dataclass(frozen=True)
class Page:
    """A verb's page: its form, its heading, what is told when it is done, and whether that can be undone as a step."""

    form: type[forms.VerbForm]
    title: str
    told: Callable[[Placement], str]
    is_step: bool = True


PAGES = {
    Verb.PLAN: Page(forms.PlanForm, "Ändra nästa steg", lambda place: "Nästa steg är ändrat.", is_step=False),
    Verb.CONFIRM: Page(forms.ConfirmForm, "Bekräfta avtalet", lambda place: f"{place} är bekräftad."),
    Verb.WITHDRAW: Page(forms.WithdrawForm, "Dra tillbaka platsen", lambda place: f"{place} är tillbakadragen."),
    Verb.START: Page(forms.StartForm, "Starta platsen", lambda place: f"{place} har startat."),
    Verb.EXTEND: Page(forms.ExtendForm, "Förläng platsen", lambda place: f"{place} går nu till {place.planned_end}."),
    Verb.END: Page(forms.EndForm, "Avsluta platsen", lambda place: f"{place} är avslutad."),
    Verb.FOLLOW_UP: Page(forms.FollowUpForm, "Följ upp efter 90 dagar", lambda place: f"{place} är uppföljd."),
}


def _place(pk: int) -> Placement:
    related = ("agency", "programme", "contact", "office", "coordinator", "municipality")
    place: Placement = get_object_or_404(Placement.objects.select_related(*related), pk=pk)
    return place


@require_http_methods(["GET", "POST"])
@requires(WORK)
def verb_page(request: Request, pk: int, verb: Verb) -> HttpResponse:
    """Start, extend, end, follow up, confirm, withdraw a place, or plan its next step."""
    place, page = _place(pk), PAGES[verb]
    theirs(request, verb, place.office_id)
    if too_late(request, verb, place):
        return redirect(place)
    form = page.form(typed(request), by=request.user, place=place)

    def told(answer: object) -> str:
        place.refresh_from_db()
        return page.told(place)

    return do(
        request,
        form,
        form.act,
        template="placements/verb_form.html",
        context={"place": place, "agency": place.agency, "title": page.title, "verb": verb},
        told=told,
        back=place.get_absolute_url(),
        undo=(lambda answer: undo_address(place)) if page.is_step else None,
    )


@require_POST
@requires(HAND_OVER)
def take_back(request: Request, pk: int) -> HttpResponse:
    """The coordinator takes a place in hand again."""
    place = _place(pk)
    verb = partial(lifecycle.take_back, place, by=request.user, on=clock.today())
    told = f"Du har nu hand om {place} hos {place.agency}."
    return click(request, verb, told, back=place.get_absolute_url(), undo=partial(undo_address, place))


def _back_from(place: Placement, verb: str) -> dict[str, Any]:
    """An undone agreement leaves no place to come back to."""
    if verb == Verb.AGREE:
        return {"back": place.agency.get_absolute_url(), "always_back": True}
    return {"back": place.get_absolute_url()}


@require_POST
@requires(WORK)
def undo(request: Request, pk: int) -> HttpResponse:
    """Take back a place's latest step: the one that the page told of, when it names one."""
    place = _place(pk)
    done = latest(place)
    asked = request.GET.get("steg", "")
    step = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 19 else None
    verb = partial(lifecycle.undo, place, by=request.user, step=step)
    told = f"Ångrat: {done.get_verb_display().lower()}, {place} hos {place.agency}." if done else ""
    return click(request, verb, told, **_back_from(place, done.verb if done else ""))


@require_POST
@requires(WORK)
def undo_act(request: Request, act: UUID) -> HttpResponse:
    """Take back everything that one call did: an agreement about ten places, an order, a handover of many."""
    deeds = Deed.objects.standing().filter(act=act).select_related("placement__agency", "placement__programme")
    done = get_object_or_404(deeds.order_by("pk")[:1])

    def told(number: int) -> str:
        return f"Ångrat: {done.get_verb_display().lower()}, {number_of(number, 'plats,platser')}."

    verb = partial(lifecycle.undo_act, act, by=request.user)
    return click(request, verb, told, **_back_from(done.placement, done.verb))
