"""The database itself refuses what may not be stored in this room, whoever writes to it and by whatever way."""

from datetime import date
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError

from placements.choices import AnswerKind, FollowUp, Licence, Outcome, Requirement, Sex, SwedishLevel, Verb
from placements.models import (
    Confirmation,
    Deed,
    Extension,
    Handover,
    HandoverWord,
    MatchingOrder,
    OrderAnswer,
    Placement,
    Programme,
)
from tests.factories import (
    AgencyFactory,
    ContactFactory,
    HandoverFactory,
    MatchingOrderFactory,
    OfficeFactory,
    OrderAnswerFactory,
    PlacementFactory,
    ProgrammeFactory,
    TargetGroupFactory,
    UserFactory,
    ended_place,
    ongoing_place,
    withdrawn_place,
)

pytestmark = pytest.mark.django_db

BEFORE = date(2015, 12, 31)


def extension(**fields):
    place = fields.pop("placement", None) or ongoing_place()
    days = {"previous_end": date(2018, 11, 30), "new_end": place.planned_end}
    return Extension.objects.create(**{"placement": place, "decided_on": date(2018, 11, 1)} | days | fields)


def confirmation():
    place = PlacementFactory()
    return Confirmation.objects.create(placement=place, on=date(2018, 12, 20), contact=ContactFactory())


def deed():
    place = PlacementFactory()
    return Deed.objects.create(placement=place, verb=Verb.AGREE, on=place.agreed_on, by=place.coordinator, act=uuid4())


def word():
    handover = HandoverFactory()
    return HandoverWord.objects.create(handover=handover, on=date(2018, 12, 20), by=handover.by, text="Finns det buss?")


def followed_up():
    return ended_place(followed_up_on=date(2018, 12, 3), follow_up=FollowUp.STUDIES)


def hired():
    return ended_place(outcome=Outcome.SAME_AGENCY, subsidised=True)


def question():
    return OrderAnswerFactory(kind=AnswerKind.MORE_INFORMATION, text="När?")


def hard():
    return MatchingOrderFactory(hard_since=date(2018, 12, 20), blocked_by=Requirement.LICENCE)


