"""The button that reminds an office of an order."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from placements.models import MatchingOrder
from placements.views.doing import click
from praktik import clock
from praktik.accounts.permissions import Request, requires
from reports.permissions import REMIND
from reports.reminders import remind


@require_POST
@requires(REMIND)
def order_remind(request: Request, pk: int) -> HttpResponse:
    """Remind everybody at the order's office."""
    order = get_object_or_404(MatchingOrder, pk=pk)
    verb = partial(remind, order, by=request.user, on=clock.today())
    return click(request, verb, "Kontoret är påmint.", back=order.get_absolute_url())
