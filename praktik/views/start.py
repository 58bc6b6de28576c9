"""The page one begins the day with; each role has its own."""

from datetime import timedelta

from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

import placements.worklist
import reports.worklist
from agencies import worklist
from agencies.models import Agency, Contact
from placements.permissions import Reach
from praktik import clock
from praktik.accounts.models import User
from praktik.accounts.permissions import Request
from praktik.accounts.roles import Role
from praktik.navigation import ROWS, page_of
from reports.letters.rhythm import turns
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


def _coordinator(request: Request) -> HttpResponse:
    today = clock.today()
    soon = today + timedelta(days=14)
    steps = worklist.next_steps(request.user)
    due, coming = steps.filter(due_on__lte=today), steps.filter(due_on__gt=today, due_on__lte=soon)
    others = worklist.others_waiting(request.user, on=today)
    silent = worklist.silent_agencies(on=today)
    stand = turns()
    due_count, shown = due.count(), list(coming[: 2 * ROWS])
    context = {
        "due": due[: 2 * ROWS],
        "due_count": due_count,
        "coming": shown,
        "later": steps.count() - due_count - len(shown),
        "others": others[:ROWS],
        "others_count": others.count(),
        "silent": silent[:10],
        "silent_count": silent.count(),
        "silent_days": worklist.SILENT_DAYS,
        "coordinators": worklist.coordinators(),
        "waiting": [*placements.worklist.waiting(Reach(request.user), on=today), *reports.worklist.letters_due(stand)],
        "turns": stand,
    }
    return render(request, "start/coordinator.html", context)


def _case_officer(request: Request) -> HttpResponse:
    offices = list(worklist.own_offices(request.user))
    served = {town.pk for office in offices for town in office.municipalities.all()}
    agencies = Agency.objects.active().filter(municipalities__in=served).distinct()
    whom = Prefetch("contacts", Contact.objects.current(on=clock.today()).order_by("role", "name"), to_attr="whom")
    rows = agencies.with_municipality_names().with_latest_dialogue().order_by("name").prefetch_related(whom)
    waiting = placements.worklist.waiting(Reach(request.user), on=clock.today())
    context = {"offices": offices, "page": page_of(request, rows), "waiting": waiting}
    return render(request, "start/case_officer.html", context)


def _steering_group(request: Request) -> HttpResponse:
    published = MonthlyReport.objects.published().select_related("published_by").order_by("-month")
    latest = published.first()
    earlier = published.defer("figures")[1 : 1 + ROWS]
    context = {"earlier": earlier, **(month_context(request, latest) if latest else {"report": None})}
    return render(request, "start/steering_group.html", context)


def _administrator(request: Request) -> HttpResponse:
    users = User.objects.filter(is_active=True)
    context = {
        "users": users.count(),
        "never_in": users.filter(last_login__isnull=True),
        "unstaffed": worklist.offices_without_officer(on=clock.today()),
    }
    return render(request, "start/administrator.html", context)
