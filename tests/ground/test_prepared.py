"""Questions that are put together once: the same answers as without, on every connection, and planned on PostgreSQL."""

from datetime import date
from threading import Thread

import pytest
from django.db import connection, transaction
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from agencies.models import Agency
from praktik import prepared
from praktik.prepared import Texts
from tests.factories import AgencyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def texts() -> Texts:
    """A question that nobody has asked."""
    return Texts()


@pytest.fixture
def three() -> list[Agency]:
    """Three agencies, not in the order of their names."""
    return [AgencyFactory(name=name) for name in ("Ö", "A", "M")]


def test_rows_come_in_the_order_of_their_keys_and_what_is_gone_is_left_out(texts, three):
    keys = [three[2].pk, three[0].pk, 999_999]
    for _ in range(4):
        assert texts.of(keys, None, Agency.objects.all) == [three[2], three[0]]


def test_no_keys_ask_nothing(texts, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert texts.of([], None, Agency.objects.all) == []


@pytest.mark.parametrize("key", [2**63, -(2**63), 10**30])
def test_a_key_that_no_database_can_hold_finds_nothing(texts, three, key):
    for _ in range(3):
        assert texts.of([key], None, Agency.objects.all) == []
        assert texts.about(key, None, lambda pk: Agency.objects.filter(pk=pk)) == []


def test_it_is_put_together_once_for_the_same_and_anew_for_another(texts, three):
    built = []

    def build() -> QuerySet[Agency]:
        built.append(1)
        return Agency.objects.order_by("name")

    for _ in range(3):
        assert [each.name for each in texts.all("one", build)] == ["A", "M", "Ö"]
    texts.all("other", build)
    assert len(built) == 2
    texts.forget()
    texts.all("one", build)
    assert len(built) == 3


def test_the_answer_is_never_kept(texts, three):
    for number in range(3, 7):
        assert len(texts.all(None, Agency.objects.all)) == number
        AgencyFactory()


def test_one_key_stands_wherever_the_question_wants_it(texts, three):
    def build(pk: int) -> QuerySet[Agency]:
        above = Agency.objects.filter(pk__gt=pk).order_by()
        return Agency.objects.filter(pk=pk).order_by().union(above, all=True).order_by("pk")

    for agency in [three[0], three[2], three[1]] * 2:
        assert [each.pk for each in texts.about(agency.pk, None, build)] == [
            each.pk for each in three if each.pk >= agency.pk
        ]


def test_related_and_prefetched_rows_and_annotations_come_along(texts, three):
    def build() -> QuerySet[Agency]:
        return Agency.objects.with_overview(on=date(2018, 12, 31)).prefetch_related("contacts")

    for _ in range(3):
        found = texts.of([three[0].pk], None, build)[0]
        assert found.contact_count == 0
        assert list(found.contacts.all()) == []
        assert found.name == "Ö"


def test_what_can_find_nothing_asks_nothing(texts, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert texts.all(None, Agency.objects.none) == []


def test_the_texts_kept_are_so_many_at_most(texts, three, monkeypatch):
    monkeypatch.setattr(prepared, "_KEPT", 2)
    for number in range(5):
        texts.all(number, Agency.objects.all)
    assert len(texts._texts) == 2


@pytest.fixture
def plans() -> dict[int, bool]:
    """The plans of this connection, on PostgreSQL."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite keeps its plans itself.")
    connection.ensure_connection()
    known = prepared._plans.setdefault(connection.connection, {})
    with connection.cursor() as cursor:
        cursor.execute("DEALLOCATE ALL")
    known.clear()
    return known


def _asked(texts: Texts) -> list[str]:
    with CaptureQueriesContext(connection) as queries:
        texts.all(None, Agency.objects.all)
    return [query["sql"].split()[0] for query in queries.captured_queries]


def test_postgresql_plans_what_is_asked_for_the_second_time(texts, three, plans):
    assert [_asked(texts) for _ in range(3)] == [["SELECT"], ["EXECUTE"], ["EXECUTE"]]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE name LIKE 'praktik%%'")
        assert cursor.fetchone() == (1,)


def test_a_plan_outlives_a_transaction_that_came_to_nothing(texts, three, plans):
    texts.all(None, Agency.objects.all)
    with transaction.atomic():
        texts.all(None, Agency.objects.all)
        transaction.set_rollback(True)
    assert len(texts.all(None, Agency.objects.all)) == 3


def test_plans_are_so_many_at_most_and_begin_anew(three, plans, monkeypatch):
    monkeypatch.setattr(prepared, "_PLANNED", 2)
    for _ in range(3):
        texts = Texts()
        for _ in range(3):
            assert len(texts.all(None, Agency.objects.all)) == 3
    assert 1 <= sum(plans.values()) <= 2


@pytest.mark.django_db(transaction=True)
def test_each_connection_has_plans_of_its_own(texts, three, plans):
    for _ in range(3):
        texts.all(None, Agency.objects.all)
    found: list[int] = []

    def elsewhere() -> None:
        found.append(len(texts.all(None, Agency.objects.all)))
        found.append(len(texts.all(None, Agency.objects.all)))
        connection.close()

    thread = Thread(target=elsewhere)
    thread.start()
    thread.join(20)
    assert found == [3, 3]
