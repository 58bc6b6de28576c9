"""The database itself refuses what may not be stored, whoever writes to it and by whatever way."""

from datetime import date

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError

from agencies.choices import Channel, ContactRole, ObstacleKind, Phase
from agencies.models import Agency, Contact, Dialogue, Municipality, NextStep, Obstacle, Office
from praktik.accounts.models import User
from tests.factories import (
    AgencyFactory,
    ContactFactory,
    DialogueFactory,
    MunicipalityFactory,
    NextStepFactory,
    ObstacleFactory,
    OfficeFactory,
)

pytestmark = pytest.mark.django_db

# Constraint -> the record it is broken on, and what breaks it.
BROKEN = {
    "agency_has_name": (AgencyFactory, {"name": ""}),
    "contact_has_name": (ContactFactory, {"name": ""}),
    "contact_role_known": (ContactFactory, {"role": "kung"}),
    "contact_successor_of_who_left": (ContactFactory, {"successor_id": "another"}),
    "contact_not_own_successor": (ContactFactory, {"successor_id": "itself", "left_on": date(2018, 1, 1)}),
    "dialogue_from_2016": (DialogueFactory, {"held_on": date(2015, 12, 31)}),
    "dialogue_channel_known": (DialogueFactory, {"channel": "brevduva"}),
    "dialogue_phase_known": (DialogueFactory, {"phase": ""}),
    "step_says_what": (NextStepFactory, {"what": ""}),
    "step_from_2016": (NextStepFactory, {"due_on": date(2015, 12, 31)}),
    "obstacle_kind_known": (ObstacleFactory, {"kind": "okänt"}),
    "obstacle_from_2016": (ObstacleFactory, {"noted_on": date(2015, 12, 31)}),
    "obstacle_resolved_after_noted": (ObstacleFactory, {"resolved_on": date(2018, 12, 16)}),
    "obstacle_other_in_words": (ObstacleFactory, {"kind": ObstacleKind.OTHER, "words": ""}),
}


def declared() -> set[str]:
    """The constraints of the room's models; their histories have none."""
    return {each.name for model in apps.get_app_config("agencies").get_models() for each in model._meta.constraints}


def test_every_constraint_is_tried_here():
    assert declared() == {*BROKEN, "obstacle_open_once"}


def refused(name: str):
    return pytest.raises(IntegrityError, match=name)


def values(record, fields: dict) -> dict:
    another = type(record).objects.exclude(pk=record.pk).first()
    keys = {"itself": record.pk, "another": another and another.pk}
    return {field: keys.get(value, value) for field, value in fields.items()}


@pytest.mark.parametrize("name", BROKEN)
def test_an_update_that_goes_past_the_forms_is_refused(name):
    factory, fields = BROKEN[name]
    factory()
    record = factory()
    with refused(name), transaction.atomic():
        type(record).objects.filter(pk=record.pk).update(**values(record, fields))


@pytest.mark.parametrize("name", BROKEN)
def test_sql_that_goes_past_django_is_refused(name):
    factory, fields = BROKEN[name]
    factory()
    record = factory()
    changes = values(record, fields)
    sets = ", ".join(f"{field} = %s" for field in changes)
    with refused(name), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {record._meta.db_table} SET {sets} WHERE id = %s", [*changes.values(), record.pk])


NEW = {
    "agency_has_name": lambda agency, user: Agency(name=""),
    "contact_has_name": lambda agency, user: Contact(agency=agency, name=""),
    "dialogue_from_2016": lambda agency, user: Dialogue(agency=agency, by=user, held_on=date(2015, 1, 1)),
    "step_says_what": lambda agency, user: NextStep(agency=agency, owner=user, what="", due_on=date(2019, 1, 1)),
    "obstacle_kind_known": lambda agency, user: Obstacle(agency=agency, kind="", noted_on=date(2018, 1, 1)),
}


@pytest.mark.parametrize("name", NEW)
def test_rows_written_in_bulk_are_refused(name, coordinator):
    row = NEW[name](AgencyFactory(), coordinator)
    with refused(name), transaction.atomic():
        type(row).objects.bulk_create([row])


# Unique


@pytest.mark.parametrize(
    ("factory", "field"),
    [
        (AgencyFactory, "name"),
        (OfficeFactory, "name"),
        (MunicipalityFactory, "name"),
        (MunicipalityFactory, "code"),
    ],
)
def test_two_of_the_same_are_refused(factory, field):
    first, second = factory(), factory()
    with pytest.raises(IntegrityError), transaction.atomic():
        type(first).objects.filter(pk=second.pk).update(**{field: getattr(first, field)})


