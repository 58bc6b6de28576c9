"""A record and what belongs to it are saved as one entry of its history, dated by the clock."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import IntegrityError, transaction

from agencies.models import Agency, Dialogue
from tests.factories import AgencyFactory, ContactFactory, DialogueFactory, MunicipalityFactory, UserFactory

pytestmark = pytest.mark.django_db
SWEDEN = ZoneInfo("Europe/Stockholm")


def names(version):
    return sorted(each.municipality.name for each in version.municipalities.select_related("municipality"))


def test_a_new_record_is_one_entry_with_its_choices_of_many():
    towns = [MunicipalityFactory(name=name) for name in ("Timrå", "Kramfors")]
    agency = Agency(name="Skogsstyrelsen")
    with transaction.atomic():
        agency.save_record(municipalities=towns)
    version = agency.history.get()
    assert (version.history_type, version.name, names(version)) == ("+", "Skogsstyrelsen", ["Kramfors", "Timrå"])
    assert set(agency.municipalities.all()) == set(towns)


def test_a_changed_record_is_one_entry_with_its_choices_of_many():
    agency = AgencyFactory(municipalities=[MunicipalityFactory(name="Timrå")])
    agency.name = "Skogsstyrelsen"
    with transaction.atomic():
        agency.save_record(municipalities=[MunicipalityFactory(name="Kramfors")])
    latest, first = agency.history.order_by("-history_id")
    assert (latest.history_type, latest.name, names(latest)) == ("~", "Skogsstyrelsen", ["Kramfors"])
    assert (first.history_type, names(first)) == ("+", ["Timrå"])


def test_choices_that_are_not_given_stay_and_are_told_with_the_change():
    agency = AgencyFactory(municipalities=[MunicipalityFactory(name="Timrå")])
    agency.note = "Ny"
    with transaction.atomic():
        agency.save_record()
    assert [names(version) for version in agency.history.all()] == [["Timrå"], ["Timrå"]]


def test_several_choices_of_many_are_still_one_entry():
    agency = AgencyFactory()
    people = [ContactFactory(agency=agency) for _ in range(3)]
    dialogue = Dialogue(agency=agency, by=UserFactory(), held_on=date(2018, 12, 1))
    with transaction.atomic():
        dialogue.save_record(contacts=people)
    assert {each.contact for each in dialogue.history.get().contacts.all()} == set(people)


def test_a_refused_saving_leaves_no_entry_and_does_not_silence_the_next():
    AgencyFactory(name="Skogsstyrelsen")
    agency = Agency(name="Skogsstyrelsen")
    with pytest.raises(IntegrityError), transaction.atomic():
        agency.save_record()
    assert Agency.history.count() == 1
    agency.name = "Skogsvårdsstyrelsen"
    with transaction.atomic():
        agency.save_record()
    agency.note = "Saved in the plain way."
    agency.save()
    assert agency.history.count() == 2


def test_a_version_is_the_number_of_the_latest_entry():
    assert Agency(name="Skogsstyrelsen").version() == 0
    agency = AgencyFactory()
    first = agency.version()
    assert first == agency.history.get().history_id
    AgencyFactory()
    assert agency.version() == first
    agency.save()
    assert agency.version() > first
    assert agency.version() == agency.history.latest().history_id


def test_a_deleted_record_keeps_its_history():
    dialogue = DialogueFactory(notes="Sagt och gjort.")
    pk = dialogue.pk
    dialogue.delete()
    assert Dialogue.history.filter(id=pk, history_type="-").get().notes == "Sagt och gjort."


@pytest.mark.parametrize("make", [AgencyFactory, UserFactory])
def test_an_entry_is_dated_by_the_clock(settings, make):
    settings.PRAKTIK_TODAY = "2018-12-31"
    with time_machine.travel("2026-11-22T09:30+00:00", tick=False):
        assert make().history.get().history_date == datetime(2018, 12, 31, 10, 30, tzinfo=SWEDEN)
    settings.PRAKTIK_TODAY = None
    with time_machine.travel("2026-11-22T09:30+00:00", tick=False):
        assert make().history.get().history_date == datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def test_an_entry_may_be_given_its_own_date():
    moment = datetime(2017, 3, 13, 9, 0, tzinfo=SWEDEN)
    agency = AgencyFactory.build()
    agency._history_date = moment
    with transaction.atomic():
        agency.save_record()
    assert agency.history.get().history_date == moment