# Constraint -> each way to break it: the record it is broken on, and what breaks it.
BROKEN = {
    "programme_has_code": [(ProgrammeFactory, {"code": ""})],
    "programme_kind_known": [(ProgrammeFactory, {"kind": "kurs"})],
    "programme_months_in_order": [
        (ProgrammeFactory, {"months_per_decision": 0}),
        (ProgrammeFactory, {"months_per_decision": 25}),
        (ProgrammeFactory, {"months_in_all": 11}),
    ],
    "programme_days_in_order": [(ProgrammeFactory, {"first_day": date(2018, 1, 2), "last_day": date(2018, 1, 1)})],
    "placement_from_2016": [(PlacementFactory, {"agreed_on": BEFORE})],
    "placement_agreed_after_contact": [(PlacementFactory, {"first_contact_on": date(2018, 12, 4)})],
    "placement_planned_after_agreed": [(PlacementFactory, {"planned_start": date(2018, 12, 2)})],
    "placement_started_after_agreed": [(ongoing_place, {"started_on": date(2018, 6, 10)})],
    "placement_ended_after_started": [
        (ended_place, {"ended_on": date(2018, 3, 4)}),
        (PlacementFactory, {"ended_on": date(2018, 12, 20), "outcome": "studies"}),
    ],
    "placement_withdrawn_not_started": [
        (ongoing_place, {"withdrawn_on": date(2018, 12, 20), "reason": "Ny chef"}),
        (withdrawn_place, {"withdrawn_on": date(2018, 12, 2)}),
    ],
    "placement_start_is_whole": [
        (PlacementFactory, {"started_on": date(2018, 12, 20)}),
        (PlacementFactory, {"sex": Sex.MAN}),
        (PlacementFactory, {"target_group_id": "group"}),
        (ongoing_place, {"sex": ""}),
        (ongoing_place, {"target_group_id": None}),
        (ongoing_place, {"planned_end": None}),
    ],
    "placement_end_planned_after_start": [(ongoing_place, {"planned_end": date(2018, 9, 2)})],
    "placement_end_is_whole": [
        (ongoing_place, {"ended_on": date(2018, 12, 20)}),
        (ongoing_place, {"outcome": Outcome.STUDIES}),
        (ended_place, {"outcome": ""}),
    ],
    "placement_withdrawn_with_reason": [
        (withdrawn_place, {"reason": ""}),
        (PlacementFactory, {"withdrawn_on": date(2018, 12, 20)}),
        (PlacementFactory, {"reason": "Ny chef"}),
    ],
    "placement_employment_says_subsidised": [
        (ended_place, {"outcome": Outcome.SAME_AGENCY}),
        (ended_place, {"outcome": Outcome.ELSEWHERE}),
        (ended_place, {"subsidised": True}),
        (ongoing_place, {"subsidised": False}),
        (hired, {"subsidised": None}),
    ],
    "placement_employed_until_after_end": [
        (hired, {"employed_until": date(2018, 8, 30)}),
        (ended_place, {"employed_until": date(2019, 8, 30)}),
    ],
    "placement_follow_up_is_whole": [
        (ended_place, {"followed_up_on": date(2018, 12, 3)}),
        (ended_place, {"follow_up": FollowUp.STUDIES}),
        (followed_up, {"follow_up": ""}),
    ],
    "placement_followed_up_after_end": [
        (followed_up, {"followed_up_on": date(2018, 8, 31)}),
        (ongoing_place, {"followed_up_on": date(2018, 12, 3), "follow_up": FollowUp.STUDIES}),
    ],
    "placement_work_says_subsidised": [
        (followed_up, {"follow_up": FollowUp.WORK}),
        (followed_up, {"follow_up_subsidised": False}),
        (PlacementFactory, {"follow_up_subsidised": True}),
    ],
    "placement_open_has_next_step": [
        (PlacementFactory, {"next_step": ""}),
        (ongoing_place, {"next_step": ""}),
        (PlacementFactory, {"next_on": None}),
        (ongoing_place, {"next_on": None}),
    ],
    "placement_percent_in_range": [(PlacementFactory, {"percent": 0}), (PlacementFactory, {"percent": 101})],
    "placement_has_length": [(PlacementFactory, {"planned_months": 0})],
    "placement_sex_known": [(ongoing_place, {"sex": "okänt"})],
    "placement_outcome_known": [(ended_place, {"outcome": "pension"})],
    "placement_follow_up_known": [(followed_up, {"follow_up": "pension"})],
    "placement_not_after_itself": [(ongoing_place, {"follows_id": "itself"})],
    "order_from_2016": [(MatchingOrderFactory, {"sent_on": BEFORE})],
    "order_answered_after_sent": [(MatchingOrderFactory, {"answer_by": date(2018, 12, 9)})],
    "order_says_duties": [(MatchingOrderFactory, {"duties": ""})],
    "order_swedish_known": [(MatchingOrderFactory, {"swedish": ""})],
    "order_licence_known": [(MatchingOrderFactory, {"licence": "moped"})],
    "order_computer_known": [(MatchingOrderFactory, {"computer": "mycket"})],
    "order_hard_says_why": [
        (MatchingOrderFactory, {"hard_since": date(2018, 12, 20)}),
        (MatchingOrderFactory, {"blocked_by": Requirement.LICENCE}),
        (MatchingOrderFactory, {"blocked_words": "C-körkort"}),
        (hard, {"hard_since": date(2018, 12, 9)}),
        (hard, {"blocked_by": "längd"}),
    ],
    "order_other_in_words": [(hard, {"blocked_by": Requirement.OTHER})],
    "order_recalled_after_sent": [(MatchingOrderFactory, {"recalled_on": date(2018, 12, 9)})],
    "answer_kind_known": [(OrderAnswerFactory, {"kind": "kanske"})],
    "answer_from_2016": [(OrderAnswerFactory, {"on": BEFORE})],
    "answer_asks_in_words": [(question, {"text": ""})],
    "answer_reply_is_whole": [
        (question, {"reply": "Nu"}),
        (question, {"replied_on": date(2018, 12, 20)}),
        (question, {"reply": "Nu", "replied_on": date(2018, 12, 16)}),
        (OrderAnswerFactory, {"reply": "Nu", "replied_on": date(2018, 12, 20)}),
    ],
    "handover_from_2016": [(HandoverFactory, {"handed_on": BEFORE})],
    "handover_one_end": [
        (HandoverFactory, {"accepted_on": date(2018, 12, 20), "returned_on": date(2018, 12, 20), "reason": "Nej"}),
        (HandoverFactory, {"recalled_on": date(2018, 12, 20), "returned_on": date(2018, 12, 20), "reason": "Nej"}),
        (HandoverFactory, {"accepted_on": date(2018, 12, 20), "recalled_on": date(2018, 12, 20)}),
    ],
    "handover_recalled_after_handed": [(HandoverFactory, {"recalled_on": date(2018, 12, 13)})],
    "handover_accepted_after_handed": [(HandoverFactory, {"accepted_on": date(2018, 12, 13)})],
    "handover_returned_with_reason": [
        (HandoverFactory, {"returned_on": date(2018, 12, 20)}),
        (HandoverFactory, {"reason": "Nej"}),
        (HandoverFactory, {"returned_on": date(2018, 12, 13), "reason": "Nej"}),
    ],
    "handover_word_says_something": [(word, {"text": ""})],
    "extension_from_2016": [(extension, {"decided_on": BEFORE})],
    "extension_ends_later": [
        (extension, {"new_end": date(2018, 11, 30)}),
        (extension, {"previous_end": date(2019, 3, 1)}),
    ],
    "confirmation_from_2016": [(confirmation, {"on": BEFORE})],
    "deed_verb_known": [(deed, {"verb": "städa"})],
    "deed_undone_by_somebody": [(deed, {"undone_on": date(2018, 12, 20)}), (deed, {"undone_by_id": "user"})],
}
WAYS = [(name, *way) for name, ways in BROKEN.items() for way in ways]
IDS = [f"{name}: {', '.join(fields)}" for name, _, fields in WAYS]
# Tried below, where two rows are needed.
OF_TWO = {"handover_waits_once", "extension_overlaps_none", "extension_ends_alone"}


