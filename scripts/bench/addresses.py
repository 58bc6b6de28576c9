"""What has to be asked of the data, through Django and in a process of its own (`bench.server.Server.ask_data`).

look    prints as JSON which rows the pages are about; the users get the password in BENCH_PASSWORD
clean   removes what measuring has stored
"""

import json
import os
import sys
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Count

from agencies.models import Agency, Contact, Dialogue, Municipality
from bench.known import NOTES, ROLES
from placements.choices import State
from placements.models import Placement
from praktik import clock
from praktik.accounts.models import User
from reports.models import Letter, MonthlyReport

_WRITTEN = 8  # agencies and places that are written to by turns


def _set_passwords(password: str) -> None:
    for email in ROLES.values():
        user = User.objects.get(email=email)
        user.set_password(password)
        user.save(update_fields=["password"])


def _agencies() -> dict[str, Any]:
    talked = Agency.objects.active().annotate(talks=Count("dialogues")).filter(talks__gt=0).order_by("talks", "pk")
    keys = list(talked.values_list("pk", flat=True))
    middle = len(keys) // 2
    return {
        "ordinary_agency": keys[middle],
        "busiest_agency": keys[-1],
        "written_agencies": keys[middle : middle + _WRITTEN],
    }


def _places() -> dict[str, Any]:
    today = clock.today()
    ongoing = Placement.objects.in_state(State.ONGOING, on=today).filter(order__isnull=False)
    handed = ongoing.filter(handovers__accepted_on__isnull=False)
    agreed = Placement.objects.in_state(State.AGREED, on=today).filter(office__isnull=True, started_on__isnull=True)
    agreed = agreed.filter(withdrawn_on__isnull=True, handovers__isnull=True)
    return {
        "place": handed.order_by("pk").values_list("pk", flat=True)[0],
        "agreed_places": list(agreed.order_by("pk").values_list("pk", flat=True)[:_WRITTEN]),
    }


def _version() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version" if connection.vendor == "postgresql" else "SELECT sqlite_version()")
        return str(cursor.fetchone()[0])


def _size() -> float:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_database_size(current_database())")
        else:
            cursor.execute("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
        return float(cursor.fetchone()[0]) / 2**20


def look() -> dict[str, Any]:
    """Keys of the rows that the pages are about, and facts of the database (its size in MiB)."""
    today = clock.today()
    largest = Municipality.objects.annotate(count=Count("agencies")).order_by("-count", "code")
    month = MonthlyReport.objects.published().order_by("-month").values_list("month", flat=True)[0]
    return {
        **_agencies(),
        **_places(),
        "municipality": largest.values_list("code", flat=True)[0],
        "name": Contact.objects.current(on=today).order_by("pk").values_list("name", flat=True)[0],
        "month": f"{month:%Y-%m}",
        "letter": Letter.objects.filter(sent_at__isnull=True).order_by("pk").values_list("pk", flat=True)[0],
        "year": today.year,
        "today": today.isoformat(),
        "database": {
            "version": _version(),
            "size_mib": round(_size(), 1),
            "agencies": Agency.objects.count(),
            "dialogues": Dialogue.objects.count(),
            "places": Placement.objects.count(),
        },
    }


def clean() -> None:
    """Remove the dialogues that measuring has saved, and their history."""
    saved = Dialogue.objects.filter(notes=NOTES)
    Dialogue.history.filter(id__in=list(saved.values_list("pk", flat=True))).delete()
    saved.delete()


def main(what: str) -> None:
    """The command line."""
    if settings.ROOT_URLCONF != "bench.urls":
        sys.exit("This changes passwords: it is only for a database of one's own (DJANGO_SETTINGS_MODULE).")
    if what == "look":
        _set_passwords(os.environ["BENCH_PASSWORD"])
        print(json.dumps(look()))
    else:
        clean()
