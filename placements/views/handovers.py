"""The ledger of handovers: what waits on either side, what came back, and what has fallen between two chairs."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import F, OuterRef, Subquery
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agencies.models import Municipality, Office
from placements import forms, lifecycle, shown, worklist
from placements.choices import Verb
from placements.models import Handover, Placement
from placements.permissions import Reach
from placements.views.doing import HAND_OVER, WORK, click, do, theirs, undo_address, undo_all_address
from praktik import clock
from praktik.accounts.permissions import Request, requires
from praktik.accounts.roles import Role
from praktik.accounts.submissions import typed
from praktik.kept import Kept
from praktik.navigation import page_of
from praktik.templatetags.swedish_words import number_of

_FIRST = 10  # of what fell, and of what came back, above the list of what waits
_MOST = 100  # places that are offered in one form; more are reached by choosing a municipality


def _first_and_number(rows: Any) -> tuple[list[int], int]:
    """The keys of the first of a list, and how many there are."""
    return list(rows.values_list("pk", flat=True)[:_FIRST]), rows.count()


@require_GET
@requires(WORK)
def handover_list(request: Request) -> HttpResponse:
    """What waits for whom, and the count of processes that nobody has in hand."""
    today, reach = clock.today(), Reach(request.user)
    waiting, kept = worklist.handovers_waiting(reach), Kept()
    falling, number = kept.answer("falling", lambda: _first_and_number(worklist.falling(on=today)))
    returned, returned_number = kept.answer(
        ("returned", reach.role, reach.offices), lambda: _first_and_number(worklist.handovers_returned(reach))
    )
    context: dict[str, Any] = {
        "falling": shown.places(falling, on=today),
        "falling_count": number,
        "page": page_of(request, waiting, told=shown.handovers, kept=kept),
        "returned": shown.handovers(returned),
        "returned_count": returned_number,
        "offices": reach.offices,
        "is_coordinator": reach.role == Role.COORDINATOR,
    }
    return render(request, "placements/handover_list.html", context)


def _offered(request: Request) -> Any:
    """The places that can be handed over: open, and in the coordinator's hands or already with some office."""
    waiting = Handover.objects.filter(placement=OuterRef("pk")).waiting()
    places = Placement.objects.open(on=clock.today()).annotate(waits=Subquery(waiting.values("pk")[:1]))
    places = places.filter(waits__isnull=True).select_related("agency", "programme", "municipality", "office")
    return places.order_by("agency__name", F("planned_end").asc(nulls_last=True), "planned_start", "pk")


def _keys(keys: list[str]) -> set[int]:
    return {int(key) for key in keys if key.isascii() and key.isdigit() and len(key) < 19}


@require_http_methods(["GET", "POST"])
@requires(HAND_OVER)
def handover_new(request: Request) -> HttpResponse:
    """Offer one or many places to an office. `?plats=` chooses, `?kommun=` shows those of one municipality."""
    chosen, town = _keys(request.GET.getlist("plats")), request.GET.get("kommun", "")
    offered = _offered(request)
    shown = offered.filter(pk__in=chosen) if chosen else offered.filter(office__isnull=True)
    towns = dict(Municipality.objects.values_list("code", "name"))
    if town in towns:
        shown = shown.filter(municipality__code=town)
    # Shown again, a sent form has what it was opened with and what was ticked.
    ticked = _keys(request.POST.getlist("placements"))
    places = offered.filter(pk__in={*shown.values_list("pk", flat=True)[:_MOST], *ticked})
    office = Office.objects.open(on=clock.today()).filter(municipalities__placements__in=chosen).first()
    form = forms.HandOverForm(
        typed(request), by=request.user, places=places, chosen=chosen, office=office.pk if office else None
    )
    return do(
        request,
        form,
        form.act,
        template="placements/handover_form.html",
        context={
            "title": "Lämna över",
            "towns": {} if chosen else towns,
            "town": town,
            "number": shown.count(),
            "most": _MOST,
        },
        told=lambda answer: f"{number_of(answer['number'], 'plats,platser')} väntar nu på {answer['office']}.",
        back=reverse("placements:handover-list"),
        undo=lambda answer: undo_all_address(handover=answer["pk"]),
    )


def _handover(pk: int) -> Handover:
    related = ("office", "placement__agency", "placement__programme", "placement__office", "placement__coordinator")
    handover: Handover = get_object_or_404(Handover.objects.select_related(*related), pk=pk)
    return handover


@require_POST
@requires(WORK)
def handover_accept(request: Request, pk: int) -> HttpResponse:
    """The office takes the place in hand."""
    handover = _handover(pk)
    theirs(request, Verb.ACCEPT, handover.office_id)
    verb = partial(lifecycle.accept_handover, handover, by=request.user, on=clock.today())
    place = handover.placement
    told = f"{handover.office} har nu hand om {place} hos {place.agency}."
    back = reverse("placements:handover-list")
    return click(request, verb, told, back=back, undo=partial(undo_address, place))


def _decide(request: Request, pk: int, verb: Verb, form_class: Any, title: str, told: str) -> HttpResponse:
    handover = _handover(pk)
    theirs(request, verb, handover.office_id)
    place = handover.placement
    if request.method == "GET" and not (handover.waits and place.is_open):
        messages.warning(request, f"Överlämningen av {place} hos {place.agency} väntar inte längre på svar.")
        return redirect("placements:handover-list")
    form = form_class(typed(request), by=request.user, handover=handover)
    return do(
        request,
        form,
        form.act,
        template="placements/handover_answer_form.html",
        context={"handover": handover, "place": place, "agency": place.agency, "title": title},
        told=lambda answer: told,
        back=reverse("placements:handover-list"),
        undo=(lambda answer: undo_address(place)) if verb is Verb.RETURN else None,
    )


@require_http_methods(["GET", "POST"])
@requires(WORK)
def handover_return(request: Request, pk: int) -> HttpResponse:
    """The office does not take the place, and says why."""
    told = "Överlämningen är tillbaka hos koordinatorn."
    return _decide(request, pk, Verb.RETURN, forms.ReturnForm, "Lämna tillbaka", told)


@require_http_methods(["GET", "POST"])
@requires(WORK)
def handover_ask(request: Request, pk: int) -> HttpResponse:
    """A question about a handover, or the answer to one."""
    title, told = "Fråga om överlämningen", "Frågan är skickad."
    if request.user.role == Role.COORDINATOR:
        title, told = "Svara kontoret", "Svaret är skickat."
    return _decide(request, pk, Verb.ASK, forms.AskForm, title, told)
