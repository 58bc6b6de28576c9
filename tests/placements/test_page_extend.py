"""Extending a place: the new end within what the programme allows, and never over another extension."""

from datetime import date

import pytest
from pytest_django.asserts import assertContains

from placements import lifecycle
from placements.models import Extension, Programme
from tests.agencies.browsing import errors, opened
from tests.placements.lives import rows
from tests.placements.pages import begun, send

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def place(coordinator, agency, mbj):
    """An MBJ from 2018-09-03 until 2019-02-28."""
    return begun(coordinator, agency=agency, programme=mbj)


def extend(browser, place, **typed):
    return send(browser, f"/platser/{place.pk}/forlang/", **{"new_end": "2019-08-30"} | typed)


def test_what_is_told_is_stored(as_coordinator, place):
    typed = {"decided_on": "2018-12-10", "new_end": "2019-08-30", "reason": "Det går bra."}
    assert extend(as_coordinator, place, **typed).status_code == 302
    extension = place.extensions.get()
    assert (extension.decided_on, extension.previous_end) == (date(2018, 12, 10), date(2019, 2, 28))
    assert (extension.new_end, extension.reason) == (date(2019, 8, 30), "Det går bra.")
    place.refresh_from_db()
    assert (place.planned_end, place.next_on) == (date(2019, 8, 30), date(2019, 8, 30))


def test_today_is_proposed_and_how_far_it_may_go_is_told(as_coordinator, place):
    form = as_coordinator.get(f"/platser/{place.pk}/forlang/")
    assert opened(form)["decided_on"] == ["2018-12-31"]
    assertContains(form, "Slutar nu 2019-02-28. Senast 2020-02-29 enligt reglerna för MBJ.")
    bounds = form.context["form"].fields["new_end"].widget.attrs
    assert (bounds["min"], bounds["max"]) == ("2019-03-01", "2020-02-29")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"new_end": "2019-02-27"}, "Platsen går redan till 2019-02-28. En förlängning slutar senare."),
        ({"new_end": "2019-02-28"}, "Platsen går redan till 2019-02-28. En förlängning slutar senare."),
        (
            {"new_end": "2020-03-01"},
            "MBJ är högst 12 månader per beslut. Räknat från 2019-03-01 är sista möjliga dag 2020-02-29.",
        ),
        (
            {"new_end": "2020-09-03"},
            "MBJ är högst 24 månader sammanlagt. Räknat från 2018-09-03 är sista möjliga dag 2020-09-02.",
        ),
        ({"decided_on": "2018-09-02"}, "Beslutet 2018-09-02 kan inte vara före starten 2018-09-03."),
    ],
)
def test_a_rule_that_is_broken_is_told_and_typing_kept(as_coordinator, place, typed, words):
    before = rows()
    response = extend(as_coordinator, place, reason="Det går bra.", **typed)
    [broken] = typed
    assert errors(response) == {broken: [words]}
    assertContains(response, words)
    for name, value in (typed | {"reason": "Det går bra."}).items():
        assert opened(response)[name] == [value]
    assert rows() == before


def test_the_second_begins_where_the_first_ended(as_coordinator, coordinator, place):
    assert extend(as_coordinator, place).status_code == 302
    words = ["Platsen går redan till 2019-08-30. En förlängning slutar senare."]
    assert errors(extend(as_coordinator, place)) == {"new_end": words}
    assert extend(as_coordinator, place, new_end="2020-08-30").status_code == 302
    words = "MBJ är högst 24 månader sammanlagt. Räknat från 2018-09-03 är sista möjliga dag 2020-09-02."
    assert errors(extend(as_coordinator, place, new_end="2020-09-03")) == {"new_end": [words]}
    assert Extension.objects.count() == 2


def test_a_pis_that_has_had_its_six_months_is_not_extended(as_coordinator, coordinator, agency):
    place = begun(coordinator, agency=agency)
    words = "PIS är högst 6 månader sammanlagt. Räknat från 2018-09-03 är sista möjliga dag 2019-03-02."
    assert errors(extend(as_coordinator, place, new_end="2019-03-03")) == {"new_end": [words]}
    assert extend(as_coordinator, place, new_end="2019-03-02").status_code == 302


def test_nothing_is_extended_after_the_programme_s_last_day(as_coordinator, place):
    Programme.objects.filter(code="MBJ").update(last_day=date(2018, 12, 30))
    words = "En förlängning 2018-12-31 går inte: sista dag för nya beslut i MBJ är 2018-12-30."
    assert errors(extend(as_coordinator, place)) == {"decided_on": [words]}
    assert extend(as_coordinator, place, decided_on="2018-12-30").status_code == 302


def test_an_extension_that_is_undone_leaves_the_end_as_it_was(as_coordinator, coordinator, place):
    extend(as_coordinator, place)
    lifecycle.undo(place, by=coordinator)
    place.refresh_from_db()
    assert place.planned_end == date(2019, 2, 28)
    assert extend(as_coordinator, place, new_end="2019-03-29").status_code == 302
