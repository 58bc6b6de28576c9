"""A record's history reads as words: who changed what, from what to what, and when."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.apps import apps
from django.db import transaction

from agencies.choices import ContactRole
from agencies.models import Agency, Contact
from praktik import history
from praktik.accounts.models import UNTOLD, User
from praktik.accounts.roles import Role
from praktik.views.history import KINDS
from tests.factories import (
    AgencyFactory,
    ContactFactory,
    DialogueFactory,
    HandoverFactory,
    LetterFactory,
    LetterIntervalFactory,
    MatchingOrderFactory,
    MonthlyReportFactory,
    MunicipalityFactory,
    NextStepFactory,
    ObstacleFactory,
    OfficeFactory,
    OrderAnswerFactory,
    PlacementFactory,
    ProgrammeFactory,
    TargetFactory,
    TargetGroupFactory,
    UserFactory,
)

OURS = ("accounts", "agencies", "placements", "reports")


def saved(record, at, by=None, **many):
    """Save a record at a time of day (hours, minutes and perhaps seconds, in Sweden), as somebody or as nobody."""
    record._history_user = by
    with time_machine.travel(datetime.fromisoformat(f"2018-12-31T{at}+01:00"), tick=False), transaction.atomic():
        record.save_record(**many)
    return record


def told(record):
    """The entries, newest first, as (who, created, {label: (before, after)})."""
    return [
        (each.who, each.created, {change.label: (change.before, change.after) for change in each.changes})
        for each in history.entries(record)
    ]


@pytest.mark.django_db
def test_a_creation_tells_what_was_filled_in_and_nothing_that_was_not(coordinator):
    town = MunicipalityFactory(name="Ånge")
    agency = saved(Agency(name="Skogsstyrelsen", employees=12), "10:00", coordinator, municipalities=[town])
    assert told(agency) == [
        (
            "Karin Koordinator",
            True,
            {"Namn": ("", "Skogsstyrelsen"), "Anställda i länet": ("", "12"), "Kommuner": ("", "Ånge")},
        )
    ]


@pytest.mark.django_db
def test_a_change_tells_each_field_before_and_after_in_words():
    ange, timra = MunicipalityFactory(name="Ånge"), MunicipalityFactory(name="Timrå")
    contact = ContactFactory.build(agency=AgencyFactory(), role=ContactRole.HR, title="", municipality=ange)
    successor = ContactFactory(agency=contact.agency, name="Åsa Ny", title="chef")
    saved(contact, "10:00")
    contact.name, contact.title, contact.role = "Eva Ek", "HR-chef", ContactRole.MANAGER
    contact.municipality, contact.left_on, contact.successor = timra, date(2018, 12, 1), successor
    saved(contact, "11:00")
    assert told(contact)[0][2] == {
        "Namn": (told(contact)[1][2]["Namn"][1], "Eva Ek"),
        "Titel": ("–", "HR-chef"),
        "Roll": ("HR", "chef"),
        "Kommun": ("Ånge", "Timrå"),
        "Slutade": ("–", "2018-12-01"),
        "Efterträdare": ("–", "Åsa Ny, chef"),
    }
    contact.municipality = None
    saved(contact, "12:00")
    assert told(contact)[0][2] == {"Kommun": ("Timrå", "–")}


@pytest.mark.django_db
def test_a_choice_of_many_is_told_in_swedish_order():
    towns = [MunicipalityFactory(name=name) for name in ("Örnsköldsvik", "Ånge", "Sollefteå", "Ärla")]
    agency = saved(AgencyFactory.build(), "10:00", municipalities=towns[:1])
    saved(agency, "11:00", municipalities=towns)
    assert told(agency)[0][2] == {"Kommuner": ("Örnsköldsvik", "Sollefteå, Ånge, Ärla, Örnsköldsvik")}
    saved(agency, "12:00", municipalities=[])
    assert told(agency)[0][2] == {"Kommuner": ("Sollefteå, Ånge, Ärla, Örnsköldsvik", "–")}


@pytest.mark.django_db
def test_yes_and_no_are_words_and_a_password_is_never_told():
    user = UserFactory(name="Eva Ek")
    with time_machine.travel("2018-12-31T12:00+01:00", tick=False):
        user.is_active = False
        user.set_password("något-helt-annat-lösenord")
        user.save()
    latest, first = told(user)
    assert latest[2] == {"Får logga in": ("ja", "nej")}
    assert first[2]["Får logga in"] == ("", "ja")
    assert not {"Lösenord", "Password", "Senaste inloggning"} & set(first[2])


@pytest.mark.django_db
def test_what_somebody_did_keeps_the_name_they_have_now():
    user = UserFactory(name="Eva Ek")
    agency = saved(AgencyFactory.build(), "10:00", user)
    user.name = "Eva Alm"
    user.save()
    assert told(agency)[0][0] == "Eva Alm"


@pytest.mark.django_db
def test_what_nobody_in_particular_did_was_done_by_the_system():
    assert told(saved(AgencyFactory.build(), "10:00"))[0][0] == "systemet"


@pytest.mark.django_db
def test_the_newest_comes_first_with_its_time(coordinator):
    agency = saved(AgencyFactory.build(name="A"), "10:00", coordinator)
    for name, at in (("B", "11:00"), ("C", "12:00")):
        agency.name = name
        saved(agency, at, coordinator)
    assert [each[2]["Namn"] for each in told(agency)] == [("B", "C"), ("A", "B"), ("", "A")]
    moments = [each.moment.astimezone(ZoneInfo("Europe/Stockholm")) for each in history.entries(agency)]
    assert [f"{each:%Y-%m-%d %H:%M}" for each in moments] == [f"2018-12-31 {at}" for at in ("12:00", "11:00", "10:00")]


@pytest.mark.django_db
def test_savings_of_one_person_within_two_seconds_are_one_change(coordinator):
    agency = saved(AgencyFactory.build(name="A", note="a"), "10:00:00", coordinator)
    agency.name = "B"
    saved(agency, "11:00:00", coordinator)
    agency.note = "b"
    saved(agency, "11:00:02", coordinator)
    assert [each[2] for each in told(agency)][:-1] == [{"Namn": ("A", "B"), "Att känna till": ("a", "b")}]


@pytest.mark.django_db
def test_a_field_that_is_saved_twice_within_two_seconds_is_told_from_the_first_to_the_last(coordinator):
    agency = saved(AgencyFactory.build(name="A"), "10:00:00", coordinator)
    for name, second in (("B", "00"), ("C", "01")):
        agency.name = name
        saved(agency, f"11:00:{second}", coordinator)
    assert told(agency)[0] == ("Karin Koordinator", False, {"Namn": ("A", "C")})


@pytest.mark.django_db
def test_what_follows_a_creation_at_once_belongs_to_it(coordinator):
    agency = saved(AgencyFactory.build(name="A"), "10:00:00", coordinator)
    agency.note = "Ring på."
    saved(agency, "10:00:01", coordinator)
    ((_, created, changes),) = told(agency)
    assert created
    assert changes["Namn"] == ("", "A")
    assert changes["Att känna till"][1] == "Ring på."


@pytest.mark.django_db
@pytest.mark.parametrize(("other", "at"), [(True, "11:00:01"), (False, "11:00:03")])
def test_savings_of_two_persons_or_further_apart_are_two_changes(coordinator, other, at):
    agency = saved(AgencyFactory.build(name="A"), "10:00:00", coordinator)
    agency.name = "B"
    saved(agency, "11:00:00", coordinator)
    agency.name = "C"
    saved(agency, at, UserFactory() if other else coordinator)
    assert [each[2]["Namn"] for each in told(agency)] == [("B", "C"), ("A", "B"), ("", "A")]


@pytest.mark.django_db
def test_savings_on_either_side_of_a_midnight_that_the_named_day_lets_come_back_are_two_changes(coordinator):
    """On a named day the clock starts over at midnight: what came later then has the earlier time."""
    agency = saved(AgencyFactory.build(name="A"), "23:59:00", coordinator)
    agency.name = "B"
    saved(agency, "00:01:00", coordinator)
    assert [each[2]["Namn"] for each in told(agency)] == [("A", "B"), ("", "A")]


@pytest.mark.django_db
def test_saving_without_a_change_tells_nothing(coordinator):
    agency = saved(AgencyFactory.build(), "10:00", coordinator)
    saved(agency, "11:00", coordinator)
    assert len(told(agency)) == 1
    assert agency.history.count() == 2


@pytest.mark.django_db
def test_a_long_history_is_cut_off_where_it_says_and_the_oldest_shown_is_a_change():
    agency = saved(AgencyFactory.build(employees=0), "10:00")
    for number in range(1, 6):
        agency.employees = number
        saved(agency, f"11:{number:02d}")
    shown = history.entries(agency, most=3)
    assert [each.changes[0].after for each in shown] == ["5", "4", "3"]
    assert (shown[-1].changes[0].before, shown[-1].created) == ("2", False)


@pytest.mark.django_db
def test_reading_a_history_costs_the_same_however_long_it_is(django_assert_num_queries):
    town = MunicipalityFactory()
    short = saved(AgencyFactory.build(), "10:00", municipalities=[town])
    saved(short, "10:30", municipalities=[])
    long = saved(AgencyFactory.build(), "10:00", municipalities=[town])
    for number in range(20):
        long.employees = number
        saved(long, f"11:{number:02d}", UserFactory(), municipalities=[town] if number % 2 else [])
    for agency in (short, long):
        with django_assert_num_queries(3):  # versions with their users, towns of the versions, names of the towns
            history.entries(agency)


# Who reads the history of what: those who may read all of its fields (domain description, "Who uses the system").
READERS = {
    "myndighet": (AgencyFactory, {Role.COORDINATOR, Role.CASE_OFFICER}),
    "kontakt": (ContactFactory, {Role.COORDINATOR, Role.CASE_OFFICER}),
    "dialog": (DialogueFactory, {Role.COORDINATOR}),
    "steg": (NextStepFactory, {Role.COORDINATOR}),
    "hinder": (ObstacleFactory, {Role.COORDINATOR}),
    "kontor": (OfficeFactory, {Role.COORDINATOR, Role.CASE_OFFICER, Role.ADMINISTRATOR}),
    "plats": (PlacementFactory, {Role.COORDINATOR}),
    "order": (MatchingOrderFactory, {Role.COORDINATOR, Role.CASE_OFFICER}),
    "svar": (OrderAnswerFactory, {Role.COORDINATOR, Role.CASE_OFFICER}),
    "overlamning": (HandoverFactory, {Role.COORDINATOR, Role.CASE_OFFICER}),
    "insats": (ProgrammeFactory, {Role.ADMINISTRATOR}),
    "malgrupp": (TargetGroupFactory, {Role.ADMINISTRATOR}),
    "mal": (TargetFactory, {Role.COORDINATOR}),
    "manadsrapport": (MonthlyReportFactory, {Role.COORDINATOR}),
    "brev": (LetterFactory, {Role.COORDINATOR}),
    "brevtakt": (LetterIntervalFactory, {Role.COORDINATOR}),
    "kommun": (MunicipalityFactory, {Role.ADMINISTRATOR}),
    "anvandare": (UserFactory, {Role.ADMINISTRATOR}),
}


# Who may see such records, but reads the history of some of them only.
OF_SOME = {("plats", Role.CASE_OFFICER)}


def test_every_kind_of_history_has_its_readers_told_here():
    assert set(READERS) == set(KINDS)


@pytest.mark.once
@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("kind", READERS)
def test_the_page_of_a_history_is_for_those_who_may_read_the_record(kind, role, log_in):
    make, readers = READERS[kind]
    record = make()
    client = log_in(UserFactory(role=role))
    answer = client.get(f"/historik/{kind}/{record.pk}/")
    assert answer.status_code == (200 if role in readers else 403)
    if role in readers:
        assert answer.context["record"] == record
        assert [each.created for each in answer.context["entries"]] == [True]
        assert client.get(f"/historik/{kind}/{record.pk + 1000}/").status_code == 404
    else:
        missing = client.get(f"/historik/{kind}/{record.pk + 1000}/")
        assert missing.status_code == (404 if (kind, role) in OF_SOME else 403)


@pytest.mark.django_db
def test_the_history_of_a_place_is_for_the_office_that_has_it(as_officer, officer):
    """It tells the person's sex and target group: not for an office that has places of its own, but not this one."""
    own = PlacementFactory(office=OfficeFactory(officers=[officer]))
    other = PlacementFactory(office=OfficeFactory())
    assert as_officer.get(f"/historik/plats/{own.pk}/").status_code == 200
    assert as_officer.get(f"/historik/plats/{other.pk}/").status_code == 403


