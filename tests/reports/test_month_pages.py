"""Writing, publishing and withdrawing a month in the browser; the steering group's start page."""

from datetime import date

import pytest

from reports import lifecycle
from reports.models import MonthlyReport, Target
from tests.factories import ProgrammeFactory
from tests.placements.pages import filled

pytestmark = [pytest.mark.django_db, pytest.mark.once]
DRAFT = "/manadsrapporter/2018-05/utkast/"


def sent(browser, address, **typed):
    return browser.post(address, filled(browser.get(address), **typed))


def test_a_month_is_chosen_written_and_published(as_coordinator, as_steering, coordinator):
    chosen = as_coordinator.get("/manadsrapporter/?manad=2018-05")
    assert chosen.url == DRAFT
    assert sent(as_coordinator, DRAFT, words="**Bra** månad").url == DRAFT
    assert MonthlyReport.objects.get().published_on is None
    answer = sent(as_coordinator, DRAFT, words="**Bra** månad", publicera="ja")
    assert answer.url == "/manadsrapporter/2018-05/"
    assert MonthlyReport.objects.get().published_by == coordinator
    assert "<strong>Bra</strong>" in as_steering.get("/").content.decode()
    assert as_coordinator.get(DRAFT).url == "/manadsrapporter/2018-05/"


def test_a_double_click_publishes_once(as_coordinator):
    typed = filled(as_coordinator.get(DRAFT), words="Ord", publicera="ja")
    assert [as_coordinator.post(DRAFT, typed).url for _ in range(2)] == ["/manadsrapporter/2018-05/"] * 2
    assert MonthlyReport.objects.count() == 1


def test_two_coordinators_publish_it_once(as_coordinator, coordinator):
    typed = filled(as_coordinator.get(DRAFT), words="Mina ord", publicera="ja")
    lifecycle.publish(date(2018, 5, 1), by=coordinator, words="Andras ord")
    answer = as_coordinator.post(DRAFT, typed)
    assert "publicerades 2018-12-31" in str(answer.context["form"].errors)
    assert answer.context["form"]["words"].value() == "Mina ord"
    assert MonthlyReport.objects.get().words == "Andras ord"


def test_a_draft_that_somebody_else_changed_is_not_overwritten(as_coordinator, coordinator):
    lifecycle.write(date(2018, 5, 1), by=coordinator, words="Först")
    typed = filled(as_coordinator.get(DRAFT), words="Mina ord")
    lifecycle.write(date(2018, 5, 1), by=coordinator, words="Andras ord")
    answer = as_coordinator.post(DRAFT, typed)
    assert answer.context["form"].meanwhile
    assert MonthlyReport.objects.get().words == "Andras ord"


def test_an_identity_number_in_the_words_is_refused_and_the_typing_kept(as_coordinator):
    answer = sent(as_coordinator, DRAFT, words="Hon heter 19811218-9876", publicera="ja")
    assert answer.context["form"].errors["words"]
    assert not MonthlyReport.objects.exists()


def test_a_month_is_withdrawn_with_a_reason(as_coordinator, coordinator, as_steering):
    lifecycle.publish(date(2018, 5, 1), by=coordinator, words="")
    address = "/manadsrapporter/2018-05/dra-tillbaka/"
    assert sent(as_coordinator, address, reason="").context["form"].errors["reason"]
    assert sent(as_coordinator, address, reason="Fel siffror").url == "/manadsrapporter/"
    report = MonthlyReport.objects.get()
    assert (report.withdrawn_by, report.reason) == (coordinator, "Fel siffror")
    assert as_steering.get("/").context["report"] is None
    assert "Fel siffror" in as_steering.get("/manadsrapporter/").content.decode()
    assert as_coordinator.get(report.get_absolute_url()).context["sheet"].tables


def test_the_steering_group_begins_with_the_latest_published_month(as_steering, coordinator):
    assert "Ingen månad är publicerad än" in as_steering.get("/").content.decode()
    for month in (3, 5, 4):
        lifecycle.publish(date(2018, month, 1), by=coordinator, words="")
    lifecycle.write(date(2018, 6, 1), by=coordinator, words="Utkast")
    page = as_steering.get("/")
    assert page.context["report"].month == date(2018, 5, 1)
    assert [each.month.month for each in page.context["earlier"]] == [4, 3]


def test_a_target_is_set_and_corrected_in_the_browser(as_coordinator, coordinator):
    new, code = "/resultat/mal/nytt/", ProgrammeFactory().pk
    answer = sent(as_coordinator, new, year="2018", programme=code, number="40", decided_on="2018-01-08")
    assert answer.url == "/resultat/mal/"
    sent(as_coordinator, new, year="2018", programme=code, number="45", decided_on="2018-01-08")
    target = Target.objects.get()
    assert (target.number, target.history.count(), target.history.first().history_user) == (45, 2, coordinator)
    sent(as_coordinator, new, year="2018", programme=code, number="", decided_on="2018-06-08")
    rows = as_coordinator.get("/resultat/mal/").context["page"].object_list
    assert [(each.number, each.holds) for each in rows] == [(None, True), (45, False)]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("number", "-1"),
        ("number", "10001"),
        ("number", "99999999999999999999"),
        ("number", "många"),
        ("year", "2015"),
        ("year", "20180"),
        ("decided_on", "2019-01-01"),
        ("decided_on", "2015-01-01"),
        ("programme", "999999"),
        ("agency", "999999"),
    ],
)
def test_what_is_no_target_is_refused_at_its_field(as_coordinator, field, value):
    typed = {"year": "2018", "programme": ProgrammeFactory().pk, "number": "40", "decided_on": "2018-01-08"}
    answer = sent(as_coordinator, "/resultat/mal/nytt/", **typed | {field: value})
    assert answer.context["form"].errors[field]
    assert not Target.objects.exists()
