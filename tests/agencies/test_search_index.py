"""On PostgreSQL the search of agencies and contacts uses trigram indexes."""

import pytest
from django.db import connection

from agencies.models import Agency, Contact
from tests.factories import AgencyFactory, ContactFactory

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no trigram index; it reads its few rows."),
]


@pytest.fixture
def _no_reading_through():
    """The few rows of a test are read faster than any index: forbid that, to see which index there is."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_indexscan = off")


@pytest.mark.usefixtures("_no_reading_through")
@pytest.mark.parametrize("text", ["skog", "ÅNGE", "härnö", "202100-2742", "anna.berg@trafik"])
def test_a_search_uses_the_indexes_of_both_tables(text):
    plan = Agency.objects.search(text).explain()
    for index in ("agency_name_words", "agency_number_words", "contact_name_words", "contact_email_words"):
        assert index in plan, plan


@pytest.mark.usefixtures("_no_reading_through")
def test_the_question_whether_an_address_is_taken_can_use_one():
    plan = Contact.objects.with_address("anna.berg@trafik.example.se").explain()
    assert "contact_email_words" in plan, plan


@pytest.mark.usefixtures("_no_reading_through")
def test_what_the_index_finds_is_what_is_there():
    found = AgencyFactory(name="Skogsstyrelsen i Ånge")
    ContactFactory(agency=found, name="ÖRJAN HÄRNÖ")
    AgencyFactory(name="Kustbevakningen")
    for text in ("ånge", "ÅNGE", "härnö örjan", "skog HÄRNÖ"):
        assert list(Agency.objects.search(text)) == [found]