@pytest.mark.django_db
def test_a_long_history_is_read_page_by_page_without_a_gap(as_coordinator):
    agency = saved(AgencyFactory.build(employees=0), "08:00")
    for number in range(1, 121):
        agency.employees = number
        saved(agency, f"{9 + number // 60:02d}:{number % 60:02d}")
    pages = [as_coordinator.get(f"/historik/myndighet/{agency.pk}/?sida={page}").context["entries"] for page in (1, 2)]
    told = [change.after for page in pages for entry in page for change in entry.changes if "nställda" in change.label]
    assert told == [str(number) for number in range(120, -1, -1)]
    assert [entry.created for page in pages for entry in page] == [False] * 120 + [True]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["platser/1", "submission/1", "myndighet/99999", "myndighet/0", "Myndighet/1"])
def test_the_history_of_what_does_not_exist_is_not_found(path, as_coordinator):
    assert as_coordinator.get(f"/historik/{path}/").status_code == 404


@pytest.mark.django_db
def test_the_page_of_a_history_tells_who_changed_what_through_the_pages(log_in):
    karin, olle = UserFactory(name="Karin Ek"), UserFactory(name="Olle Al")
    town = MunicipalityFactory(name="Ånge")
    form = {"name": "Skogsstyrelsen", "municipalities": [town.pk]}
    log_in(karin).post("/myndigheter/ny/", form)
    agency = Agency.objects.get()
    log_in(olle).post(
        f"/myndigheter/{agency.pk}/andra/", form | {"note": "<b>Ring</b> på.", "version": agency.version()}
    )
    answer = log_in(karin).get(f"/historik/myndighet/{agency.pk}/")
    newest, first = answer.context["entries"]
    assert (newest.who, first.who) == ("Olle Al", "Karin Ek")
    assert [(each.label, each.before, each.after) for each in newest.changes] == [
        ("Att känna till", "–", "<b>Ring</b> på.")
    ]
    assert "&lt;b&gt;Ring&lt;/b&gt; på." in answer.content.decode()