def declared() -> set[str]:
    """The constraints of the room's models; their histories have none."""
    return {each.name for model in apps.get_app_config("placements").get_models() for each in model._meta.constraints}


def test_every_constraint_is_tried_here():
    assert declared() == {*BROKEN} | OF_TWO


def refused(name: str):
    return pytest.raises(IntegrityError, match=name)


def values(record, fields: dict) -> dict:
    keys = {"itself": lambda: record.pk, "group": lambda: TargetGroupFactory().pk, "user": lambda: UserFactory().pk}
    return {field: keys[value]() if value in keys else value for field, value in fields.items()}


@pytest.mark.parametrize(("name", "make", "fields"), WAYS, ids=IDS)
def test_an_update_that_goes_past_the_verbs_is_refused(name, make, fields):
    record = make()
    changes = values(record, fields)
    with refused(name), transaction.atomic():
        type(record).objects.filter(pk=record.pk).update(**changes)


@pytest.mark.parametrize(("name", "make", "fields"), WAYS, ids=IDS)
def test_sql_that_goes_past_django_is_refused(name, make, fields):
    record = make()
    changes = values(record, fields)
    quote = connection.ops.quote_name
    sets = ", ".join(f"{quote(field)} = %s" for field in changes)
    table, key = quote(record._meta.db_table), quote("id")
    with refused(name), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {sets} WHERE {key} = %s", [*changes.values(), record.pk])


