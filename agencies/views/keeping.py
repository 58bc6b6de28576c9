"""What the views of agencies, contacts, dialogues, steps and obstacles share: keeping a record, and one-click verbs."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from agencies.models import Agency
from praktik.accounts.editing import RecordForm, saved
from praktik.accounts.permissions import Request
from praktik.navigation import way_back
from praktik.records import LifecycleError


def keep(
    request: Request,
    form: RecordForm,
    *,
    title: str,
    back: str,
    told: str,
    agency: Agency | None = None,
    save: Callable[[], dict[str, Any]] | None = None,
    template: str = "agencies/record_form.html",
) -> HttpResponse:
    """Show the form, or save what was sent, say so and go back. `save` is a verb to call instead of just storing."""
    if saved(request, form, save or form.store) is None:
        return render(request, template, {"form": form, "title": title, "agency": agency, "back": back})
    messages.success(request, told)
    return redirect(back)


def put_away(request: Request, agency: Agency) -> bool:
    """Whether the page is asked for about an archived agency; says so. What is sent is left to the verbs to refuse."""
    if agency.archived_on is None or request.method != "GET":
        return False
    messages.warning(request, f"{agency} är arkiverad. Återställ myndigheten först.")
    return True


def tell(request: Request, verb: Callable[[], object], told: str, *, back: str, undo: str = "") -> HttpResponse:
    """Do what a button asks for, say so (or why not) and go back. `undo` is the address that takes it back."""
    try:
        verb()
    except LifecycleError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, told, extra_tags=undo)
    return redirect(way_back(request, back))
