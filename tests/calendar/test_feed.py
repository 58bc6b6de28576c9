"""The calendar feed: a person's days, by a secret address, as a calendar program reads them."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from icalendar import Calendar

from agencies import lifecycle as steps
from placements import lifecycle
from placements.choices import AnswerKind
from placements.models import Placement
from praktik.accounts.calendar_key import renew, revoke, token
from praktik.accounts.models import User
from praktik.accounts.roles import Role
from reports.choices import LetterKind
from tests.factories import (
    AgencyFactory,
    LetterCopyFactory,
    LetterFactory,
    NextStepFactory,
    OfficeFactory,
    UserFactory,
)
from tests.placements.pages import agreed, begun, ordered, owned

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def address(user: User) -> str:
    renew(user)
    user.refresh_from_db()
    return f"/kalender/{token(user)}.ics"


def days(client: Any, where: str) -> dict[str, tuple[date, str]]:
    """What the calendar holds: by UID, the day and the words."""
    response = client.get(where)
    assert response.status_code == 200
    parsed = Calendar.from_ical(response.content)
    found = list(parsed.walk("VEVENT"))
    assert len({str(each["uid"]) for each in found}) == len(found)
    return {str(each["uid"]).partition("@")[0]: (each.decoded("dtstart"), str(each["summary"])) for each in found}


@pytest.fixture
def other(db):
    """A coordinator with steps and places of their own."""
    colleague = UserFactory(role=Role.COORDINATOR)
    NextStepFactory(owner=colleague, what="Kollegans")
    agreed(colleague)
    return colleague


@pytest.fixture
def stranger(db, coordinator):
    """An officer of another office, with a place in hand and an order to answer."""
    officer = UserFactory(role=Role.CASE_OFFICER)
    office = OfficeFactory(name="Arbetsförmedlingen Ånge", officers=[officer])
    owned(begun(coordinator, planned_end=date(2019, 2, 15)), coordinator, officer)
    ordered(agreed(coordinator), coordinator, office)
    return officer


def test_a_coordinator_s_days(client, coordinator, other, today):
    step = NextStepFactory(owner=coordinator, what="Ring chefen", due_on=date(2019, 1, 7), agency__name="Tullverket")
    [place] = agreed(coordinator, planned_start=date(2019, 1, 14))
    lifecycle.plan(place, by=coordinator, what="Beställ", due_on=date(2019, 1, 4))
    going = begun(coordinator, planned_end=date(2019, 2, 15))
    found = days(client, address(coordinator))
    assert found[f"steg-{step.pk}"] == (date(2019, 1, 7), "Nästa steg: Ring chefen (Tullverket)")
    assert found[f"start-{place.pk}"] == (date(2019, 1, 14), f"Planerad start: {place} ({place.agency})")
    assert found[f"plats-{place.pk}"] == (date(2019, 1, 4), f"Beställ: {place} ({place.agency})")
    assert found[f"slut-{going.pk}"][0] == date(2019, 2, 15)
    assert "Kollegans" not in str(found)
    assert not {f"start-{key}" for key in Placement.objects.filter(coordinator=other).values_list("pk", flat=True)} & {
        *found
    }


def test_a_letter_stands_on_the_day_it_is_to_go(client, coordinator):
    sent = datetime(2018, 12, 20, 10, tzinfo=timezone.get_current_timezone())
    letter = LetterFactory(kind=LetterKind.WEEKLY, week=date(2018, 12, 17), sent_at=sent, sent_by=coordinator)
    LetterCopyFactory(letter=letter)
    found = days(client, address(coordinator))
    assert found[f"brev-weekly-{letter.pk}"] == (date(2019, 1, 3), "Veckobrevet ska gå ut")


def test_an_officer_s_days(client, coordinator, own_officer, office, stranger):
    going = owned(begun(coordinator, planned_end=date(2019, 2, 15)), coordinator, own_officer)
    order = ordered(agreed(coordinator), coordinator, office)
    [ordered_place] = order.placements.all()
    agreed(coordinator)
    where = address(own_officer)
    found = days(client, where)
    assert found[f"slut-{going.pk}"][0] == date(2019, 2, 15)
    assert found[f"order-{order.pk}"] == (order.answer_by, f"Svara på order: 1 plats ({order.agency})")
    assert found[f"start-{ordered_place.pk}"][0] == ordered_place.planned_start
    assert f"plats-{ordered_place.pk}" not in found
    assert len([uid for uid in found if uid.startswith(("slut", "order", "start"))]) == 3
    lifecycle.answer(order, kind=AnswerKind.NONE_NOW, text="", on=date(2018, 12, 12), by=own_officer, office=office)
    assert f"order-{order.pk}" not in days(client, where)


def test_what_is_done_or_long_past_is_no_longer_there(client, coordinator, today):
    late, old, done = (NextStepFactory(owner=coordinator, due_on=today - timedelta(days=ago)) for ago in (30, 31, 2))
    steps.finish_step(done, on=today)
    assert {*days(client, address(coordinator))} == {f"steg-{late.pk}"}
    assert old.done_on is None


def test_a_step_that_is_moved_is_the_same_one_and_newer(client, coordinator):
    step = NextStepFactory(owner=coordinator, due_on=date(2019, 1, 7))
    where = address(coordinator)
    [before] = Calendar.from_ical(client.get(where).content).walk("VEVENT")
    steps.move_step(step, to=date(2019, 1, 9))
    [after] = Calendar.from_ical(client.get(where).content).walk("VEVENT")
    assert after["uid"] == before["uid"]
    assert after["sequence"] > before["sequence"]
    assert (before.decoded("dtstart"), after.decoded("dtstart")) == (date(2019, 1, 7), date(2019, 1, 9))


def test_the_same_is_told_in_the_same_bytes_and_not_sent_twice(client, coordinator):
    NextStepFactory(owner=coordinator)
    agreed(coordinator)
    where = address(coordinator)
    first = client.get(where)
    assert client.get(where).content == first.content
    again = client.get(where, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    NextStepFactory(owner=coordinator)
    assert client.get(where, headers={"if-none-match": first["ETag"]}).status_code == 200


def test_signs_and_long_lines_come_through(client, coordinator):
    what = "Ring A; B, C \\ D: å ä ö 🙂 " + "mycket " * 20
    step = NextStepFactory(owner=coordinator, what=what.strip()[:200], agency__name="Å, Ä; Ö-verket")
    content = client.get(address(coordinator)).content
    assert max(map(len, content.split(b"\r\n"))) <= 75
    [event] = Calendar.from_ical(content).walk("VEVENT")
    assert str(event["summary"]) == f"Nästa steg: {step.what} (Å, Ä; Ö-verket)"
    assert str(event["url"]) == f"http://testserver/nasta-steg/{step.pk}/"


def test_it_is_a_calendar_that_programs_ask_for_again(client, coordinator):
    response = client.get(address(coordinator))
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert (response["X-Robots-Tag"], response["Cache-Control"]) == ("noindex", "private, no-cache")
    parsed = Calendar.from_ical(response.content)
    assert (str(parsed["x-wr-calname"]), str(parsed["method"]), str(parsed["version"])) == ("Praktik", "PUBLISH", "2.0")
    assert parsed.decoded("refresh-interval") == timedelta(hours=1)
    assert "Set-Cookie" not in response.headers
    assert client.head(response.request["PATH_INFO"]).status_code == 200
    assert client.post(response.request["PATH_INFO"]).status_code == 405


# The address.


def test_a_new_address_closes_the_old_one(client, coordinator):
    old = address(coordinator)
    new = address(coordinator)
    assert (client.get(old).status_code, client.get(new).status_code) == (404, 200)
    revoke(coordinator)
    assert client.get(new).status_code == 404


def test_somebody_who_may_not_log_in_has_no_calendar(client, coordinator):
    where = address(coordinator)
    User.objects.filter(pk=coordinator.pk).update(is_active=False)
    assert client.get(where).status_code == 404


@pytest.mark.parametrize("role", [Role.STEERING_GROUP, Role.ADMINISTRATOR])
def test_whoever_has_no_days_has_no_calendar(client, log_in, role):
    user = UserFactory(role=role)
    assert client.get(address(user)).status_code == 404
    revoke(user)
    browser = log_in(user)
    assert browser.post("/konto/kalender/", {"vad": "ny"}).status_code == 403
    assert 'id="kalender"' not in browser.get("/konto/").content.decode()
    user.refresh_from_db()
    assert user.calendar_key is None


@pytest.mark.parametrize("change", [lambda it: it[:-1], lambda it: f"9{it}", lambda it: it.upper(), lambda it: "1"])
def test_an_address_that_is_not_the_one_opens_nothing(client, coordinator, change):
    address(coordinator)
    assert client.get(f"/kalender/{change(token(coordinator))}.ics").status_code == 404


@pytest.mark.parametrize("secret", ["", "~", "1-~", "x" * 5000, "%00", "../../etc", "1-2~3~4", "ä"])
def test_nonsense_opens_nothing(client, secret):
    assert client.get(f"/kalender/{secret}.ics").status_code == 404


def test_one_makes_it_changes_it_and_switches_it_off(as_coordinator, coordinator):
    page = as_coordinator.get("/konto/").content.decode()
    assert "Skapa adress" in page
    as_coordinator.post("/konto/kalender/", {"vad": "ny"})
    coordinator.refresh_from_db()
    first = token(coordinator)
    assert f'value="http://testserver/kalender/{first}.ics"' in as_coordinator.get("/konto/").content.decode()
    as_coordinator.post("/konto/kalender/", {"vad": "ny"})
    coordinator.refresh_from_db()
    assert token(coordinator) not in ("", first)
    as_coordinator.post("/konto/kalender/", {"vad": "av"})
    coordinator.refresh_from_db()
    assert token(coordinator) == ""
    assert as_coordinator.get("/konto/kalender/").status_code == 405
    assert coordinator.history.count() == 1


def test_the_key_is_in_no_history(coordinator):
    renew(coordinator)
    assert not [each for each in coordinator.history.model._meta.fields if each.name == "calendar_key"]


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.CASE_OFFICER])
def test_it_costs_the_same_however_many_days(
    client, coordinator, own_officer, office, django_assert_max_num_queries, role
):
    user = coordinator if role == Role.COORDINATOR else own_officer
    where, costs = address(user), []
    for rows in (1, 4):
        for _ in range(rows):
            NextStepFactory(owner=coordinator, agency=AgencyFactory())
            ordered(agreed(coordinator, agency=AgencyFactory()), coordinator, office)
            owned(begun(coordinator), coordinator, own_officer)
        with django_assert_max_num_queries(10) as asked:
            client.get(where)
        costs.append(len(asked))
    assert costs[0] == costs[1]
