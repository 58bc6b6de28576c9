"""Starting a place: only figures about who is in it, within the programme's rules."""

from datetime import date

import pytest
from pytest_django.asserts import assertContains

from placements import lifecycle
from placements.choices import Sex
from placements.models import Placement, TargetGroup
from tests.agencies.browsing import errors, opened
from tests.factories import ProgrammeFactory, UserFactory
from tests.placements.lives import rows
from tests.placements.pages import agreed, filled, send

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def place(coordinator, agency, pis):
    """A PIS that was agreed on 2018-12-03, planned for six months."""
    return agreed(coordinator, agency=agency, programme=pis)[0]


@pytest.fixture
def job(coordinator, agency, mbj):
    """An MBJ that was agreed on 2018-12-03 for today, planned for ten months."""
    days = {"planned_start": date(2018, 12, 31), "planned_months": 10}
    return agreed(coordinator, agency=agency, programme=mbj, **days)[0]


def start(browser, place, **typed):
    given = {"target_group": place.target_groups.order_by("name").first().pk, "sex": Sex.WOMAN}
    return send(browser, f"/platser/{place.pk}/starta/", **given | typed)


def test_what_is_told_is_stored_and_nothing_else(as_coordinator, place, disability):
    typed = {"started_on": "2018-12-10", "planned_end": "2019-03-08", "target_group": disability.pk, "sex": "not_given"}
    assert start(as_coordinator, place, **typed).status_code == 302
    place.refresh_from_db()
    assert (place.started_on, place.planned_end) == (date(2018, 12, 10), date(2019, 3, 8))
    assert (place.target_group, place.sex) == (disability, Sex.NOT_GIVEN)
    assert (place.next_step, place.next_on) == ("Avsluta eller förläng", date(2019, 3, 8))


def test_today_is_proposed_and_without_an_end_the_planned_length(as_coordinator, place, job):
    form = as_coordinator.get(f"/platser/{place.pk}/starta/")
    assert opened(form)["started_on"] == ["2018-12-31"]
    assert "sex" not in opened(form)
    assertContains(form, "Tomt: 6 månader från första dagen, som planerat. PIS är högst 6 månader per beslut.")
    assertContains(as_coordinator.get(f"/platser/{job.pk}/starta/"), "Tomt: 10 månader")
    for each, began, end in ((place, "2018-12-10", date(2019, 6, 9)), (job, "2018-12-31", date(2019, 10, 30))):
        assert start(as_coordinator, each, started_on=began).status_code == 302
        each.refresh_from_db()
        assert each.planned_end == end


def test_the_only_target_group_is_proposed(as_coordinator, coordinator, agency, disability, place):
    [narrow] = agreed(coordinator, agency=agency, target_groups=[disability])
    assert opened(as_coordinator.get(f"/platser/{narrow.pk}/starta/"))["target_group"] == [str(disability.pk)]
    assert "target_group" not in opened(as_coordinator.get(f"/platser/{place.pk}/starta/"))


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"started_on": "2018-12-02"}, "Starten 2018-12-02 kan inte vara före avtalet 2018-12-03."),
        (
            {"started_on": "2018-12-10", "planned_end": "2018-12-09"},
            "Det planerade slutet 2018-12-09 kan inte vara före starten 2018-12-10.",
        ),
        (
            {"started_on": "2018-12-10", "planned_end": "2019-06-10"},
            "PIS är högst 6 månader sammanlagt. Räknat från 2018-12-10 är sista möjliga dag 2019-06-09.",
        ),
    ],
)
def test_a_rule_that_is_broken_is_told_and_typing_kept(as_coordinator, place, typed, words):
    before = rows()
    response = start(as_coordinator, place, **typed)
    [*_, broken] = typed
    assert errors(response) == {broken: [words]}
    assertContains(response, words)
    sent = opened(response)
    for name, value in (typed | {"sex": "woman"}).items():
        assert sent[name] == [value]
    assert rows() == before


def test_one_decision_is_no_longer_than_the_programme_allows(as_coordinator, job):
    response = start(as_coordinator, job, planned_end="2019-12-31")
    words = "MBJ är högst 12 månader per beslut. Räknat från 2018-12-31 är sista möjliga dag 2019-12-30."
    assert errors(response) == {"planned_end": [words]}
    assert start(as_coordinator, job, planned_end="2019-12-30").status_code == 302


def test_nothing_starts_after_the_programme_s_last_day_or_before_its_first(as_coordinator, coordinator, agency):
    over = ProgrammeFactory(code="SLUT")
    soon = ProgrammeFactory(code="SNART")
    places = [agreed(coordinator, agency=agency, programme=each)[0] for each in (over, soon)]
    type(over).objects.filter(pk=over.pk).update(last_day=date(2018, 12, 30))
    type(soon).objects.filter(pk=soon.pk).update(first_day=date(2019, 1, 1))
    told = [errors(start(as_coordinator, place))["started_on"] for place in places]
    assert told == [
        ["En start 2018-12-31 går inte: sista dag för nya beslut i SLUT är 2018-12-30."],
        ["En start 2018-12-31 går inte: SNART finns från och med 2019-01-01."],
    ]
    assert not Placement.objects.exclude(started_on=None).exists()


def test_a_target_group_of_another_programme_is_neither_offered_nor_taken(as_coordinator, place):
    unemployed = TargetGroup.objects.get(code="long_term_unemployed")
    form = as_coordinator.get(f"/platser/{place.pk}/starta/")
    assert unemployed not in form.context["form"].fields["target_group"].queryset
    before = rows()
    for forged in (unemployed.pk, 0, "9" * 30, "²", "\0", ""):
        assert list(errors(start(as_coordinator, place, target_group=forged))) == ["target_group"]
    assert rows() == before


def test_a_target_group_that_the_place_does_not_accept_is_not_taken(
    as_coordinator, coordinator, agency, disability, newly_arrived
):
    [narrow] = agreed(coordinator, agency=agency, target_groups=[disability])
    assert list(errors(start(as_coordinator, narrow, target_group=newly_arrived.pk))) == ["target_group"]


@pytest.mark.parametrize("sex", ["", "annat", "\0", "WOMAN"])
def test_a_sex_is_one_of_three(as_coordinator, place, sex):
    assert list(errors(start(as_coordinator, place, sex=sex))) == ["sex"]


def test_of_two_officers_the_second_is_told_that_it_has_started(log_in, office, own_officer, coordinator, place):
    colleague = UserFactory(role=own_officer.role)
    office.officers.add(colleague)
    Placement.objects.filter(pk=place.pk).update(office=office)
    address = f"/platser/{place.pk}/starta/"
    slow, quick = log_in(own_officer), log_in(colleague)
    typed = {"target_group": place.target_groups.first().pk, "sex": Sex.MAN, "started_on": "2018-12-28"}
    data = filled(slow.get(address), **typed)
    start(quick, place, started_on="2018-12-27")
    response = slow.post(address, data)
    assert errors(response) == {"__all__": ["Platsen startade redan 2018-12-27."]}
    assert opened(response)["started_on"] == ["2018-12-28"]


def test_an_officer_starts_what_the_own_office_owns_and_no_other(log_in, office, own_officer, place):
    browser = log_in(own_officer)
    assert browser.get(f"/platser/{place.pk}/starta/").status_code == 403
    Placement.objects.filter(pk=place.pk).update(office=office)
    assert start(browser, place).status_code == 302
    assert lifecycle.undo(place, by=own_officer).started_on is None
