"""One place: its page with everything about it, and changing its facts."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from agencies.timeline import Timeline
from agencies.views.keeping import keep
from placements import permissions
from placements.choices import State, Verb
from placements.forms import PlaceForm
from placements.lifecycle.undoing import latest
from placements.models import Placement
from placements.permissions import Reach
from placements.validators import FOLLOWED_UP_AFTER
from placements.views.doing import HAND_OVER, too_late
from placements.views.rows import said_of
from praktik import clock
from praktik.accounts.permissions import Request, requires
from praktik.accounts.submissions import typed
from praktik.navigation import page_of

_SHOWN = ("target_group", "manager", "tutor", "contact__successor", "follows__programme", "follows__agency")


@require_GET
@requires("placements.view_placement")
def placement_page(request: Request, pk: int) -> HttpResponse:
    """Everything about one place, with the verbs that are open to the reader."""
    today = clock.today()
    places = Placement.objects.with_row(on=today).select_related(*_SHOWN, "followed_by__programme")
    place = get_object_or_404(places, pk=pk)
    story = Timeline(place, request.user)
    length = sum(number for _, number in story.counts().values())
    reach = Reach(request.user)
    step = latest(place)
    context: dict[str, Any] = {
        "place": place,
        "agency": place.agency,
        "state": place.stands(),
        "said": said_of(place, reach),
        "may": verbs_open(place, reach),
        "waiting": place.handovers.waiting().select_related("office", "by").prefetch_related("words__by").first(),
        "reads_person": permissions.reads_person(reach, place),
        "page": page_of(request, story.story("", length)),
        "latest": place.latest_entry(),
        "step": step if step and _undoable(place, reach, step) else None,
    }
    return render(request, "placements/placement_page.html", context)


def verbs_open(place: Placement, reach: Reach) -> set[str]:
    """What the reader may do with the place as it stands: the verbs' names, read by the template."""
    today = clock.today()
    open_to = {verb for verb in permissions.RULES if reach.may(verb, place)}
    if place.order_id is None:
        open_to -= {Verb.ANSWER, Verb.REPLY, Verb.FLAG, Verb.UNFLAG, Verb.RECALL, Verb.SUPPLEMENT}
    if not (place.ended_on and not place.followed_up_on and place.ended_on + FOLLOWED_UP_AFTER <= today):
        open_to.discard(Verb.FOLLOW_UP)
    if place.office_id is None and place.coordinator_id == reach.user.pk:
        open_to.discard(Verb.TAKE_BACK)
    if getattr(place, "handed_to", None):
        open_to -= {Verb.HAND_OVER, Verb.TAKE_BACK}
    return {verb.value for verb in open_to}


def _undoable(place: Placement, reach: Reach, step: Any) -> bool:
    offices = [place.office_id, step.handover.office_id if step.handover else None]
    return not any(reach.why_not_mine(verb, offices) for verb in (Verb.UNDO, Verb(step.verb)))


@require_http_methods(["GET", "POST"])
@requires(HAND_OVER)
def placement_edit(request: Request, pk: int) -> HttpResponse:
    """Change what a place says: its duties and people, and until it starts its plan."""
    place = get_object_or_404(Placement.objects.select_related("agency", "programme"), pk=pk)
    if too_late(request, Verb.CHANGE, place):
        return redirect(place)
    form = PlaceForm(typed(request), by=request.user, agency=place.agency, instance=place)
    return keep(
        request,
        form,
        title="Ändra platsen" if place.stands() is State.AGREED else "Ändra den pågående platsen",
        agency=place.agency,
        back=place.get_absolute_url(),
        told="Ändringen är sparad.",
        template="placements/place_form.html",
    )
