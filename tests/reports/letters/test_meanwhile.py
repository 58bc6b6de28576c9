"""What others do while one writes: parts are rearranged, readers come, people decline, a coordinator leaves."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from agencies.models import Contact
from placements import lifecycle as places
from placements.choices import Requirement
from praktik.accounts.models import User
from praktik.accounts.roles import Role
from praktik.records import LifecycleError
from reports import lifecycle
from reports.choices import LetterKind, LetterPart
from reports.letters import arranged
from reports.letters.recipients import recipients
from reports.models import Letter
from tests.agencies.browsing import errors, filled
from tests.factories import AgencyFactory, ContactFactory, UserFactory, ongoing_place
from tests.placements.pages import SENT, agreed, ordered
from tests.reports.letters.written import WEEK, drafted, frozen, part_now, told

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def page(letter, name="letter-draft"):
    return reverse(f"reports:{name}", args=[letter.pk])


def hidden(letter, by, part):
    """Somebody hides a part."""
    parts = [(each, shown and each != part) for each, shown in arranged(letter)]
    return lifecycle.write_letter(letter, by=by, parts=parts)


# Two who write


def test_parts_that_a_colleague_has_hidden_stay_hidden(weekly, as_coordinator):
    opened = filled(as_coordinator.get(page(weekly)), notices="Nytt")
    hidden(weekly, UserFactory(), LetterPart.ONGOING)
    assert as_coordinator.post(page(weekly), opened).status_code == 302
    letter = Letter.objects.get()
    assert letter.notices == "Nytt"
    assert dict(arranged(letter))[LetterPart.ONGOING] is False


def test_whoever_rearranges_what_a_colleague_has_rearranged_is_told(weekly, as_coordinator):
    opened = filled(as_coordinator.get(page(weekly)), flytta=f"{LetterPart.HARD}:upp")
    hidden(weekly, UserFactory(), LetterPart.ONGOING)
    answer = as_coordinator.post(page(weekly), opened)
    assert "Någon annan har ändrat brevets delar" in str(errors(answer))
    assert dict(arranged(Letter.objects.get()))[LetterPart.ONGOING] is False


def test_a_reader_who_came_after_the_page_was_opened_is_not_left_out(weekly, as_coordinator, office, own_officer):
    opened = filled(as_coordinator.get(page(weekly, "letter-recipients")))
    newcomer = UserFactory(role=Role.CASE_OFFICER)
    office.officers.add(newcomer)
    assert as_coordinator.post(page(weekly, "letter-recipients"), opened).status_code == 302
    to = {each.address for each in recipients(Letter.objects.get()).everyone}
    assert to == {own_officer.email, newcomer.email}


# A draft is thrown away


def test_a_draft_is_thrown_away_when_it_is_asked_for_once_more(weekly, as_coordinator):
    asked = as_coordinator.get(page(weekly, "letter-discard"))
    assert Letter.objects.exists()
    assert as_coordinator.post(page(weekly, "letter-discard"), filled(asked)).url == reverse("reports:letter-list")
    assert not Letter.objects.exists()
    assert Letter.history.latest().history_type == "-"


def test_a_letter_that_was_sent_is_not_thrown_away(weekly, coordinator):
    frozen(weekly, coordinator)
    with pytest.raises(LifecycleError, match="kan inte ändras"):
        lifecycle.discard(weekly, by=coordinator)
    assert Letter.objects.get().sent_at


# Who gets it, and whom to call


def test_who_has_declined_gets_no_newsletter_by_another_agency_either(coordinator):
    for agency in (AgencyFactory(), AgencyFactory()):
        ContactFactory(agency=agency, email="Anna@myndighet.example.se")
    letter = drafted(coordinator, LetterKind.NEWSLETTER)
    assert len(recipients(letter).everyone) == 1
    Contact.objects.filter(pk=Contact.objects.last().pk).update(newsletter=False)
    assert recipients(letter).everyone == []


@pytest.mark.parametrize("change", [{"is_active": False}, {"role": Role.ADMINISTRATOR}])
def test_whom_to_call_is_somebody_who_is_there(weekly, coordinator, office, change):
    gone = UserFactory(name="Gunnar Gått", phone="0611-555 01")
    order = ordered(agreed(gone), gone, office)
    places.flag_hard(order, by=coordinator, on=SENT, requirement=Requirement.LICENCE)
    [[row]] = told(part_now(weekly, coordinator, LetterPart.HARD)).values()
    assert row[-1] == "Gunnar Gått, 0611-555 01"
    User.objects.filter(pk=gone.pk).update(**change)
    [[row]] = told(part_now(weekly, coordinator, LetterPart.HARD)).values()
    assert row[-1].startswith(coordinator.name)


# What no longer holds


def test_an_agreement_whose_contact_has_left_is_told_apart(weekly, coordinator):
    agreed(coordinator)
    gone = ContactFactory(left_on=WEEK)
    [shaken] = agreed(coordinator, agency=gone.agency, contact=None)
    type(shaken).objects.filter(pk=shaken.pk).update(contact=gone)
    part = part_now(weekly, coordinator, LetterPart.COMING)
    [rows] = told(part).values()
    assert [row[-1] for row in rows].count("avtalet ska bekräftas på nytt") == 1
    assert part.words.startswith("Av de avtalade ska 1 bekräftas")


def test_a_place_past_its_planned_end_says_so(weekly, coordinator):
    for days in (0, 1):
        ongoing_place(planned_end=WEEK - timedelta(days=days))
    rows = [row[-1] for rows in told(part_now(weekly, coordinator, LetterPart.ONGOING)).values() for row in rows]
    assert sorted(rows) == ["2018-12-31", f"skulle ha slutat {date(2018, 12, 30)}"]
