"""A third programme, without code: an administrator adds it, and it is agreed, filtered, started and shown."""

from datetime import date

import pytest
from pytest_django.asserts import assertContains

from placements.models import Placement, Programme, TargetGroup
from tests.agencies.browsing import errors, forms_of
from tests.factories import ContactFactory
from tests.placements.pages import names, press, send

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def admin_form(browser, address) -> dict[str, list[str]]:
    """The fields of the admin site's form as they stand."""
    [fields] = [fields for _, fields in forms_of(browser.get(address)) if "_save" in fields or "code" in fields]
    return {name: value for name, value in fields.items() if not name.startswith(("_addanother", "_continue"))}


@pytest.fixture
def ej(as_administrator, newly_arrived):
    """Etableringsjobb, added by hand in the admin site, for one group that there was and one that there was not."""
    add = "/admin/placements/targetgroup/add/"
    assert press(as_administrator, add, **admin_form(as_administrator, add) | {"code": "young", "name": "unga"}).url
    unga = TargetGroup.objects.get(code="young")
    add = "/admin/placements/programme/add/"
    typed = {
        "code": "EJ",
        "name": "Etableringsjobb",
        "kind": "employment",
        "months_per_decision": "24",
        "months_in_all": "24",
        "first_day": "2018-12-01",
        "last_day": "",
        "position": "30",
        "target_groups": [newly_arrived.pk, unga.pk],
    }
    response = press(as_administrator, add, **admin_form(as_administrator, add) | typed)
    assert response.status_code == 302, response.context["adminform"].form.errors
    return Programme.objects.get(code="EJ")


def agree(browser, agency, programme, **typed):
    form = f"/myndigheter/{agency.pk}/platser/nya/"
    promised = ContactFactory(agency=agency)
    given = {"programme": programme.pk, "planned_start": "2019-01-14", "duties": "Arkiv", "contact": promised.pk}
    return send(browser, form, **given | typed)


def test_it_is_kept_with_its_rules_and_who_added_it(ej, administrator):
    assert (ej.months_per_decision, ej.months_in_all, ej.first_day, ej.last_day) == (24, 24, date(2018, 12, 1), None)
    assert {group.code for group in ej.target_groups.all()} == {"newly_arrived", "young"}
    assert {entry.history_user for entry in ej.history.all()} == {administrator}


def test_it_is_agreed_filtered_and_shown(as_coordinator, as_officer, ej, agency):
    agree(as_coordinator, agency, ej)
    place = Placement.objects.get()
    assert place.planned_months == 24
    for browser in (as_coordinator, as_officer):
        for address in ("/platser/", "/platser/oppna/"):
            response = browser.get(address, {"insats": "EJ"})
            assert names(response) == ["Arkiv"]
            assertContains(response, '<option value="EJ" selected>EJ</option>', html=True)
            assert names(browser.get(address, {"insats": "PIS"})) == []
        assert names(browser.get("/platser/oppna/", {"malgrupp": "young"})) == ["Arkiv"]
        assertContains(browser.get(place.get_absolute_url()), "Etableringsjobb")
        assertContains(browser.get(place.get_absolute_url()), "nyanlända, unga")


def test_it_is_started_with_its_own_groups_and_rules(as_coordinator, ej, agency):
    agree(as_coordinator, agency, ej, agreed_on="2018-12-03", planned_start="2018-12-03")
    place = Placement.objects.get()
    address = f"/platser/{place.pk}/starta/"
    unga = TargetGroup.objects.get(code="young")
    typed = {"target_group": unga.pk, "sex": "man", "started_on": "2018-12-10", "planned_end": "2020-12-10"}
    words = "EJ är högst 24 månader sammanlagt. Räknat från 2018-12-10 är sista möjliga dag 2020-12-09."
    assert errors(send(as_coordinator, address, **typed)) == {"planned_end": [words]}
    assert send(as_coordinator, address, **typed | {"planned_end": "2020-12-09"}).status_code == 302
    assert [row.place.duties for row in as_coordinator.get("/platser/pagaende/").context["rows"]] == ["Arkiv"]
    assert names(as_coordinator.get("/platser/", {"insats": "EJ", "ar": "2018"})) == ["Arkiv"]


def test_its_first_day_holds(as_coordinator, ej, agency):
    response = agree(as_coordinator, agency, ej, agreed_on="2018-11-26", planned_start="2018-11-30")
    words = "En start 2018-11-30 går inte: EJ finns från och med 2018-12-01."
    assert errors(response) == {"planned_start": [words]}


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"months_per_decision": "25"}, "__all__"),
        ({"months_per_decision": "0"}, "months_per_decision"),
        ({"months_in_all": "61"}, "months_in_all"),
        ({"last_day": "2018-11-30"}, "__all__"),
        ({"code": "PIS"}, "code"),
        ({"code": ""}, "code"),
        ({"target_groups": []}, "target_groups"),
    ],
)
def test_rules_that_make_no_sense_are_refused(as_administrator, ej, typed, field):
    address = f"/admin/placements/programme/{ej.pk}/change/"
    form = admin_form(as_administrator, address)
    response = press(as_administrator, address, **form | typed)
    assert response.status_code == 200
    assert list(response.context["adminform"].form.errors) == [field]


def test_a_programme_that_is_stopped_is_no_longer_agreed(as_administrator, as_coordinator, ej, agency):
    address = f"/admin/placements/programme/{ej.pk}/change/"
    form = admin_form(as_administrator, address) | {"last_day": "2018-12-30"}
    assert press(as_administrator, address, **form).status_code == 302
    offered = as_coordinator.get(f"/myndigheter/{agency.pk}/platser/nya/").context["form"].fields["programme"]
    assert ej not in offered.queryset


@pytest.mark.parametrize("client", ["as_coordinator", "as_officer", "as_steering"])
def test_nobody_else_adds_programmes(request, client):
    browser = request.getfixturevalue(client)
    assert browser.get("/admin/placements/programme/add/").status_code in (302, 403)
