"""Changing a place: its duties and people, and its plan until somebody is in it; two who edit lose nothing."""

from datetime import date

import pytest
from pytest_django.asserts import assertContains, assertRedirects

from placements import lifecycle
from placements.choices import Outcome
from tests.agencies.browsing import errors, opened, told
from tests.factories import ContactFactory, MunicipalityFactory, UserFactory
from tests.placements.lives import IDENTITY, as_stored, rows
from tests.placements.pages import agreed, begun, filled, send

pytestmark = [pytest.mark.django_db, pytest.mark.once]

PLAN = {
    "programme",
    "agreed_on",
    "planned_start",
    "planned_months",
    "target_groups",
    "first_contact_on",
    "citizenship",
    "vetting",
}
ALWAYS = {"duties", "unit", "municipality", "manager", "tutor", "percent"}


@pytest.fixture
def place(coordinator, agency):
    return agreed(coordinator, agency=agency)[0]


def form_of(place) -> str:
    return f"/platser/{place.pk}/andra/"


def change(browser, place, **typed):
    return send(browser, form_of(place), **typed)


def fields(browser, place) -> set[str]:
    return {field.name for field in browser.get(form_of(place)).context["form"].visible_fields()}


def test_until_the_start_the_whole_plan_can_be_changed_and_then_no_longer(as_coordinator, coordinator, place):
    assert fields(as_coordinator, place) == ALWAYS | PLAN
    ongoing = begun(coordinator)
    assert fields(as_coordinator, ongoing) == ALWAYS
    assertContains(as_coordinator.get(form_of(ongoing)), "Ändra den pågående platsen")


def test_what_is_changed_is_stored_as_one_entry(as_coordinator, coordinator, agency, place, disability):
    tutor, town = ContactFactory(agency=agency), MunicipalityFactory()
    typed = {"duties": "Växel", "unit": "Syd", "municipality": town.pk, "tutor": tutor.pk, "percent": 50}
    plan = {"planned_start": "2019-03-01", "planned_months": 4, "target_groups": [disability.pk], "vetting": "on"}
    response = change(as_coordinator, place, **typed, **plan)
    assertRedirects(response, place.get_absolute_url(), fetch_redirect_response=False)
    assert told(response) == ["Ändringen är sparad."]
    place.refresh_from_db()
    assert (place.duties, place.unit, place.municipality, place.tutor) == ("Växel", "Syd", town, tutor)
    assert (place.percent, place.planned_start, place.planned_months) == (50, date(2019, 3, 1), 4)
    assert (place.vetting, list(place.target_groups.all())) == (True, [disability])
    assert place.history.count() == 2
    assert place.history.first().history_user == coordinator


def test_the_facts_of_an_ongoing_place_stay_whatever_is_sent(as_coordinator, coordinator, disability):
    place = begun(coordinator)
    before = as_stored(place)
    forged = {"planned_start": "2019-03-01", "planned_months": 1, "target_groups": [disability.pk], "vetting": "on"}
    assert (
        change(as_coordinator, place, duties="Växel", **forged, started_on="2018-01-01", sex="man").status_code == 302
    )
    assert as_stored(place) == before | {"duties": "Växel"}


def test_whom_the_agreement_rests_on_is_not_changed_here(as_coordinator, agency, place):
    before = as_stored(place)
    assert change(as_coordinator, place, contact=ContactFactory(agency=agency).pk, office="1").status_code == 302
    assert as_stored(place) == before
    assertContains(as_coordinator.get(form_of(place)), "Vem avtalet vilar på ändras genom att avtalet bekräftas.")


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"planned_start": "2018-12-02"}, "__all__", "Den planerade starten kan inte vara före avtalet."),
        ({"planned_start": "2021-12-31"}, "planned_start", "ligger mer än tre år fram"),
        ({"agreed_on": "2019-01-01"}, "agreed_on", "Avtalet kan inte dateras 2019-01-01: dagen har inte varit än."),
        ({"first_contact_on": "2018-12-04"}, "__all__", "Den första kontakten kan inte vara efter avtalet."),
        ({"planned_months": "7"}, "planned_months", "PIS är högst 6 månader per beslut och minst en."),
        ({"percent": "0"}, "percent", "Talet är för litet. Minst 1."),
        ({"duties": f"Hjälper {IDENTITY}"}, "duties", "personnummer"),
        ({"unit": f"Hos {IDENTITY}"}, "unit", "personnummer"),
        ({"duties": ""}, "duties", "Fyll i det här."),
        ({"target_groups": []}, "target_groups", "Välj något av alternativen."),
        ({"programme": ""}, "programme", "Välj något av alternativen."),
    ],
)
def test_a_rule_that_is_broken_is_told_and_typing_kept(as_coordinator, place, typed, field, words):
    before = rows()
    response = change(as_coordinator, place, **{"unit": "Nord"} | typed)
    assert list(errors(response)) == [field]
    assert words in errors(response)[field][0]
    sent = opened(response)
    for name, value in typed.items():
        assert sent.get(name, [""]) == (value if isinstance(value, list) and value else [value or ""]), name
    assert rows() == before


