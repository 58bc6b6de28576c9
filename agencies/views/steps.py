"""Next steps: done, moved or handed on with one action, from whatever list they stand in."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agencies import lifecycle, worklist
from agencies.forms import StepForm
from agencies.models import Agency, NextStep
from agencies.views.keeping import keep, put_away
from praktik import clock
from praktik.accounts.permissions import Request, requires
from praktik.accounts.submissions import typed
from praktik.navigation import on_the_spot, way_back
from praktik.records import LifecycleError


@require_GET
@requires("agencies.view_nextstep")
def step_page(request: Request, pk: int) -> HttpResponse:
    """One next step and what became of it."""
    step = get_object_or_404(NextStep.objects.select_related("agency", "owner", "dialogue"), pk=pk)
    context = {
        "step": step,
        "agency": step.agency,
        "coordinators": worklist.coordinators(),
        "latest": step.latest_entry(),
    }
    return render(request, "agencies/step_page.html", context)


@require_http_methods(["GET", "POST"])
@requires("agencies.add_nextstep")
def step_new(request: Request, pk: int) -> HttpResponse:
    """Plan a next step without a dialogue."""
    agency = get_object_or_404(Agency, pk=pk)
    if put_away(request, agency):
        return redirect(agency)
    form = StepForm(typed(request), by=request.user, instance=NextStep(agency=agency))

    def save() -> dict[str, Any]:
        lifecycle.plan_step(agency, **{name: form.cleaned_data[name] for name in ("what", "due_on", "owner")})
        return {}

    back = way_back(request, agency.get_absolute_url())
    return keep(
        request, form, title="Nytt nästa steg", agency=agency, back=back, told="Nästa steg är sparat.", save=save
    )


@require_http_methods(["GET", "POST"])
@requires("agencies.change_nextstep")
def step_edit(request: Request, pk: int) -> HttpResponse:
    """Change what is to be done, when and by whom."""
    step = get_object_or_404(NextStep.objects.select_related("agency"), pk=pk)
    if step.done_on:
        messages.warning(request, "Steget är klart. Ångra det först om något ska ändras.")
        return redirect(step)
    form = StepForm(typed(request), by=request.user, instance=step)
    back = way_back(request, step.agency.get_absolute_url())
    return keep(request, form, title="Ändra nästa steg", agency=step.agency, back=back, told="Ändringen är sparad.")


def _act(
    request: Request,
    pk: int,
    verb: Callable[[NextStep], NextStep],
    told: Callable[[NextStep], str],
    undo: bool = True,
) -> HttpResponse:
    """Do one thing to a step and show its row again, in place where the page can, otherwise by going back."""
    step = get_object_or_404(NextStep, pk=pk)
    refused = ""
    try:
        step = verb(step)
    except LifecycleError as error:
        refused = str(error)
    if request.htmx and not on_the_spot(request):
        row = NextStep.objects.select_related("owner", "agency").get(pk=pk)
        context = {
            "step": row,
            "refused": refused,
            "told": "" if refused else told(row),
            "undo": undo and not refused,
            "version": row.version(),
            "coordinators": worklist.coordinators(),
            "back": way_back(request, reverse("start")),
        }
        return render(request, "agencies/step_row.html#row", context)
    if refused:
        messages.error(request, refused)
    else:
        undone = f"{reverse('agencies:step-take-back', args=[pk])}?version={step.version()}" if undo else ""
        messages.success(request, f"{told(step)}: {step}", extra_tags=undone)
    return redirect(way_back(request, step.agency.get_absolute_url()))


@require_POST
@requires("agencies.change_nextstep")
def step_done(request: Request, pk: int) -> HttpResponse:
    """Done, today."""
    return _act(request, pk, partial(lifecycle.finish_step, on=clock.today()), lambda step: "Klart")


@require_POST
@requires("agencies.change_nextstep")
def step_reopen(request: Request, pk: int) -> HttpResponse:
    """Not done after all."""
    return _act(request, pk, lifecycle.reopen_step, lambda step: "Öppet igen", undo=False)


@require_POST
@requires("agencies.change_nextstep")
def step_take_back(request: Request, pk: int) -> HttpResponse:
    """Undo the change that the page told of."""
    asked = request.POST.get("version") or request.GET.get("version", "")
    version = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 19 else 0
    return _act(request, pk, partial(lifecycle.take_back_step, version=version), lambda step: "Ångrat", undo=False)


@require_POST
@requires("agencies.change_nextstep")
def step_move(request: Request, pk: int) -> HttpResponse:
    """To a given day, or so many days later than it was, or than today if it is overdue."""

    def verb(step: NextStep) -> NextStep:
        return lifecycle.move_step(step, to=_day(request, step))

    return _act(request, pk, verb, lambda step: f"Flyttat till {step.due_on}")


def _day(request: Request, step: NextStep) -> date:
    days = request.POST.get("dagar", "")
    if days.isascii() and days.isdigit() and len(days) < 4:
        return max(clock.today(), step.due_on) + timedelta(days=int(days))
    try:
        return date.fromisoformat(request.POST.get("dag", ""))
    except ValueError:
        raise LifecycleError("Välj en dag att flytta till.") from None


@require_POST
@requires("agencies.change_nextstep")
def step_hand(request: Request, pk: int) -> HttpResponse:
    """To another coordinator."""

    def verb(step: NextStep) -> NextStep:
        chosen = request.POST.get("till", "")
        known = chosen.isascii() and chosen.isdigit() and len(chosen) < 19
        to = worklist.coordinators().filter(pk=chosen).first() if known else None
        if to is None:
            raise LifecycleError("Den personen kan inte ta över steg.")
        return lifecycle.hand_step(step, to=to)

    return _act(request, pk, verb, lambda step: f"Lämnat till {step.owner}")
