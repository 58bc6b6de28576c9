"""Agreeing places with an agency."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from agencies.models import Agency
from agencies.views.keeping import put_away
from placements.forms import AgreeForm
from placements.models import Placement
from placements.views.doing import HAND_OVER, undo_all_address
from praktik.accounts.editing import saved
from praktik.accounts.permissions import Request, requires
from praktik.accounts.submissions import typed
from praktik.navigation import way_back
from praktik.templatetags.swedish_words import number_of


@require_http_methods(["GET", "POST"])
@requires(HAND_OVER)
def agree(request: Request, pk: int) -> HttpResponse:
    """One form agrees so many places at once."""
    agency = get_object_or_404(Agency, pk=pk)
    if put_away(request, agency):
        return redirect(agency)
    form = AgreeForm(typed(request), by=request.user, agency=agency, instance=Placement(agency=agency))
    answer = saved(request, form, form.agree)
    if answer is None:
        context = {"form": form, "agency": agency, "back": way_back(request, agency.get_absolute_url())}
        return render(request, "placements/agree_form.html", context)
    made = answer["made"]
    if not Placement.objects.filter(pk__in=made).exists():
        messages.warning(request, "Avtalet har ångrats sedan dess. Öppna formuläret på nytt om det ska gälla ändå.")
        return redirect(agency)
    address = f"{reverse('placements:order-new', args=[agency.pk])}?{urlencode([('plats', key) for key in made])}"
    told = format_html('{}. <a href="{}">Beställ matchning …</a>', _number(made), address)
    messages.success(request, told, extra_tags=undo_all_address(placement=made[0]))
    if len(made) == 1:
        return redirect("placements:placement", made[0])
    return redirect(f"{reverse('placements:placement-list')}?myndighet={agency.pk}")


def _number(made: list[Any]) -> str:
    return number_of(len(made), "plats är avtalad,platser är avtalade")
