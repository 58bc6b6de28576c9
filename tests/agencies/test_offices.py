"""Arbetsförmedlingen's offices: the list, an office's page, and whom it shows to whom."""

from datetime import date, timedelta

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertTemplateUsed

from agencies.models import Office
from praktik.accounts.roles import Role
from tests.factories import AgencyFactory, MunicipalityFactory, OfficeFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def town():
    return MunicipalityFactory(name="Härnösand")


@pytest.fixture
def office(town):
    hanna = UserFactory(name="Hanna Berg", email="hanna@af.example.se", role=Role.CASE_OFFICER)
    gone = UserFactory(name="Gunnar Gren", role=Role.CASE_OFFICER, is_active=False)
    return OfficeFactory(
        name="Härnösand",
        municipalities=[town],
        officers=[hanna, gone],
        letter_email="brev@af.example.se",
    )


@pytest.fixture(autouse=True)
def stranger(db):
    """Another office with an officer, a municipality and an agency of its own."""
    town = MunicipalityFactory(name="Sundsvall")
    AgencyFactory(name="Kustbevakningen", municipalities=[town])
    officer = UserFactory(name="Främmande Handläggare", role=Role.CASE_OFFICER)
    return OfficeFactory(name="Sundsvall", municipalities=[town], officers=[officer])


def test_the_list_tells_municipalities_officers_and_address(as_coordinator, office):
    response = as_coordinator.get("/kontor/")
    assertTemplateUsed(response, "agencies/office_list.html")
    assert response.context["offices"] == [office, Office.objects.get(name="Sundsvall")]
    for words in ("Hanna Berg", "mailto:brev@af.example.se"):
        assertContains(response, words)


def test_offices_stand_in_swedish_order(as_coordinator, office):
    for name in ("Örnsköldsvik", "Ånge", "Ådalen"):
        OfficeFactory(name=name)
    names = [each.name for each in as_coordinator.get("/kontor/").context["offices"]]
    assert names == ["Härnösand", "Sundsvall", "Ådalen", "Ånge", "Örnsköldsvik"]


def test_closed_offices_stand_apart_from_the_day_they_close(as_coordinator, today):
    for name, closed_on in (("I dag", today), ("I går", today - timedelta(days=1)), ("I morgon", date(2019, 1, 1))):
        OfficeFactory(name=name, closed_on=closed_on)
    response = as_coordinator.get("/kontor/")
    assert [each.name for each in response.context["offices"]] == ["I morgon", "Sundsvall"]
    assert [each.name for each in response.context["closed"]] == ["I dag", "I går"]
    assertContains(response, "stänger 2019-01-01")
    assertContains(response, "stängt 2018-12-31")


def test_what_is_missing_is_pointed_out(as_coordinator):
    OfficeFactory(name="Nytt kontor")
    response = as_coordinator.get("/kontor/")
    assertContains(response, "ingen än")
    assertContains(response, "saknas")


def test_an_empty_list_says_who_fills_it(as_coordinator):
    Office.objects.all().delete()
    assertContains(as_coordinator.get("/kontor/"), "En administratör lägger in dem.")


def test_an_office_s_page_tells_whom_to_reach_and_its_agencies(as_coordinator, office, town, today):
    AgencyFactory(name="Trafikverket", municipalities=[town, MunicipalityFactory()])
    AgencyFactory(name="Nedlagd", municipalities=[town], archived_on=today)
    response = as_coordinator.get(office.get_absolute_url())
    assertTemplateUsed(response, "agencies/office_page.html")
    for words in ("Härnösand", "brev@af.example.se", "Hanna Berg", "hanna@af.example.se", "Trafikverket"):
        assertContains(response, words)
    for words in ("Gunnar Gren", "Nedlagd", "Kustbevakningen", "Främmande"):
        assertNotContains(response, words)


def test_an_agency_in_two_of_the_office_s_municipalities_stands_once(as_coordinator):
    towns = [MunicipalityFactory(), MunicipalityFactory()]
    AgencyFactory(municipalities=towns)
    office = OfficeFactory(municipalities=towns)
    assert len(as_coordinator.get(office.get_absolute_url()).context["page"].object_list) == 1


def test_an_office_without_agencies_says_so(as_coordinator, office):
    assertContains(as_coordinator.get(office.get_absolute_url()), "Inga myndigheter är inlagda i kontorets kommuner.")


def test_many_agencies_are_shown_a_page_at_a_time(as_coordinator, office, town):
    for number in range(30):
        AgencyFactory(name=f"Verket {number:02}", municipalities=[town])
    assertContains(as_coordinator.get(office.get_absolute_url()), "1–25 av 30")
    assertContains(as_coordinator.get(office.get_absolute_url(), {"sida": "9"}), "Verket 29")


def test_an_office_s_history_has_its_municipalities_and_officers(as_coordinator, office):
    response = as_coordinator.get(f"/historik/kontor/{office.pk}/")
    for words in ("Härnösand", "Hanna Berg"):
        assertContains(response, words)


def test_a_case_officer_sees_also_other_offices(as_officer, officer, office, stranger):
    OfficeFactory(name="Mitt eget", officers=[officer])
    assert len(as_officer.get("/kontor/").context["offices"]) == 3
    assertContains(as_officer.get(stranger.get_absolute_url()), "Främmande Handläggare")


def test_an_administrator_sees_the_list_but_not_the_agencies(as_administrator, office, town):
    AgencyFactory(name="Trafikverket", municipalities=[town])
    assertContains(as_administrator.get("/kontor/"), "Hanna Berg")
    response = as_administrator.get(office.get_absolute_url())
    assertContains(response, "Hanna Berg")
    assertNotContains(response, "Trafikverket")


def test_the_steering_group_is_told_who_may_see_offices(as_steering, office):
    for address in ("/kontor/", office.get_absolute_url()):
        response = as_steering.get(address)
        assertContains(response, "Den visas för koordinator och handläggare och administratör.", status_code=403)
        assertNotContains(response, "Hanna Berg", status_code=403)


@pytest.mark.parametrize("pk", ["0", "9" * 19, "9" * 30])
def test_an_office_that_is_not_there_is_not_found(as_coordinator, pk):
    assert as_coordinator.get(f"/kontor/{pk}/").status_code == 404


def test_the_list_costs_the_same_however_many_offices(as_coordinator, django_assert_num_queries):
    as_coordinator.get("/kontor/")
    for _ in range(2):
        with django_assert_num_queries(5):
            as_coordinator.get("/kontor/")
        OfficeFactory.create_batch(5)
