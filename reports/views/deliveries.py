"""How a letter is getting on: its progress, each delivery with the server's words, and trying again."""

from datetime import datetime, timedelta

from django.contrib import messages
from django.db.models import Case, Value, When
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from praktik import clock
from praktik.accounts.permissions import Request, requires
from praktik.navigation import page_of
from praktik.records import LifecycleError
from reports.lifecycle import try_again
from reports.models import Delivery, Letter
from reports.permissions import WRITE_LETTERS
from reports.views.letters import message_file, sent_letter

_SLOW = timedelta(seconds=20)
"""Without a sign of the worker for so long, the page says so."""
_OFTEN, _SELDOM = 1, 30
"""Seconds between two looks: while something is being sent, and while the next try is far off."""
_GIVEN_UP = timedelta(minutes=10)
"""After so long without a sign of the worker the page asks no more: it would keep its reader logged in for ever."""


@require_GET
@requires(WRITE_LETTERS)
def letter_deliveries(request: Request, pk: int) -> HttpResponse:
    """The progress of a letter, and every delivery: what did not arrive first. Asks anew by itself until it is done."""
    letter = sent_letter(pk)
    rows = Delivery.objects.filter(letter=letter)
    numbers = rows.numbers()
    now = timezone.now()
    waits, latest = numbers["next"], numbers["latest"]
    if waits and latest and latest > clock.now() - _SLOW:
        waits = max(waits, now)  # a long letter is on its way: its last recipients have waited for their turn
    trouble_first = Case(
        When(sent_at__isnull=False, then=Value(2)), When(next_at__isnull=False, then=Value(1)), default=Value(0)
    )
    context = {
        "letter": letter,
        "numbers": numbers | {"left": numbers["all"] - numbers["sent"]},
        "every": _every(waits, now),
        "stands_still": bool(waits and waits < now - _SLOW),
        "page": page_of(request, rows.order_by(trouble_first, "pk"), count=numbers["all"]),
    }
    return render(request, "reports/letter_deliveries.html" + ("#progress" if request.htmx else ""), context)


def _every(waits: datetime | None, now: datetime) -> int:
    """Seconds until the page asks again; 0 for never."""
    if waits is None or waits < now - _GIVEN_UP:
        return 0
    return _OFTEN if now - _SLOW <= waits <= now + timedelta(seconds=_SELDOM) else _SELDOM


@require_POST
@requires(WRITE_LETTERS)
def letter_again(request: Request, pk: int) -> HttpResponse:
    """Try what has not arrived once more."""
    letter = get_object_or_404(Letter.objects.sent(), pk=pk)
    try:
        number = try_again(letter)
    except LifecycleError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"{number} skickas igen.")
    return redirect("reports:letter-deliveries", pk)


@require_GET
@requires(WRITE_LETTERS)
def delivery_file(request: Request, pk: int, delivery: int) -> HttpResponse:
    """The message to one address, as it was sent."""
    letter = sent_letter(pk)
    return message_file(letter, get_object_or_404(letter.deliveries, pk=delivery))
