"""The timeline: other rooms join it by registering a source, and the timeline itself stays as it is."""

from datetime import date

import pytest
from django.db.models import DateField, F, Value
from pytest_django.asserts import assertContains, assertNotContains

from agencies import timeline
from agencies.models import Contact
from agencies.timeline import Entry, Source, Timeline, register
from praktik.accounts.models import User
from tests.factories import AgencyFactory, ContactFactory, DialogueFactory, ObstacleFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _sources_as_they_were(monkeypatch):
    monkeypatch.setattr(timeline, "_sources", dict(timeline._sources))


@pytest.fixture
def agency():
    agency = AgencyFactory()
    DialogueFactory(agency=agency, held_on=date(2018, 6, 1), notes="Ord från samtalet")
    ObstacleFactory(agency=agency, noted_on=date(2018, 8, 1))
    return agency


def hired(
    permission: str = "agencies.view_contact", kind: str = "platser", label: str = "Platser", rank: int = 0
) -> Source:
    """A source as another room may have one: of its own rows, with few of the columns."""
    return Source(
        kind,
        label,
        permission,
        lambda agency, user: Contact.objects.filter(agency=agency, left_on__isnull=True),
        {"on": Value(date(2018, 7, 1), DateField()), "subject": F("name")},
        lambda row: Entry(
            on=row["on"], kind=kind, what="Plats", subject=row["subject"], url=f"/kontakter/{row['key']}/"
        ),
        rank,
    )


def test_another_room_s_source_stands_among_the_others(agency, coordinator):
    ContactFactory(agency=agency, name="Anna")
    ContactFactory(name="Hos en annan myndighet")
    register("placement", hired())
    told = Timeline(agency, coordinator)
    assert [(entry.on.month, entry.what, entry.subject) for entry in told.entries()] == [
        (8, "Hinder", "Saknar handledare"),
        (7, "Plats", "Anna"),
        (6, "Telefon", ""),
    ]
    assert told.counts()["platser"] == ("Platser", 1)
    assert [entry.what for entry in told.entries("platser")] == ["Plats"]


def test_another_room_s_source_is_shown_and_filtered_on_the_page(agency, as_coordinator):
    contact = ContactFactory(agency=agency, name="Anna Berg")
    register("placement", hired())
    response = as_coordinator.get(f"/myndigheter/{agency.pk}/", {"visa": "platser"})
    assertContains(response, "Platser 1")
    assertContains(response, "?visa=platser#timeline")
    assert [entry.url for entry in response.context["page"]] == [f"/kontakter/{contact.pk}/"]


def test_a_source_may_join_a_kind_there_is(agency, coordinator):
    ContactFactory(agency=agency)
    register("placement", hired(kind="dialoger", label="Dialoger"))
    told = Timeline(agency, coordinator)
    assert told.counts()["dialoger"] == ("Dialoger", 2)
    assert [entry.what for entry in told.entries("dialoger")] == ["Plats", "Telefon"]


@pytest.mark.parametrize(("rank", "expected"), [(1, ["Plats", "Telefon"]), (-1, ["Telefon", "Plats"])])
def test_what_happened_on_one_day_stands_by_rank(coordinator, rank, expected):
    agency = DialogueFactory(held_on=date(2018, 7, 1)).agency
    ContactFactory(agency=agency)
    register("placement", hired(rank=rank))
    assert [entry.what for entry in Timeline(agency, coordinator).entries()] == expected


def test_the_story_is_read_a_page_at_a_time(agency, coordinator, django_assert_num_queries):
    story = Timeline(agency, coordinator).story("", 2)
    assert len(story) == 2
    with django_assert_num_queries(1):
        assert [entry.what for entry in story[1:2]] == ["Telefon"]


def test_registering_the_same_name_again_replaces_the_source(agency, coordinator):
    ContactFactory(agency=agency)
    register("placement", hired())
    register("placement", hired())
    assert Timeline(agency, coordinator).counts()["platser"] == ("Platser", 1)


def test_a_source_is_told_only_to_those_who_hold_its_permission(agency, coordinator, officer):
    ContactFactory(agency=agency)
    register("placement", hired(permission="agencies.change_contact"))
    assert "platser" in Timeline(agency, coordinator).counts()
    told = Timeline(agency, officer)
    # The kind is there for the places that they may read of.
    assert told.counts() == {"dialoger": ("Dialoger", 1), "kontakter": ("Kontakter", 0), "platser": ("Om platser", 0)}
    assert told.entries("platser") == []
    assert [entry.what for entry in told.entries()] == ["Telefon"]


def test_notes_are_read_only_by_those_who_may(agency, coordinator, officer):
    texts = {
        user.role: [entry.text for entry in Timeline(agency, user).entries("dialoger")]
        for user in (coordinator, officer)
    }
    assert texts == {"coordinator": ["Ord från samtalet"], "case_officer": [""]}


def test_somebody_who_may_see_nothing_is_told_nothing(agency, steering):
    told = Timeline(agency, steering)
    assert told.entries() == []
    assert told.counts() == {}


def test_somebody_who_may_no_longer_log_in_is_told_nothing(agency, coordinator):
    User.objects.update(is_active=False)
    assert Timeline(agency, User.objects.get(pk=coordinator.pk)).entries() == []


def test_one_source_alone_is_a_timeline(agency, coordinator, monkeypatch):
    monkeypatch.setattr(timeline, "_sources", {("agency", "dialogue"): timeline._sources["agency", "dialogue"]})
    told = Timeline(agency, coordinator)
    assert [entry.what for entry in told.entries()] == ["Telefon"]
    assert told.entries(start=1) == []
    assert told.counts() == {"dialoger": ("Dialoger", 1)}


def test_without_any_source_the_page_still_stands(agency, as_coordinator, monkeypatch):
    monkeypatch.setattr(timeline, "_sources", {})
    response = as_coordinator.get(f"/myndigheter/{agency.pk}/")
    assertContains(response, "Ännu har inget hänt.")
    assertNotContains(response, "Ord från samtalet")


def test_a_part_begins_where_the_one_before_ended(agency, coordinator):
    for month in range(1, 8):
        DialogueFactory(agency=agency, held_on=date(2017, month, 1))
    told = Timeline(agency, coordinator)
    parts = [told.entries(start=start, most=4) for start in (0, 4, 8, 12)]
    assert [len(part) for part in parts] == [4, 4, 1, 0]
    assert [entry for part in parts for entry in part] == told.entries(most=100)


def test_the_story_costs_two_queries_however_many_sources(agency, coordinator, django_assert_num_queries):
    for number in range(5):
        register(f"placement-{number}", hired(kind=f"platser-{number}"))
    ContactFactory.create_batch(3, agency=agency)
    told = Timeline(agency, coordinator)
    with django_assert_num_queries(2):
        assert len(told.entries()) == 17
        told.counts()
