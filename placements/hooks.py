"""What this room gives the agencies' pages: its part of the story, its asides, and what keeps an agency in use."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from agencies import asides
from agencies.lifecycle.guards import keeps_in_use
from agencies.models import Agency
from agencies.querysets import taken_places
from placements import figures, timeline
from placements.models import Placement
from praktik import clock


def _standing(subject: Any, user: Any) -> dict[str, Any]:
    return {"standing": figures.standing(subject, on=clock.today())}


def _resting(contact: Any, user: Any) -> dict[str, Any]:
    return {
        "agreements": contact.agreements.agreed(on=clock.today()).select_related("programme").order_by("planned_start")
    }


def _open_places(agency: Agency) -> str:
    if Placement.objects.filter(agency=agency).unfinished(on=clock.today()).exists():
        return "Myndigheten har avtalade eller pågående platser. Avsluta dem eller dra tillbaka dem först."
    return ""


def _taken(on: date) -> QuerySet[Any, Any]:
    rows: QuerySet[Any, Any] = Placement.objects.taken(on=on)
    return rows


def register_own() -> None:
    """Called once, when the apps are ready."""
    timeline.register_own()
    view = "placements.view_placement"
    asides.register("places", asides.Aside("agency", view, "placements/aside_agency.html", _standing))
    asides.register("places", asides.Aside("contact", view, "placements/aside_contact.html", _resting))
    asides.register("places", asides.Aside("office", view, "placements/aside_office.html", _standing))
    if _taken not in taken_places:
        taken_places.append(_taken)
    if _open_places not in keeps_in_use:
        keeps_in_use.append(_open_places)
