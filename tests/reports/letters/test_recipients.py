"""To whom a letter goes: the offices' readers with those left out and added, the agencies' contacts by role."""

from datetime import date, timedelta

import pytest

from agencies.choices import ContactRole
from agencies.models import Contact, Office
from praktik import clock
from praktik.accounts.models import User
from praktik.accounts.roles import Role
from praktik.records import LifecycleError
from reports import lifecycle
from reports.choices import LetterKind
from reports.letters.recipients import recipients
from reports.models import Delivery, Letter
from tests.factories import AgencyFactory, ContactFactory, OfficeFactory, UserFactory
from tests.reports.letters.written import SITE, drafted, frozen

pytestmark = [pytest.mark.django_db, pytest.mark.once]

DAY = timedelta(days=1)
# What passes no field, and what passes Django's but would break a letter's head.
WRONG = ["inte en adress", "a@b.example\nBcc: x@elak.example", '"a\x01"@b.example', "a@b"]
TOO_LONG = f"{'a' * 250}@b.example"


def addresses(letter):
    return [each.address for each in recipients(letter).everyone]


def officer(**facts):
    return UserFactory(**{"role": Role.CASE_OFFICER} | facts)


# The offices


def test_an_office_is_read_at_its_own_address_or_by_its_officers(coordinator):
    people = [officer(name=name, email=f"{name}@af.example.se") for name in ("Bo", "Eva")]
    OfficeFactory(name="Ånge", officers=people)
    OfficeFactory(name="Timrå", officers=people[:1], letter_email="Timra@AF.example.se")
    letter = drafted(coordinator)
    assert addresses(letter) == ["timra@af.example.se", "bo@af.example.se", "eva@af.example.se"]
    assert [each.name for each in recipients(letter).everyone][:2] == ["Timrå", "Bo, Ånge"]


@pytest.mark.parametrize(
    "facts",
    [{"is_active": False}, {"role": Role.COORDINATOR}, {"role": Role.STEERING_GROUP}, {"role": Role.ADMINISTRATOR}],
)
def test_only_officers_who_are_there_read_for_an_office(coordinator, facts):
    office = OfficeFactory(officers=[officer(**facts)])
    to = recipients(drafted(coordinator))
    assert to.everyone == []
    assert to.unread == [office]


@pytest.mark.parametrize(("days", "is_told"), [(-1, False), (0, False), (1, True)])
def test_a_closed_office_gets_no_letter(coordinator, office, today, days, is_told):
    Office.objects.update(closed_on=today + days * DAY)
    to = recipients(drafted(coordinator))
    assert bool(to.everyone) == bool(to.offices) == is_told


@pytest.mark.parametrize("address", WRONG)
def test_an_address_that_no_letter_reaches_is_no_recipient(coordinator, office, address):
    """Stored by hand; of an office's own, the officers read in its place, and without them nobody does."""
    letter = drafted(coordinator)
    Office.objects.update(letter_email=address)
    assert addresses(letter) == [office.officers.get().email]
    User.objects.filter(role=Role.CASE_OFFICER).update(email=address)
    assert recipients(letter).everyone == []
    assert recipients(letter).unread == [office]
    Letter.objects.update(added={str(office.pk): address})
    assert recipients(Letter.objects.get()).unread == [office]


def test_one_address_gets_one_letter_however_many_offices_it_reads_for(coordinator, own_officer):
    for name in ("Ånge", "Timrå"):
        OfficeFactory(name=name, officers=[own_officer])
    OfficeFactory(name="Kramfors", letter_email=own_officer.email.upper())
    letter = drafted(coordinator, intro="Hej")
    to = recipients(letter)
    assert [each.address for each in to.everyone] == [own_officer.email]
    assert to.unread == []
    frozen(letter, coordinator)
    assert Delivery.objects.count() == 1


def test_some_are_left_out_and_some_are_added_this_time(coordinator, office, own_officer):
    colleague = officer()
    office.officers.add(colleague)
    letter = drafted(coordinator)
    added = {office: " Vikarie@AF.example.se "}
    left = {office: [own_officer.email]}
    letter = lifecycle.choose_readers(letter, by=coordinator, left_out=left, added=added)
    assert addresses(letter) == [colleague.email, "vikarie@af.example.se"]
    assert addresses(drafted(coordinator, week=date(2019, 1, 7))) == [own_officer.email, colleague.email]
    letter = lifecycle.choose_readers(letter, by=coordinator, left_out={}, added={office: ""})
    assert addresses(letter) == [own_officer.email, colleague.email]


def test_the_last_reader_is_left_out_only_when_somebody_else_is_named(coordinator, office, own_officer):
    letter = drafted(coordinator)
    left = {office: [own_officer.email]}
    with pytest.raises(LifecycleError, match="Sollefteå har då ingen som läser brevet") as refused:
        lifecycle.choose_readers(letter, by=coordinator, left_out=left, added={})
    assert refused.value.field == f"added-{office.pk}"
    assert addresses(Letter.objects.get()) == [own_officer.email]
    lifecycle.choose_readers(letter, by=coordinator, left_out=left, added={office: "annan@af.example.se"})
    assert addresses(Letter.objects.get()) == ["annan@af.example.se"]


def test_who_reads_for_two_offices_is_left_out_of_one_of_them(coordinator, office, own_officer):
    """Or the other would be without a reader, though its box is ticked."""
    other = OfficeFactory(name="Ånge", officers=[own_officer])
    office.officers.add(officer())
    letter = lifecycle.choose_readers(
        drafted(coordinator), by=coordinator, left_out={office: [own_officer.email]}, added={}
    )
    assert recipients(letter).unread == []
    assert own_officer.email in addresses(letter)
    assert [sorted(each.chosen) for each in recipients(letter).offices if each.office == other] == [[own_officer.email]]


