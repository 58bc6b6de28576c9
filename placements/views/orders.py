"""Orders to the offices: sent, read, answered, flagged, recalled."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agencies import asides
from agencies.models import Agency, Office
from agencies.views.keeping import keep, put_away
from placements import forms, lifecycle
from placements.choices import AnswerKind, Verb
from placements.models import MatchingOrder, OrderAnswer
from placements.permissions import RULES, Reach
from placements.querysets.orders import WAITING
from placements.views.doing import HAND_OVER, WORK, click, do, theirs, undo_all_address
from placements.waiting.telling import order_acts
from praktik import clock
from praktik.accounts.permissions import MayNot, Request, requires
from praktik.accounts.roles import Role
from praktik.accounts.submissions import typed

_ORDER_VERBS = (Verb.ANSWER, Verb.FLAG, Verb.UNFLAG, Verb.SUPPLEMENT, Verb.RECALL, Verb.REPLY)


def _order(pk: int) -> Any:
    rows = (
        MatchingOrder.objects.with_stage()
        .with_places(on=clock.today())
        .select_related("office", "agency", "tutor", "by")
    )
    return get_object_or_404(rows, pk=pk)


def _answering(order: MatchingOrder, reach: Reach) -> Any:
    """The offices that the reader can answer the order for: its own, and all of them once it is hard to match."""
    offices = Office.objects.open(on=clock.today())
    if order.hard_since is None:
        offices = offices.filter(pk=order.office_id)
    return offices if reach.role == Role.COORDINATOR else offices.filter(pk__in=reach.offices)


@require_GET
@requires("placements.view_placement")
def order_page(request: Request, pk: int) -> HttpResponse:
    """One order: what is asked for, for which places, and what the offices say."""
    order, reach = _order(pk), Reach(request.user)
    places = list(order.placements.select_related("programme", "municipality").order_by("planned_start", "pk"))
    agreed = [place for place in places if place.started_on is None and place.withdrawn_on is None]
    open_to: set[str] = set()
    if agreed and not order.recalled_on:
        open_to = {verb.value for verb in _ORDER_VERBS if not reach.why_not_mine(verb, [order.office_id])}
        if not order.hard_since:
            open_to.discard(Verb.UNFLAG)
        elif reach.offices:
            open_to.add(Verb.ANSWER)
    is_open = bool(agreed) and not order.recalled_on
    waits = is_open and order.stage == WAITING
    answers = list(order.answers.select_related("office", "by"))
    asked = [each for each in answers if each.kind == AnswerKind.MORE_INFORMATION and not each.replied_on]
    context = {
        "order": order,
        "agency": order.agency,
        "places": places,
        "answers": answers,
        "question_open": asked[0] if asked else None,
        "may": open_to,
        "is_open": is_open,
        "propose_hard": MatchingOrder.objects.proposed_hard(on=clock.today()).filter(pk=order.pk).exists(),
        "question": AnswerKind.MORE_INFORMATION,
        "latest": order.latest_entry(),
        "acts": [act(order) for act in order_acts] if waits and reach.role == Role.COORDINATOR else [],
        "asides": asides.beside(order, request.user),
    }
    return render(request, "placements/order_page.html", context)


@require_http_methods(["GET", "POST"])
@requires(HAND_OVER)
def order_new(request: Request, pk: int) -> HttpResponse:
    """Order matching for agreed places of an agency; `?plats=` chooses among them."""
    agency = get_object_or_404(Agency, pk=pk)
    if put_away(request, agency):
        return redirect(agency)
    chosen = {int(key) for key in request.GET.getlist("plats") if key.isascii() and key.isdigit() and len(key) < 19}
    form = forms.OrderForm(
        typed(request), by=request.user, agency=agency, chosen=chosen, instance=MatchingOrder(agency=agency)
    )
    return do(
        request,
        form,
        form.send,
        template="placements/order_form.html",
        context={"agency": agency, "title": "Beställ matchning"},
        told=lambda answer: "Ordern är skickad. Den står hos kontoret under Lediga platser.",
        back=f"{reverse('placements:placement-list')}?myndighet={agency.pk}",
        undo=lambda answer: undo_all_address(order=answer["pk"]),
    )


@require_http_methods(["GET", "POST"])
@requires(HAND_OVER)
def order_edit(request: Request, pk: int) -> HttpResponse:
    """Change what an order says."""
    order = _order(pk)
    form = forms.orders.ProfileForm(typed(request), by=request.user, agency=order.agency, instance=order)
    return keep(
        request,
        form,
        title="Ändra ordern",
        agency=order.agency,
        back=order.get_absolute_url(),
        told="Ändringen är sparad. Kontoret ser den.",
        template="placements/order_form.html",
    )


@require_http_methods(["GET", "POST"])
@requires(WORK)
def order_answer(request: Request, pk: int) -> HttpResponse:
    """An office answers: somebody, nobody now, or a question."""
    order = _order(pk)
    offices = list(Reach(request.user).offices) if order.hard_since else []
    reach = theirs(request, Verb.ANSWER, order.office_id, *offices)
    if reach.role in RULES[Verb.ANSWER].roles and reach.role != Role.COORDINATOR and not reach.offices:
        raise MayNot(WORK, "Du hör inte till något kontor än. Be administratören lägga till dig.")
    if request.method == "GET" and not MatchingOrder.objects.open(on=clock.today()).filter(pk=order.pk).exists():
        messages.warning(request, "Ordern är stängd: ingen av platserna väntar längre på någon.")
        return redirect(order)
    form = forms.AnswerForm(typed(request), by=request.user, order=order, offices=_answering(order, reach))
    return do(
        request,
        form,
        form.act,
        template="placements/answer_form.html",
        context={"order": order, "agency": order.agency, "title": "Svara på ordern"},
        told=lambda answer: "Svaret är sparat.",
        back=order.get_absolute_url(),
        undo=lambda answer: reverse("placements:answer-undo", args=[answer["pk"]]),
    )


@require_http_methods(["GET", "POST"])
@requires(HAND_OVER)
def answer_reply(request: Request, pk: int) -> HttpResponse:
    """The coordinator replies to a question."""
    given = get_object_or_404(OrderAnswer.objects.select_related("order__agency", "office"), pk=pk)
    form = forms.ReplyForm(typed(request), by=request.user, given=given)
    return do(
        request,
        form,
        form.act,
        template="placements/reply_form.html",
        context={"given": given, "agency": given.order.agency, "title": f"Svara {given.office}"},
        told=lambda answer: "Svaret är sparat. Kontoret har ordern hos sig igen.",
        back=given.order.get_absolute_url(),
    )


@require_POST
@requires(WORK)
def answer_undo(request: Request, pk: int) -> HttpResponse:
    """An answer was given by mistake."""
    given = get_object_or_404(OrderAnswer.objects.select_related("order", "office"), pk=pk)
    verb = partial(lifecycle.take_back_answer, given, by=request.user, on=clock.today())
    return click(request, verb, "Ångrat: svaret är borttaget.", back=given.order.get_absolute_url())


@require_http_methods(["GET", "POST"])
@requires(WORK)
def order_flag(request: Request, pk: int) -> HttpResponse:
    """The order is hard to match."""
    order = _order(pk)
    theirs(request, Verb.FLAG, order.office_id)
    form = forms.FlagForm(typed(request), by=request.user, order=order)
    return do(
        request,
        form,
        form.act,
        template="placements/flag_form.html",
        context={"order": order, "agency": order.agency, "title": "Svårmatchad"},
        told=lambda answer: "Ordern är svårmatchad: alla kontor i länet ser den och kan svara.",
        back=order.get_absolute_url(),
    )


@require_POST
@requires(WORK)
def order_unflag(request: Request, pk: int) -> HttpResponse:
    """No longer hard to match."""
    order = _order(pk)
    verb = partial(lifecycle.unflag, order, by=request.user)
    return click(request, verb, "Ordern är inte längre svårmatchad.", back=order.get_absolute_url())


@require_POST
@requires(HAND_OVER)
def order_recall(request: Request, pk: int) -> HttpResponse:
    """The office need not look any more."""
    order = _order(pk)
    verb = partial(lifecycle.recall, order, by=request.user, on=clock.today())
    told = "Ordern är återtagen. Platserna är utan order igen."
    return click(request, verb, told, back=order.get_absolute_url())
