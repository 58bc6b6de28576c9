"""What this room gives the orders' pages and lists: the reminders that were sent, and the button that sends one."""

from typing import Any

from django.urls import reverse

from agencies import asides
from placements.waiting.telling import order_acts
from praktik.waiting import Act, How
from reports.models import Reminder
from reports.permissions import REMIND


def remind_act(order: Any) -> Act:
    """The button beside an order that its office has not answered."""
    return Act("Påminn", reverse("reports:order-remind", args=[order.pk]), How.DO)


def _reminders(order: Any, user: Any) -> dict[str, Any]:
    rows = Reminder.objects.filter(order=order).select_related("by").order_by("-on", "-pk")
    return {
        "reminders": list(rows.prefetch_related("notice__deliveries")),
        "tells_trouble": user.has_perm(REMIND),
    }


def register_own() -> None:
    """Called once, when the apps are ready."""
    view = "placements.view_placement"
    asides.register("reminders", asides.Aside("matchingorder", view, "reports/aside_order.html", _reminders))
    if remind_act not in order_acts:
        order_acts.append(remind_act)