@pytest.mark.django_db
def test_the_page_of_a_history_is_read_and_never_sent_to(as_coordinator):
    agency = AgencyFactory()
    assert as_coordinator.post(f"/historik/myndighet/{agency.pk}/").status_code == 405


MODELS = [
    model
    for label in OURS
    if label in apps.app_configs
    for model in apps.get_app_config(label).get_models()
    if not model.__name__.startswith("Historical")
]


# A sent form is no record: it says that another record has been saved. A deed is itself a part of the story, and so is
# what was sent.
TELL_THEMSELVES = ("Submission", "Deed", "LetterCopy", "Delivery", "Notice", "Reminder")


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_record_has_a_history(model):
    assert hasattr(model, "history") == (model.__name__ not in TELL_THEMSELVES)


@pytest.mark.parametrize("model", [model for model in MODELS if hasattr(model, "history")], ids=lambda m: m.__name__)
def test_the_history_keeps_every_field(model):
    version = model.history.model
    kept = {each.name for each in version._meta.fields}
    kept |= {each.name for each in model._meta.many_to_many if hasattr(version, each.name)}
    own = {each.name for each in [*model._meta.fields, *model._meta.many_to_many]}
    assert own - kept == (set(UNTOLD) if model is User else set())


def test_there_are_records_to_look_at():
    assert {Agency, Contact, User} <= set(MODELS)