@pytest.mark.parametrize(
    ("make", "name", "fields"),
    [
        (PlacementFactory, "placement_open_has_next_step", {"next_step": ""}),
        (PlacementFactory, "placement_planned_after_agreed", {"planned_start": date(2018, 12, 2)}),
        (PlacementFactory, "placement_start_is_whole", {"started_on": date(2018, 12, 20)}),
        (MatchingOrderFactory, "order_says_duties", {"duties": ""}),
        (OrderAnswerFactory, "answer_kind_known", {"kind": ""}),
        (extension, "extension_ends_later", {"previous_end": date(2019, 3, 1)}),
    ],
)
def test_sql_that_inserts_past_django_is_refused(make, name, fields):
    """The same row again, by an INSERT of all its columns, one of them wrong."""
    record = make()
    concrete = [field for field in record._meta.concrete_fields if not field.primary_key]
    row = {
        field.column: field.get_db_prep_save(fields.get(field.name, getattr(record, field.attname)), connection)
        for field in concrete
    }
    quote = connection.ops.quote_name
    columns, marks = ", ".join(map(quote, row)), ", ".join("%s" for _ in row)
    with refused(name), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {quote(record._meta.db_table)} ({columns}) VALUES ({marks})", [*row.values()])


# Rules that stand between two rows. SQLite names the columns of a unique constraint, PostgreSQL the constraint.


def test_a_place_waits_for_one_office():
    first = HandoverFactory()
    second = HandoverFactory(placement=first.placement, returned_on=date(2018, 12, 20), reason="Nej")
    with refused("handover_waits_once|placements_handover.placement_id"), transaction.atomic():
        Handover.objects.filter(pk=second.pk).update(returned_on=None, reason="")
    with refused("handover_waits_once|placements_handover.placement_id"), transaction.atomic():
        Handover.objects.bulk_create(
            [Handover(placement=first.placement, office=OfficeFactory(), handed_on=date(2018, 12, 20), by=first.by)]
        )


def test_what_was_answered_may_be_handed_over_again():
    first = HandoverFactory(accepted_on=date(2018, 12, 20))
    HandoverFactory(placement=first.placement, returned_on=date(2018, 12, 20), reason="Nej")
    HandoverFactory(placement=first.placement)
    assert Handover.objects.waiting().count() == 1


@pytest.mark.parametrize(
    ("name", "column", "days"),
    [
        ("extension_overlaps_none", "previous_end", {"new_end": date(2019, 5, 31)}),
        ("extension_ends_alone", "new_end", {"previous_end": date(2018, 12, 31)}),
    ],
)
def test_two_extensions_cover_no_day_twice(name, column, days):
    first = extension()
    with refused(f"{name}|placements_extension.{column}"), transaction.atomic():
        extension(placement=first.placement, **days)
    assert extension(**days).pk


def test_one_place_is_followed_once():
    before = ended_place()
    PlacementFactory(follows=before)
    with pytest.raises(IntegrityError), transaction.atomic():
        Placement.objects.filter(pk=PlacementFactory().pk).update(follows=before)


@pytest.mark.parametrize("field", ["code", "name"])
@pytest.mark.parametrize("factory", [ProgrammeFactory, TargetGroupFactory])
def test_two_of_the_same_are_refused(factory, field):
    first, second = factory(), factory()
    with pytest.raises(IntegrityError), transaction.atomic():
        type(first).objects.filter(pk=second.pk).update(**{field: getattr(first, field)})


# What must be there

NEEDED = [
    *[(PlacementFactory, f"{name}_id") for name in ("agency", "programme", "coordinator")],
    *[
        (PlacementFactory, name)
        for name in ("agreed_on", "planned_start", "planned_months", "percent", "sex", "duties")
    ],
    *[(MatchingOrderFactory, name) for name in ("agency_id", "office_id", "by_id", "sent_on", "answer_by")],
    *[(OrderAnswerFactory, name) for name in ("order_id", "office_id", "by_id", "on", "kind")],
    *[(HandoverFactory, name) for name in ("placement_id", "office_id", "by_id", "handed_on", "note")],
    *[(extension, name) for name in ("placement_id", "decided_on", "previous_end", "new_end")],
    *[(confirmation, name) for name in ("placement_id", "contact_id", "on")],
    *[(deed, name) for name in ("placement_id", "by_id", "on", "verb", "act")],
    *[(word, name) for name in ("handover_id", "by_id", "on", "text")],
]


@pytest.mark.parametrize(("make", "field"), NEEDED)
def test_what_a_record_cannot_be_without(make, field):
    record = make()
    with pytest.raises(IntegrityError), transaction.atomic():
        type(record).objects.filter(pk=record.pk).update(**{field: None})


