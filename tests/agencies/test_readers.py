"""Who reads the letters at the offices, and that the last reader of an open office is not taken away."""

from datetime import timedelta

import pytest
from django.urls import reverse

from agencies.readers import Reader, is_deliverable, readers, readers_of
from praktik.accounts.roles import Role
from tests.agencies.browsing import forms_of
from tests.factories import OfficeFactory, UserFactory

pytestmark = pytest.mark.django_db


def officer(name="Hanna Berg", **fields):
    return UserFactory(name=name, **({"role": Role.CASE_OFFICER, "email": "hanna@af.example.se"} | fields))


@pytest.mark.once
@pytest.mark.parametrize("address", ["brev@af.example.se", "BREV@af.example.se", f"{'a' * 64}@{'b' * 60}.example.se"])
def test_a_letter_can_be_sent_there(address):
    assert is_deliverable(address)


@pytest.mark.once
@pytest.mark.parametrize(
    "address",
    [
        "",
        "brev",
        "brev@af",
        "brev@af.example.se\n",
        "brev@af.example.se\r\nBcc: alla@example.se",
        '"brev\x01"@af.example.se',
        '"brev\x7f"@af.example.se',
        "a" * 64 + "@" + ".".join(["b" * 60] * 3) + ".example.se",
    ],
)
def test_no_letter_can_be_sent_there(address):
    assert not is_deliverable(address)


def test_an_office_s_own_address_reads_alone():
    office = OfficeFactory(name="Timrå", letter_email="Brev@AF.example.se", officers=[officer()])
    assert readers_of(office) == [Reader("brev@af.example.se", "Timrå")]


def test_without_an_address_the_officers_read_in_swedish_order():
    office = OfficeFactory(
        letter_email='"brev\x01"@af.example.se',
        officers=[
            officer("Åsa Ek", email="asa@af.example.se"),
            officer("Zoe Dal", email="Zoe@af.example.se"),
            officer("Bo Borta", email="bo@af.example.se", is_active=False),
            officer("Stina Styr", email="stina@af.example.se", role=Role.STEERING_GROUP),
            officer("Orimlig", email='"o\x01"@af.example.se'),
        ],
    )
    assert readers_of(office) == [Reader("zoe@af.example.se", "Zoe Dal"), Reader("asa@af.example.se", "Åsa Ek")]


def test_all_open_offices_and_their_readers_cost_two_queries(django_assert_num_queries, today):
    hanna = officer()
    offices = [
        OfficeFactory(name="Ånge", officers=[hanna, officer("Anna Ek", email="anna@af.example.se")]),
        OfficeFactory(name="Timrå", letter_email="timra@af.example.se", closed_on=today + timedelta(days=1)),
        OfficeFactory(name="Öde"),
    ]
    OfficeFactory(name="Stängt", letter_email="stangt@af.example.se", closed_on=today)
    with django_assert_num_queries(2):
        found = readers(on=today)
    assert [office.name for office in found] == ["Timrå", "Ånge", "Öde"]
    assert found == {office: readers_of(office) for office in offices}
    assert [each.name for each in found[offices[0]]] == ["Anna Ek", "Hanna Berg"]


# The office in the admin site

UNREAD = "Kontoret har då ingen som läser brev. Ange en adress för brev eller en handläggare till."


def saved_by_administrator(browser, office, **typed):
    """What the form says is wrong, by field, when the administrator sends it; nothing when it was saved."""
    page = reverse("admin:agencies_office_change", args=[office.pk])
    (form,) = [fields for _, fields in forms_of(browser.get(page)) if "letter_email" in fields]
    answer = browser.post(page, form | typed)
    before = (office.letter_email, office.closed_on)
    office.refresh_from_db()
    if answer.status_code == 302:
        return None
    assert (office.letter_email, office.closed_on) == before
    return {name: list(words) for name, words in answer.context["adminform"].form.errors.items()}


def test_an_open_office_keeps_its_address_or_an_officer(as_administrator, today):
    hanna = officer()
    office = OfficeFactory(letter_email="brev@af.example.se")
    assert saved_by_administrator(as_administrator, office, letter_email="") == {"letter_email": [UNREAD]}
    # An officer who may not log in reads nothing.
    gone = officer("Gunnar Gren", email="gunnar@af.example.se", is_active=False)
    typed = {"letter_email": "", "officers": [gone.pk]}
    assert saved_by_administrator(as_administrator, office, **typed) == {"letter_email": [UNREAD]}
    # Closing ahead leaves it open today.
    typed = {"letter_email": "", "closed_on": today + timedelta(days=1)}
    assert saved_by_administrator(as_administrator, office, **typed) == {"letter_email": [UNREAD]}
    assert saved_by_administrator(as_administrator, office, letter_email="", officers=[hanna.pk]) is None
    assert saved_by_administrator(as_administrator, office, officers=[]) == {"officers": [UNREAD]}
    assert list(office.officers.all()) == [hanna]
    assert saved_by_administrator(as_administrator, office, officers=[], letter_email="ny@af.example.se") is None
    assert saved_by_administrator(as_administrator, office, letter_email="", closed_on=today) is None


@pytest.mark.once
def test_an_office_that_had_no_reader_may_be_changed(as_administrator):
    office = OfficeFactory()
    assert saved_by_administrator(as_administrator, office, name="Arbetsförmedlingen Ådalen") is None
    assert office.name == "Arbetsförmedlingen Ådalen"


@pytest.mark.once
def test_an_address_that_nothing_can_be_sent_to_is_refused(as_administrator):
    office = OfficeFactory()
    wrong = saved_by_administrator(as_administrator, office, letter_email='"brev\x01"@af.example.se')
    assert wrong == {"letter_email": ["Dit går det inte att skicka brev. Kontrollera adressen."]}
