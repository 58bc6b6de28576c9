"""Which orders wait for their office's answer, and since when: whoever reminds asks here."""

from datetime import date
from typing import Any

from placements.models import MatchingOrder
from praktik.working_days import working_days_before


def waiting_orders(*, on: date) -> Any:
    """Open orders that wait for their own office, those that have waited longest first; each with `waits_since`.

    An order waits from the day it was sent or, when its office has asked, from the day of the coordinator's reply.
    """
    rows = MatchingOrder.objects.waiting(on=on).with_places(on=on)
    return rows.select_related("agency", "office", "by").order_by("waits_since", "pk")


def orders_waiting_long(number: int, *, on: date) -> Any:
    """Those of them that have waited for so many working days, or longer."""
    return waiting_orders(on=on).filter(waits_since__lte=working_days_before(on, number))
