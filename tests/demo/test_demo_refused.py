"""`manage.py demo_data` where it has no business, or is cut short."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from agencies import lifecycle
from agencies.models import Agency, Municipality
from placements.models import MatchingOrder, Placement, Programme
from praktik.accounts.models import User
from praktik.demo import build, officers
from reports.choices import LetterKind
from reports.models import Letter
from tests.factories import AgencyFactory, ContactFactory, PlacementFactory, UserFactory

pytestmark = pytest.mark.django_db


def tell() -> str:
    """Run the command; what it printed."""
    said = StringIO()
    call_command("demo_data", stdout=said)
    return said.getvalue()


def test_refused_outside_the_demonstration(settings):
    settings.DEMONSTRATION = False
    with pytest.raises(CommandError, match="ingen demonstration"):
        tell()
    assert not Agency.objects.exists()


def test_refused_beside_an_agency_of_somebody_else_s(settings):
    settings.DEMONSTRATION = True
    AgencyFactory(name="Statens provanstalt")
    with pytest.raises(CommandError, match="Statens provanstalt, som inte hör till demonstrationen"):
        tell()
    assert Agency.objects.count() == 1
    assert not User.objects.filter(email=build.COORDINATOR).exists()


def test_refused_where_work_has_begun(settings):
    settings.DEMONSTRATION = True
    ContactFactory(agency=AgencyFactory(name="Bolagsverket"))
    with pytest.raises(CommandError, match="redan uppgifter om länets myndigheter"):
        tell()


def test_refused_beside_a_place(settings):
    """Even where a place is all there is: of an agency of ours, agreed with nobody."""
    settings.DEMONSTRATION = True
    PlacementFactory(agency=AgencyFactory(name="Bolagsverket"), contact=None, manager=None, tutor=None)
    with pytest.raises(CommandError, match="redan platser"):
        tell()
    assert Placement.objects.count() == 1
    assert not MatchingOrder.objects.exists()


def test_refused_beside_a_letter(settings):
    settings.DEMONSTRATION = True
    Letter(kind=LetterKind.WEEKLY, week=date(2018, 12, 31)).save_record()
    with pytest.raises(CommandError, match="redan brev"):
        tell()
    assert not Agency.objects.exists()


@pytest.mark.parametrize("change", [{"months_per_decision": 3}, {"code": "MBX"}])
def test_refused_where_a_programme_has_other_rules(settings, change):
    settings.DEMONSTRATION = True
    Programme.objects.filter(code="MBJ").update(**change)
    with pytest.raises(CommandError, match="MBJ eller dess målgrupper är ändrade"):
        tell()


@pytest.mark.parametrize("email", [build.OFFICER, officers.addresses()[0]])
def test_refused_when_an_address_is_taken(settings, email):
    settings.DEMONSTRATION = True
    UserFactory(email=email, role="administrator")
    with pytest.raises(CommandError, match=f"redan användaren {email}"):
        tell()


@pytest.mark.once
def test_all_or_nothing(settings, monkeypatch):
    """Something fails when a part of the story has been told."""
    settings.DEMONSTRATION = True
    log, told = lifecycle.log_dialogue, []

    def fail(*args: object, **kwargs: object) -> object:
        told.append(args)
        if len(told) == 100:
            raise RuntimeError("cut short")
        return log(*args, **kwargs)

    monkeypatch.setattr(lifecycle, "log_dialogue", fail)
    with pytest.raises(RuntimeError, match="cut short"):
        tell()
    assert not Municipality.objects.exists()
    assert not User.objects.exists()
    assert not Agency.history.exists()
    assert not Placement.history.exists()
    assert Programme.objects.get(code="MBJ").last_day is not None