def test_two_agencies_may_share_an_organisation_number():
    for _ in range(2):
        AgencyFactory(organisation_number="202100-2742")
    assert Agency.objects.filter(organisation_number="202100-2742").count() == 2


# SQLite names the columns of a unique constraint, PostgreSQL the constraint.
OPEN_ONCE = "obstacle_open_once|agencies_obstacle.agency_id, agencies_obstacle.kind"


def test_the_same_unresolved_obstacle_twice_is_refused():
    first = ObstacleFactory()
    second = Obstacle(agency=first.agency, kind=first.kind, noted_on=date(2018, 12, 31))
    with refused(OPEN_ONCE), transaction.atomic():
        Obstacle.objects.bulk_create([second])


def test_a_resolved_obstacle_cannot_be_opened_beside_the_same_unresolved():
    first = ObstacleFactory()
    second = ObstacleFactory(agency=first.agency, kind=first.kind, resolved_on=date(2018, 12, 20))
    with refused(OPEN_ONCE), transaction.atomic():
        Obstacle.objects.filter(pk=second.pk).update(resolved_on=None)


def test_what_is_not_the_same_unresolved_obstacle_is_let_through():
    first = ObstacleFactory()
    ObstacleFactory(kind=first.kind)
    ObstacleFactory(agency=first.agency, kind=ObstacleKind.VETTING)
    ObstacleFactory.create_batch(2, agency=first.agency, kind=first.kind, resolved_on=date(2018, 12, 20))
    ObstacleFactory.create_batch(2, agency=first.agency, kind=ObstacleKind.OTHER, words="Något")


# What must be there


@pytest.mark.parametrize(
    ("factory", "field"),
    [
        (ContactFactory, "agency_id"),
        (DialogueFactory, "agency_id"),
        (DialogueFactory, "held_on"),
        (DialogueFactory, "by_id"),
        (NextStepFactory, "agency_id"),
        (NextStepFactory, "owner_id"),
        (NextStepFactory, "due_on"),
        (ObstacleFactory, "agency_id"),
        (ObstacleFactory, "noted_on"),
    ],
)
def test_what_a_record_cannot_be_without(factory, field):
    record = factory()
    with pytest.raises(IntegrityError), transaction.atomic():
        type(record).objects.filter(pk=record.pk).update(**{field: None})


@pytest.mark.parametrize(
    ("factory", "field"),
    [
        (ContactFactory, "agency_id"),
        (ContactFactory, "municipality_id"),
        (DialogueFactory, "by_id"),
        (NextStepFactory, "owner_id"),
        (NextStepFactory, "dialogue_id"),
        (ObstacleFactory, "dialogue_id"),
    ],
)
def test_a_record_cannot_point_at_what_is_not_there(factory, field):
    record = factory()
    with transaction.atomic():
        type(record).objects.filter(pk=record.pk).update(**{field: 987654321})
        with pytest.raises(IntegrityError):
            connection.check_constraints()
        transaction.set_rollback(True)


# Nothing that something rests on is deleted


@pytest.fixture
def whole_story(coordinator):
    agency = AgencyFactory()
    contact = ContactFactory(agency=agency, municipality=agency.municipalities.get())
    dialogue = DialogueFactory(agency=agency, by=coordinator, contacts=[contact])
    NextStepFactory(agency=agency, dialogue=dialogue, owner=coordinator)
    ObstacleFactory(agency=agency, dialogue=dialogue)
    successor = ContactFactory(agency=agency)
    Contact.objects.filter(pk=contact.pk).update(left_on=date(2018, 1, 1), successor=successor)
    return {"agency": agency, "dialogue": dialogue, "successor": successor, "user": coordinator}


@pytest.mark.parametrize("what", ["agency", "dialogue", "successor", "user"])
def test_what_something_rests_on_is_not_deleted(whole_story, what):
    record = whole_story[what]
    with pytest.raises(ProtectedError):
        type(record).objects.filter(pk=record.pk).delete()


def test_a_municipality_with_contacts_is_not_deleted(whole_story):
    with pytest.raises(ProtectedError):
        Municipality.objects.all().delete()


def test_every_choice_there_is_can_be_stored(coordinator):
    """The constraints know all values of the enumerations."""
    agency = AgencyFactory()
    for kind in ObstacleKind:
        ObstacleFactory(agency=agency, kind=kind, words="Ord")
    for role in ContactRole:
        ContactFactory(agency=agency, role=role)
    for channel in Channel:
        for phase in Phase:
            DialogueFactory(agency=agency, by=coordinator, channel=channel, phase=phase)
    assert Office.objects.count() == 0
    assert User.objects.count() == 1
