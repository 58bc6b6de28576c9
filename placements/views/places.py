"""One place: its page with everything about it, and changing its facts."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from agencies.timeline import Timeline
from agencies.views.keeping import keep
from placements import permissions, shown
from placements.choices import State, Verb
from placements.forms import PlaceForm
from placements.lifecycle.undoing import alike, latest, why_not_undo
from placements.models import Placement
from placements.permissions import Reach
from placements.views.doing import HAND_OVER, too_late
from placements.views.rows import actions_of, is_to_follow_up, said_of
from praktik import clock
from praktik.accounts.permissions import Request, requires
from praktik.accounts.submissions import typed
from praktik.navigation import page_of


@require_GET
@requires("placements.view_placement")
def placement_page(request: Request, pk: int) -> HttpResponse:
    """Everything about one place, with the verbs that are open to the reader."""
    today = clock.today()
    place = shown.place(pk, on=today)
    if place is None:
        raise Http404
    story = Timeline(place, request.user)
    length = sum(number for _, number in story.counts().values())
    reach = Reach(request.user)
    step = latest(place)
    here = request.get_full_path()
    # A handover that waits has its own buttons further down.
    actions = [each for each in actions_of(place, reach, back=here) if each.verb is not Verb.ACCEPT]
    context: dict[str, Any] = {
        "place": place,
        "agency": place.agency,
        "state": place.state(on=today) or place.stands(),
        "said": said_of(place, reach),
        "offices": reach.offices,
        "actions": actions,
        "may": verbs_open(place, reach) - {action.verb.value for action in actions},
        "waiting": shown.waiting_handover(place.pk),
        "reads_person": permissions.reads_person(reach, place),
        "page": page_of(request, story.story("", length)),
        "latest": place.latest_entry(),
        "step": step if step and not why_not_undo(reach, place, step) else None,
        "alike": alike(step) if step and step.verb == Verb.AGREE else 1,
    }
    return render(request, "placements/placement_page.html", context)


def verbs_open(place: Placement, reach: Reach) -> set[str]:
    """What the reader may do with the place as it stands, and has a use for: the verbs' names, read by the template."""
    open_to = {verb for verb in permissions.RULES if reach.may(verb, place)}
    waits = bool(getattr(place, "handed_to", None))
    own = place.office_id is None and place.coordinator_id == reach.user.pk
    useless = {
        Verb.CONFIRM: place.contact is not None and not place.rests_on_gone(on=clock.today()),
        Verb.EXTEND: not place.can_extend(on=clock.today()),
        Verb.FOLLOW_UP: not is_to_follow_up(place),
        Verb.HAND_OVER: waits,
        Verb.TAKE_BACK: own and not waits,
    }
    return {verb.value for verb in open_to if not useless.get(verb, False)}


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
