"""An order is hard to match: it opens to every office, with what blocks it."""

from datetime import date

import pytest

from placements import lifecycle
from placements.choices import Requirement
from placements.models import MatchingOrder
from tests.factories import MatchingOrderFactory, PlacementFactory
from tests.placements.lives import IDENTITY, refused

pytestmark = [pytest.mark.django_db, pytest.mark.once]

ON = date(2018, 12, 20)


@pytest.fixture
def order(office):
    return MatchingOrderFactory(places=[PlacementFactory()], office=office)


@pytest.mark.parametrize("who", ["coordinator", "own_officer"])
def test_it_is_marked_with_the_requirement_that_blocks(order, request, who):
    user = request.getfixturevalue(who)
    lifecycle.flag_hard(order, by=user, on=ON, requirement=Requirement.LICENCE, words_on_it=" C-körkort ")
    order.refresh_from_db()
    assert (order.hard_since, order.blocked_by, order.blocked_words) == (ON, Requirement.LICENCE, "C-körkort")
    assert order.obstacle == "körkort: C-körkort"
    assert order.history.first().history_user == user
    assert list(MatchingOrder.objects.hard(on=ON)) == [order]
    assert not MatchingOrder.objects.hard(on=date(2018, 12, 19)).exists()


def test_marked_again_it_keeps_its_day_and_says_the_new_requirement(order, coordinator):
    lifecycle.flag_hard(order, by=coordinator, on=ON, requirement=Requirement.OTHER, words_on_it="Ensamt arbete")
    assert MatchingOrder.objects.get().obstacle == "Ensamt arbete"
    lifecycle.flag_hard(order, by=coordinator, on=date(2018, 12, 27), requirement=Requirement.TRAVEL)
    order.refresh_from_db()
    assert (order.hard_since, order.obstacle, order.blocked_words) == (ON, "svårt att resa dit", "")


@pytest.mark.parametrize("who", ["coordinator", "own_officer"])
def test_it_is_marked_no_longer(order, request, who):
    user = request.getfixturevalue(who)
    lifecycle.flag_hard(order, by=user, on=ON, requirement=Requirement.LICENCE, words_on_it="C-körkort")
    lifecycle.unflag(order, by=user)
    order.refresh_from_db()
    assert (order.hard_since, order.blocked_by, order.blocked_words, order.obstacle) == (None, "", "", "")
    assert order.history.first().history_user == user


@pytest.mark.parametrize("day", [date(2018, 12, 10), date(2018, 12, 31)])
def test_the_first_and_the_last_day(order, coordinator, day):
    assert lifecycle.flag_hard(order, by=coordinator, on=day, requirement=Requirement.HOURS).hard_since == day


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"on": date(2018, 12, 9)}, "Märkningen 2018-12-09 kan inte vara före ordern 2018-12-10."),
        ({"on": date(2019, 1, 1)}, "Märkningen kan inte dateras 2019-01-01: dagen har inte varit än."),
        ({"requirement": "längd"}, "Det som hindrar: välj något av det som visas."),
        ({"requirement": ""}, "Det som hindrar: välj något av det som visas."),
        ({"requirement": Requirement.OTHER}, "Hindret med ord behövs."),
        ({"words_on_it": "å" * 201}, "Hindret med ord är 201 tecken. Högst 200 får plats."),
        ({"words_on_it": f"Bara {IDENTITY} kan"}, "personnummer"),
    ],
)
def test_a_mark_that_does_not_do_is_refused(order, coordinator, said, words):
    with refused(words):
        lifecycle.flag_hard(order, **{"by": coordinator, "on": ON, "requirement": Requirement.LICENCE} | said)
