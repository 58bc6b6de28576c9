"""Which rows a list has is kept until a fact changes, for whoever asks the same, and for nobody else."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.core.cache import caches
from django.test import override_settings

from agencies.models import Agency, NextStep
from praktik.accounts.roles import Role
from praktik.kept import Kept
from praktik.worklist import Worklist
from tests.factories import AgencyFactory, NextStepFactory, UserFactory

pytestmark = pytest.mark.django_db
TODAY = date(2018, 12, 31)


@pytest.fixture(autouse=True)
def real_cache() -> Iterator[None]:
    """A cache that keeps, as in production; the other tests have one that forgets."""
    memory = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "tests"}
    with override_settings(CACHES={"default": memory, "answers": memory}):
        caches["answers"].clear()
        yield
        caches["answers"].clear()


def test_it_is_asked_once_until_a_fact_changes():
    asked = []

    def ask() -> int:
        asked.append(1)
        return len(asked)

    assert [Kept().answer("same", ask) for _ in range(3)] == [1, 1, 1]
    assert Kept().answer("other", ask) == 2
    AgencyFactory()
    assert Kept().answer("same", ask) == 3


def test_an_answer_of_nothing_is_an_answer():
    asked = []
    for _ in range(2):
        assert Kept().answer("nothing", lambda: asked.append(1)) is None
    assert len(asked) == 1


def test_it_is_of_its_day(settings):
    asked = []
    for day in ("2018-12-30", "2018-12-31", "2018-12-31"):
        settings.PRAKTIK_TODAY = day
        Kept().answer("day", lambda: asked.append(1))
    assert len(asked) == 2


def test_a_list_knows_what_was_just_saved():
    rows = Agency.objects.order_by("name")
    first = AgencyFactory(name="B")
    assert (Kept().number(rows), Kept().keys(rows[:1])) == (1, [first.pk])
    second = AgencyFactory(name="A")
    assert (Kept().number(rows), Kept().keys(rows[:1])) == (2, [second.pk])


def test_the_worklist_follows_what_is_done_and_each_reader_has_their_own():
    karin, kim = UserFactory(role=Role.COORDINATOR), UserFactory(role=Role.COORDINATOR)
    step = NextStepFactory(owner=karin, due_on=TODAY)

    def seen(user: object) -> tuple[int, list[str]]:
        found = Worklist(user, on=TODAY)
        return found.number("steg"), [item.what for item in found.items("steg")]

    assert seen(karin) == (1, [step.what])
    assert seen(kim) == (0, [])
    done = NextStep.objects.get(pk=step.pk)
    done.done_on = TODAY
    done.save_record()
    assert seen(karin) == (0, [])
