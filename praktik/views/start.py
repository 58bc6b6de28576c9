"""The page one begins the day with: what waits; each role has its own."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject
from django.views.decorators.http import require_GET

from agencies import worklist
from praktik import clock
from praktik.accounts.models import User
from praktik.accounts.permissions import Request
from praktik.accounts.roles import Role
from praktik.navigation import ROWS, page_of
from praktik.waits import counted
from praktik.worklist import Worklist
from reports.models import MonthlyReport
from reports.views.months import month_context


@require_GET
def start(request: Request) -> HttpResponse:
    """Shows the start page of the user's role. Open to every role."""
    pages = {
        Role.COORDINATOR: _coordinator,
        Role.CASE_OFFICER: _case_officer,
        Role.STEERING_GROUP: _steering_group,
        Role.ADMINISTRATOR: _administrator,
    }
    return pages[Role(request.user.role)](request)


def _waiting(request: Request) -> dict[str, Any]:
    """The list of what waits for the reader: all, or what `?slag=` asks for."""
    back = request.get_full_path()
    found = counted(request, Worklist(request.user, on=clock.today(), back=back))
    kinds = found.kinds
    asked = request.GET.get("slag", "")
    kind = next((each for each, _ in kinds if each.code == asked), None)
    return {
        "list": found,
        "kinds": kinds,
        "kind": kind,
        "asked": asked,
        "page": page_of(request, found.story(kind.code if kind else "")) if kind or not asked else None,
        "back": back,
        # Asked for only when a next step is shown.
        "coordinators": SimpleLazyObject(lambda: list(worklist.coordinators())),
    }


def _coordinator(request: Request) -> HttpResponse:
    return render(request, "start/coordinator.html", _waiting(request))


def _case_officer(request: Request) -> HttpResponse:
    context = {"offices": list(worklist.own_offices(request.user)), **_waiting(request)}
    return render(request, "start/case_officer.html", context)


def _steering_group(request: Request) -> HttpResponse:
    published = MonthlyReport.objects.published().select_related("published_by").order_by("-month")
    latest = published.first()
    earlier = published.defer("figures")[1 : 1 + ROWS]
    context = {"earlier": earlier, **(month_context(request, latest) if latest else {"report": None})}
    return render(request, "start/steering_group.html", {**context, **_waiting(request)})


def _administrator(request: Request) -> HttpResponse:
    users = User.objects.filter(is_active=True)
    context = {
        "users": users.count(),
        "never_in": users.filter(last_login__isnull=True),
        "unstaffed": worklist.offices_without_officer(on=clock.today()),
    }
    return render(request, "start/administrator.html", context)
