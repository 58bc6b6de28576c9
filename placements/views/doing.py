"""What the views that do something share: whose it is, the form that does it, and how it is told and undone."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from placements.choices import Verb
from placements.lifecycle.undoing import latest
from placements.models import Deed, Placement
from placements.permissions import NotYours, Reach, stands_in_words
from praktik.accounts.editing import TokenForm, saved
from praktik.accounts.permissions import MayNot, Request
from praktik.navigation import way_back
from praktik.records import LifecycleError

WORK = "placements.work_placement"
HAND_OVER = "placements.hand_over_placement"


def theirs(request: Request, verb: Verb, *offices: int | None) -> Reach:
    """The reader's reach. Raises MayNot, told in words, when the verb is another office's."""
    reach = Reach(request.user)
    why = reach.why_not_mine(verb, offices)
    if why:
        raise MayNot(WORK, why)
    return reach


def too_late(request: Request, verb: Verb, place: Placement) -> bool:
    """Whether a page is asked for that the place's state has no use for; says so. What is sent the verb refuses."""
    from placements.permissions import RULES

    if request.method != "GET" or place.stands() in RULES[verb].states:
        return False
    messages.warning(request, stands_in_words(place))
    return True


def undo_address(place: Placement) -> str:
    """Where the step that was just made is taken back, and no other."""
    step = latest(place)
    return f"{reverse('placements:placement-undo', args=[place.pk])}?steg={step.pk if step else 0}"


def undo_all_address(**made: Any) -> str:
    """Where everything that one call did is taken back, found by something it made."""
    step = Deed.objects.standing().filter(**made).order_by("pk").first()
    return reverse("placements:undo-act", args=[step.act]) if step else ""


def do(
    request: Request,
    form: TokenForm,
    act: Callable[[], dict[str, Any]],
    *,
    template: str,
    context: dict[str, Any],
    told: Callable[[dict[str, Any]], str],
    back: str,
    undo: Callable[[dict[str, Any]], str] | None = None,
) -> HttpResponse:
    """Show the form, or do what was sent, say so with the way to undo it, and go back to where one came from."""
    back = way_back(request, back)
    answer = saved(request, form, act)
    if answer is None:
        return render(request, template, {**context, "form": form, "back": back})
    messages.success(request, told(answer), extra_tags=undo(answer) if undo else "")
    return redirect(back)


def click(
    request: Request,
    verb: Callable[[], Any],
    told: str | Callable[[Any], str],
    *,
    back: str,
    undo: Callable[[], str] | None = None,
    always_back: bool = False,
) -> HttpResponse:
    """Do what a button asks for, say so (or why not) and go back, to `back` itself when where one was may be gone."""
    try:
        answer = verb()
    except NotYours as refused:
        raise MayNot(WORK, str(refused)) from refused
    except LifecycleError as refused:
        messages.error(request, str(refused))
    else:
        words = told if isinstance(told, str) else told(answer)
        messages.success(request, words, extra_tags=undo() if undo else "")
        if always_back:
            return redirect(back)
    return redirect(way_back(request, back))