@pytest.mark.parametrize(
    ("make", "field"),
    [
        *[
            (PlacementFactory, f"{name}_id")
            for name in ("agency", "programme", "municipality", "contact", "manager", "tutor", "follows")
        ],
        *[(PlacementFactory, f"{name}_id") for name in ("coordinator", "office", "order")],
        (ongoing_place, "target_group_id"),
        *[(MatchingOrderFactory, f"{name}_id") for name in ("agency", "office", "by", "tutor")],
        *[(OrderAnswerFactory, f"{name}_id") for name in ("order", "office", "by")],
        *[(HandoverFactory, f"{name}_id") for name in ("placement", "office", "by")],
        *[(confirmation, f"{name}_id") for name in ("placement", "contact", "previous")],
        *[(deed, f"{name}_id") for name in ("placement", "by", "order", "handover", "extension", "confirmation")],
    ],
)
def test_a_record_cannot_point_at_what_is_not_there(make, field):
    record = make()
    with transaction.atomic():
        type(record).objects.filter(pk=record.pk).update(**{field: 987654321})
        with pytest.raises(IntegrityError):
            connection.check_constraints()
        transaction.set_rollback(True)


# Nothing that something rests on is deleted


@pytest.fixture
def whole_story():
    """A place that everything there is hangs on."""
    agency = AgencyFactory()
    contact, manager, tutor = ContactFactory.create_batch(3, agency=agency)
    before = ended_place()
    place = ongoing_place(
        agency=agency, contact=contact, manager=manager, tutor=tutor, follows=before, office=OfficeFactory()
    )
    order = MatchingOrderFactory(places=[place])
    answer = OrderAnswerFactory(order=order)
    handover = HandoverFactory(placement=place)
    return {
        "agency": agency,
        "contact": contact,
        "manager": manager,
        "tutor": tutor,
        "before": before,
        "place": place,
        "owner": place.office,
        "programme": place.programme,
        "coordinator": place.coordinator,
        "group": place.target_group,
        "order": order,
        "ordered": order.office,
        "sender": order.by,
        "answerer": answer.by,
        "offered": handover.office,
        "hander": handover.by,
    }


STORY = ["agency", "contact", "manager", "tutor", "before", "place", "owner", "programme", "coordinator", "group"]
STORY += ["order", "ordered", "sender", "answerer", "offered", "hander"]


@pytest.mark.parametrize("what", STORY)
def test_what_something_rests_on_is_not_deleted(whole_story, what):
    assert set(whole_story) == set(STORY)
    record = whole_story[what]
    with pytest.raises(ProtectedError):
        type(record)._base_manager.filter(pk=record.pk).delete()


@pytest.mark.parametrize("make", [extension, confirmation])
def test_a_place_that_has_lived_is_not_deleted(make):
    with pytest.raises(ProtectedError):
        Placement.objects.filter(pk=make().placement_id).delete()


def test_every_choice_there_is_can_be_stored():
    """The constraints know all values of the enumerations."""
    for outcome in Outcome:
        employed = outcome in (Outcome.SAME_AGENCY, Outcome.ELSEWHERE)
        ended_place(outcome=outcome, subsidised=False if employed else None)
    for found in FollowUp:
        more = {"follow_up_subsidised": True} if found is FollowUp.WORK else {}
        ended_place(followed_up_on=date(2018, 12, 3), follow_up=found, **more)
    for sex in Sex:
        ongoing_place(sex=sex)
    for level in SwedishLevel:
        for licence in Licence:
            MatchingOrderFactory(swedish=level, licence=licence)
    for requirement in Requirement:
        MatchingOrderFactory(hard_since=date(2018, 12, 20), blocked_by=requirement, blocked_words="Ord")
    for kind in AnswerKind:
        OrderAnswerFactory(kind=kind)
    place = PlacementFactory()
    for verb in Verb:
        Deed.objects.create(placement=place, verb=verb, on=place.agreed_on, by=place.coordinator, act=uuid4())
    assert Deed.objects.count() == len(Verb)
    assert MatchingOrder.objects.exists()
    assert OrderAnswer.objects.count() == len(AnswerKind)
    assert Programme.objects.count() == 2
