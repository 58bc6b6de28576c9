"""Dialogues: choosing the agency, logging the call that just ended, reading and changing it."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import Case, Max, When
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agencies import lifecycle
from agencies.choices import Phase
from agencies.forms import DialogueForm, LogDialogueForm
from agencies.models import Agency, Dialogue
from agencies.permissions import may_read_notes
from agencies.views.keeping import keep, put_away, tell
from praktik import clock
from praktik.accounts.editing import saved
from praktik.accounts.permissions import Request, requires
from praktik.accounts.submissions import typed
from praktik.navigation import BACK, way_back

_PICKED = 8


@require_GET
@requires("agencies.add_dialogue")
def dialogue_choose(request: Request) -> HttpResponse:
    """Which agency was it? A few letters are enough; Enter takes the first."""
    text = request.GET.get("q", "").replace("\0", "").strip()[:100]
    rows = Agency.objects.active().with_municipality_names()
    if text:
        # The name itself before those that merely have the word in a contact or further on.
        named_so = Case(When(name__istartswith=text.upper(), then=0), default=1)
        found = list(rows.search(text).order_by(named_so, "name")[:_PICKED])
    else:
        found = _lately(rows, request.user)
    back = way_back(request, reverse("start"))
    if found and "valj" in request.GET and not request.htmx:
        query = urlencode({BACK: back})
        return redirect(f"{reverse('agencies:dialogue-new', args=[found[0].pk])}?{query}")
    template = "agencies/dialogue_choose.html" + ("#found" if request.htmx else "")
    return render(request, template, {"found": found, "text": text, "back": back})


def _lately(rows: Any, user: Any) -> list[Agency]:
    """The agencies one has talked with last."""
    own = Dialogue.objects.held().filter(by=user, agency__in=Agency.objects.active()).order_by()
    latest = own.values("agency").annotate(on=Max("held_on")).order_by("-on", "agency")
    places = {pk: place for place, pk in enumerate(latest.values_list("agency", flat=True)[:_PICKED])}
    return sorted(rows.filter(pk__in=places), key=lambda agency: places[agency.pk])


@require_http_methods(["GET", "POST"])
@requires("agencies.add_dialogue")
def dialogue_new(request: Request, pk: int) -> HttpResponse:
    """Log a dialogue with an agency, with new contacts, obstacles and the next step in the same form."""
    agency = get_object_or_404(Agency, pk=pk)
    if put_away(request, agency):
        return redirect(agency)
    latest = agency.dialogues.held().first()
    form = LogDialogueForm(
        typed(request),
        by=request.user,
        agency=agency,
        instance=Dialogue(agency=agency, phase=latest.phase if latest else Phase.INFORMATION),
    )

    def save() -> dict[str, Any]:
        dialogue = lifecycle.log_dialogue(
            form.save(commit=False),
            by=request.user,
            contacts=form.cleaned_data["contacts"],
            new_contacts=form.new_contacts(),
            obstacles=form.met_obstacles(),
            step=form.planned_step(),
            steps_done=form.cleaned_data["steps_done"],
        )
        return {"pk": dialogue.pk}

    back = way_back(request, agency.get_absolute_url())
    answer = saved(request, form, save)
    if answer is None:
        context = {"form": form, "agency": agency, "back": back}
        return render(request, "agencies/dialogue_form.html" + ("#form" if request.htmx else ""), context)
    edit = reverse("agencies:dialogue-edit", args=[answer["pk"]])
    undo = reverse("agencies:dialogue-withdraw", args=[answer["pk"]])
    told = format_html('Dialogen med {} är sparad. <a href="{}">Ändra</a>', agency, edit)
    messages.success(request, told, extra_tags=undo)
    return redirect(back)


@require_GET
@requires("agencies.view_dialogue")
def dialogue_page(request: Request, pk: int) -> HttpResponse:
    """One dialogue: who, when, what was said, what came of it."""
    dialogue = get_object_or_404(Dialogue.objects.select_related("agency", "by"), pk=pk)
    context = {
        "dialogue": dialogue,
        "agency": dialogue.agency,
        "contacts": dialogue.contacts.all(),
        "may_read_notes": may_read_notes(request.user),
        "latest": dialogue.latest_entry(),
    }
    if request.user.has_perm("agencies.view_obstacle"):
        context |= {"obstacles": dialogue.obstacles.all(), "steps": dialogue.next_steps.select_related("owner")}
    return render(request, "agencies/dialogue_page.html", context)


@require_http_methods(["GET", "POST"])
@requires("agencies.change_dialogue")
def dialogue_edit(request: Request, pk: int) -> HttpResponse:
    """Change what was logged."""
    dialogue = get_object_or_404(Dialogue.objects.select_related("agency"), pk=pk)
    form = DialogueForm(typed(request), by=request.user, agency=dialogue.agency, instance=dialogue)
    return keep(
        request,
        form,
        title="Ändra dialog",
        agency=dialogue.agency,
        back=way_back(request, dialogue.agency.get_absolute_url()),
        told="Dialogen är ändrad.",
        template="agencies/dialogue_form.html",
    )


@require_POST
@requires("agencies.change_dialogue")
def dialogue_withdraw(request: Request, pk: int) -> HttpResponse:
    """Logged by mistake."""
    dialogue = get_object_or_404(Dialogue, pk=pk)
    told = "Dialogen är borttagen och räknas inte. Kontakter, hinder och steg som kom med den finns kvar."
    verb = partial(lifecycle.withdraw_dialogue, dialogue, on=clock.today())
    undo = reverse("agencies:dialogue-restore", args=[pk])
    return tell(request, verb, told, back=dialogue.get_absolute_url(), undo=undo)


@require_POST
@requires("agencies.change_dialogue")
def dialogue_restore(request: Request, pk: int) -> HttpResponse:
    """It was held after all."""
    dialogue = get_object_or_404(Dialogue, pk=pk)
    verb = partial(lifecycle.restore_dialogue, dialogue)
    return tell(request, verb, "Dialogen är tillbaka.", back=dialogue.get_absolute_url())
