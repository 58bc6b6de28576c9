"""Who and where: the same started places, by group, sex, municipality, agency and office."""

from datetime import date

import pytest

from placements import lifecycle
from placements.choices import Sex
from reports.periods import Period, year_of
from reports.results import breakdowns
from tests.factories import AgencyFactory, MunicipalityFactory, OfficeFactory, UserFactory

pytestmark = pytest.mark.django_db

TODAY = date(2018, 12, 31)
YEAR = year_of(2018)
DAY = date(2018, 9, 3)


def told_of(parts):
    return [(part.pk, part.name, part.started) for part in parts]


def test_groups_are_crossed_with_sex(started, pis, mbj, newly_arrived, disability, django_assert_num_queries):
    started(DAY, target_group=newly_arrived, sex=Sex.WOMAN)
    started(DAY, target_group=newly_arrived, sex=Sex.WOMAN, ended_on=DAY)
    started(DAY, target_group=newly_arrived, sex=Sex.NOT_GIVEN)
    started(DAY, target_group=disability, sex=Sex.MAN)
    started(DAY, "MBJ", target_group=newly_arrived, sex=Sex.MAN)
    started(date(2017, 12, 31), target_group=disability, sex=Sex.MAN)
    with django_assert_num_queries(1):
        crossed = breakdowns.by_group_and_sex(YEAR, on=TODAY)
    assert crossed[pis.pk] == {
        (newly_arrived.pk, Sex.WOMAN): 2,
        (newly_arrived.pk, Sex.NOT_GIVEN): 1,
        (disability.pk, Sex.MAN): 1,
    }
    assert crossed[mbj.pk] == {(newly_arrived.pk, Sex.MAN): 1}
    assert breakdowns.by_group_and_sex(YEAR, on=date(2018, 9, 2)) == {}


def test_municipalities_stand_by_name_and_those_without_one_last(started, pis, mbj, django_assert_num_queries):
    """Swedish order: Å, Ä and Ö come after Z. The place's own municipality counts, not the agency's."""
    towns = {name: MunicipalityFactory(name=name) for name in ("Örnsköldsvik", "Ånge", "Sollefteå", "Äldreby")}
    started(DAY, municipality=None)
    for name in ("Örnsköldsvik", "Ånge", "Sollefteå", "Äldreby", "Ånge"):
        started(DAY, municipality=towns[name])
    started(DAY, "MBJ", municipality=towns["Ånge"])
    started(date(2019, 1, 1), municipality=towns["Ånge"])
    with django_assert_num_queries(1):
        parts = breakdowns.by_municipality(YEAR, on=TODAY)
    assert [(part.name, part.started) for part in parts[pis.pk]] == [
        ("Sollefteå", 1),
        ("Ånge", 2),
        ("Äldreby", 1),
        ("Örnsköldsvik", 1),
        ("Ingen kommun angiven", 1),
    ]
    assert parts[pis.pk][-1].pk is None
    assert told_of(parts[mbj.pk]) == [(towns["Ånge"].pk, "Ånge", 1)]


def test_an_agency_is_told_with_its_groups_and_sexes(started, agency, pis, mbj, newly_arrived, disability):
    """Also one that was archived since: what started there has started."""
    court = AgencyFactory(name="Ångermanlands tingsrätt", archived_on=date(2018, 12, 1))
    started(DAY, target_group=newly_arrived, sex=Sex.WOMAN)
    started(DAY, target_group=newly_arrived, sex=Sex.MAN)
    for sex in (Sex.MAN, Sex.MAN, Sex.WOMAN):
        started(DAY, target_group=disability, sex=sex)
    started(DAY, target_group=disability, sex=Sex.WOMAN, agency=court)
    started(DAY, "MBJ")
    parts = breakdowns.by_agency(YEAR, on=TODAY)
    assert told_of(parts[pis.pk]) == [(agency.pk, "Trafikverket", 5), (court.pk, "Ångermanlands tingsrätt", 1)]
    [own, other] = parts[pis.pk]
    assert (own.groups, own.sexes) == ({newly_arrived.pk: 2, disability.pk: 3}, {Sex.WOMAN: 2, Sex.MAN: 3})
    assert (other.groups, other.sexes) == ({disability.pk: 1}, {Sex.WOMAN: 1})
    assert told_of(parts[mbj.pk]) == [(agency.pk, "Trafikverket", 1)]
    assert breakdowns.by_agency(Period(DAY, DAY), on=date(2018, 9, 2)) == {}


def begin(place, by, on=DAY):
    group = place.target_groups.first()
    return lifecycle.start(
        place, by=by, started_on=on, planned_end=date(2018, 12, 31), target_group=group, sex=Sex.WOMAN
    )


def test_the_office_is_the_one_that_had_the_order_when_somebody_started(agreed, office, own_officer, coordinator, pis):
    """Not the one that owns the place, nor the one that was asked first. What is recalled later changes nothing."""
    other = OfficeFactory(name="Arbetsförmedlingen Ånge", officers=[UserFactory(role="case_officer")])
    asked_on, places = date(2018, 8, 20), [agreed(agreed_on=date(2018, 8, 1)) for _ in range(4)]
    lifecycle.order(places[:1], by=coordinator, office=other, sent_on=date(2018, 8, 6), profile="Arkiv")
    sent = lifecycle.order(places[:3], by=coordinator, office=office, sent_on=asked_on, profile="Arkiv")
    begin(places[0], coordinator)
    begin(places[1], coordinator)
    lifecycle.recall(sent, by=coordinator, on=date(2018, 9, 4))
    begin(places[3], coordinator)
    begin(places[2], coordinator, on=date(2018, 9, 10))  # without an order since
    [handover] = lifecycle.hand_over(places[:1], by=coordinator, office=other, on=date(2018, 10, 1), note="")
    lifecycle.accept_handover(handover, by=other.officers.get(), on=date(2018, 10, 2))
    told = breakdowns.by_office(YEAR, on=TODAY)[pis.pk]
    assert sorted(told, key=str) == sorted([(None, "Utan order", 2), (office.pk, office.name, 2)], key=str)


def test_offices_stand_by_name_and_what_started_without_an_order_last(started, agreed, coordinator, mbj, pis):
    names = ("Arbetsförmedlingen Örnsköldsvik", "Arbetsförmedlingen Ånge", "Arbetsförmedlingen Härnösand")
    started(DAY)
    for name in names:
        place = agreed(agreed_on=date(2018, 8, 1))
        sent_on = date(2018, 8, 6)
        lifecycle.order([place], by=coordinator, office=OfficeFactory(name=name), sent_on=sent_on, profile="Arkiv")
        begin(place, coordinator)
    told = breakdowns.by_office(YEAR, on=TODAY)
    assert [name for _, name, _ in told[pis.pk]] == [names[2], names[1], names[0], "Utan order"]
    assert mbj.pk not in told