@pytest.mark.parametrize("address", [*WRONG, TOO_LONG])
def test_a_wrong_address_is_refused_at_its_field(coordinator, office, address):
    with pytest.raises(LifecycleError, match="Dit går det inte att skicka brev") as refused:
        lifecycle.choose_readers(drafted(coordinator), by=coordinator, left_out={}, added={office: address})
    assert refused.value.field == f"added-{office.pk}"
    assert Letter.objects.get().added == {}


def test_an_office_that_had_no_reader_keeps_nobody_from_choosing(coordinator, office):
    empty = OfficeFactory(name="Ånge")
    letter = drafted(coordinator)
    letter = lifecycle.choose_readers(letter, by=coordinator, left_out={}, added={})
    assert recipients(letter).unread == [empty]


def test_nothing_is_sent_past_an_office_that_nobody_reads_for(weekly, coordinator):
    for name in ("Ånge", "Timrå"):
        OfficeFactory(name=name)
    with pytest.raises(LifecycleError, match="Ingen läser brevet för Timrå, Ånge"):
        frozen(weekly, coordinator)
    assert not Delivery.objects.exists()


# The agencies


def told(by, **facts):
    """Whether a contact like that gets the newsletter."""
    contact = ContactFactory(**{"email": "kim@myndighet.example.se"} | facts)
    found = recipients(drafted(by, LetterKind.NEWSLETTER)).everyone
    assert [each.contact for each in found] in ([], [contact.pk])
    return bool(found)


@pytest.mark.parametrize(
    ("facts", "is_told"),
    [
        ({}, True),
        ({"newsletter": False}, False),
        ({"email": ""}, False),
        ({"left_on": date(2018, 12, 31)}, False),
        ({"left_on": date(2019, 1, 1)}, True),
        ({"role": ContactRole.TUTOR}, True),
    ],
)
def test_a_contact_gets_the_newsletter_unless_something_is_in_the_way(coordinator, facts, is_told):
    assert told(coordinator, **facts) == is_told


@pytest.mark.parametrize(("archived_on", "is_told"), [(date(2018, 12, 31), False), (date(2019, 1, 1), True)])
def test_an_archived_agency_gets_no_newsletter(coordinator, archived_on, is_told):
    assert told(coordinator, agency=AgencyFactory(archived_on=archived_on)) == is_told


@pytest.mark.parametrize("address", WRONG)
def test_a_contact_whose_address_no_letter_reaches_is_left_out(coordinator, address):
    contact = ContactFactory()
    Contact.objects.filter(pk=contact.pk).update(email=address)
    assert recipients(drafted(coordinator, LetterKind.NEWSLETTER)).everyone == []


def test_a_newsletter_goes_to_the_roles_that_are_chosen(coordinator):
    people = {role: ContactFactory(role=role, email=f"{role}@myndighet.example.se") for role in ContactRole}
    ContactFactory(role=ContactRole.HR, email="")
    ContactFactory(role=ContactRole.HR, email="HR@myndighet.example.se")
    letter = drafted(coordinator, LetterKind.NEWSLETTER)
    assert sorted(addresses(letter)) == sorted(each.email for each in people.values())
    chosen = [ContactRole.HR, ContactRole.HEAD]
    letter = lifecycle.choose_roles(letter, by=coordinator, roles=chosen)
    assert sorted(addresses(letter)) == ["head@myndighet.example.se", "hr@myndighet.example.se"]
    told_of = {each.role: (each.number, each.without, each.chosen) for each in recipients(letter).roles}
    assert told_of[ContactRole.HR] == (1, 1, True)
    assert told_of[ContactRole.TUTOR] == (1, 0, False)
    following = drafted(coordinator, LetterKind.NEWSLETTER, week=date(2019, 1, 7))
    assert sorted(following.roles) == sorted(chosen)


def test_a_role_counts_only_addresses_that_letters_reach(coordinator):
    """What the page says that a role gives is what sending to it gives."""
    contact = ContactFactory(role=ContactRole.HR)
    Contact.objects.filter(pk=contact.pk).update(email="inte en adress")
    to = recipients(drafted(coordinator, LetterKind.NEWSLETTER))
    assert [(each.number, each.without) for each in to.roles if each.role == ContactRole.HR] == [(0, 1)]


def test_without_a_role_or_a_contact_nothing_is_sent(newsletter, coordinator):
    with pytest.raises(LifecycleError, match="Brevet har inga mottagare"):
        frozen(newsletter, coordinator)
    ContactFactory()
    newsletter = lifecycle.choose_roles(newsletter, by=coordinator, roles=[])
    with pytest.raises(LifecycleError, match="Brevet har inga mottagare"):
        frozen(newsletter, coordinator)


def test_whoever_leaves_between_draft_and_sending_gets_nothing(newsletter, coordinator, today):
    stays, leaves = ContactFactory.create_batch(2)
    seen = lifecycle.readied(newsletter, coordinator, site=SITE).stamp
    Contact.objects.filter(pk=leaves.pk).update(left_on=today)
    with pytest.raises(LifecycleError, match="har ändrats sedan du förhandsgranskade"):
        lifecycle.freeze(newsletter, by=coordinator, site=SITE, seen=seen)
    assert not Delivery.objects.exists()
    frozen(newsletter, coordinator)
    assert [each.contact for each in Delivery.objects.select_related("contact")] == [stays]


def test_who_gets_it_is_asked_of_the_day(newsletter, coordinator):
    ContactFactory(left_on=date(2018, 12, 20))
    with clock.on_day(date(2018, 12, 19)):
        assert len(addresses(newsletter)) == 1
    assert recipients(newsletter).everyone == []
    assert len(recipients(newsletter, on=date(2018, 12, 19)).everyone) == 1