def test_another_programme_brings_its_own_rules(as_coordinator, place, mbj):
    response = change(as_coordinator, place, programme=mbj.pk)
    words = "En start 2019-01-14 går inte: sista dag för nya beslut i MBJ är 2018-12-31."
    assert errors(response) == {"planned_start": [words]}
    response = change(as_coordinator, place, programme=mbj.pk, planned_start="2018-12-31")
    assert errors(response) == {"target_groups": ["MBJ är inte för personer med funktionsnedsättning."]}


def test_somebody_who_has_left_stays_named_but_is_chosen_by_nobody_else(as_coordinator, coordinator, agency):
    gone = ContactFactory(agency=agency, name="Gun Borta")
    [here] = agreed(coordinator, agency=agency, tutor=gone)
    [other] = agreed(coordinator, agency=agency)
    type(gone).objects.filter(pk=gone.pk).update(left_on=date(2018, 12, 20))
    assert change(as_coordinator, here, duties="Växel").status_code == 302
    here.refresh_from_db()
    assert (here.tutor, here.duties) == (gone, "Växel")
    assert list(errors(change(as_coordinator, other, tutor=gone.pk))) == ["tutor"]


def test_two_who_change_a_place_lose_nothing(as_coordinator, log_in, place):
    as_colleague = log_in(UserFactory(name="Olle Kollega"))
    mine, theirs = as_coordinator.get(form_of(place)), as_colleague.get(form_of(place))
    as_colleague.post(form_of(place), filled(theirs, duties="Växel", percent=50))
    response = as_coordinator.post(form_of(place), filled(mine, duties="Vaktmästeri"))
    assertContains(response, "Ändrat medan du skrev, av Olle Kollega")
    told_of = {each.label: (each.now, each.typed, each.taken_in) for each in response.context["form"].meanwhile}
    assert told_of == {
        "Arbetsuppgifter": ("Växel", "Vaktmästeri", False),
        "Omfattning (procent)": ("50", "100", True),
    }
    assert as_coordinator.post(form_of(place), filled(response)).status_code == 302
    place.refresh_from_db()
    assert (place.duties, place.percent) == ("Vaktmästeri", 50)


def test_a_change_meets_a_start_that_was_made_meanwhile(as_coordinator, coordinator, place):
    mine = as_coordinator.get(form_of(place))
    group = place.target_groups.first()
    days = {"started_on": date(2018, 12, 10), "planned_end": date(2019, 3, 1)}
    lifecycle.start(place, by=coordinator, target_group=group, sex="man", **days)
    response = as_coordinator.post(form_of(place), filled(mine, planned_start="2019-02-01", duties="Växel"))
    # What a started place no longer takes is left as it was; the rest is saved, or the user is told to look again.
    place.refresh_from_db()
    assert place.planned_start == date(2019, 1, 14)
    assert place.started_on == date(2018, 12, 10)
    assert (response.status_code, place.duties) in ((302, "Växel"), (200, "Arkiv"))


def test_a_closed_place_is_not_changed(as_coordinator, coordinator, place):
    mine = as_coordinator.get(form_of(place))
    lifecycle.withdraw(place, by=coordinator, on=date(2018, 12, 20), reason="Ny chef")
    before = as_stored(place)
    response = as_coordinator.get(form_of(place))
    assertRedirects(response, place.get_absolute_url(), fetch_redirect_response=False)
    assert told(response) == ["Platsen drogs tillbaka 2018-12-20."]
    response = as_coordinator.post(form_of(place), filled(mine, duties="Växel"))
    assert errors(response)
    assert as_stored(place) == before
    ended = lifecycle.end(begun(coordinator), by=coordinator, ended_on=date(2018, 12, 3), outcome=Outcome.OTHER)
    assert as_coordinator.get(form_of(ended)).url == ended.get_absolute_url()
