"""The administrator's forms: a stale one is stopped there too, and only case officers can be an office's."""

import pytest
from django.urls import reverse

from agencies.models import Office
from praktik.accounts.roles import Role
from tests.agencies.browsing import forms_of
from tests.factories import OfficeFactory, UserFactory


@pytest.fixture
def office(db):
    return OfficeFactory(name="Arbetsförmedlingen Härnösand", letter_email="gammal@example.se")


def opened(client, page, field):
    """The fields of the form on a page that has this one, as they stand."""
    (form,) = [fields for _, fields in forms_of(client.get(page)) if field in fields]
    return form


def change_page(office):
    """Where the administrator changes an office."""
    return reverse("admin:agencies_office_change", args=[office.pk])


def test_the_second_of_two_who_change_an_office_is_told_what_stands_there(as_administrator, office):
    page = change_page(office)
    first, second = (opened(as_administrator, page, "letter_email") for _ in range(2))
    assert as_administrator.post(page, first | {"letter_email": "ny@example.se"}).status_code == 302

    stopped = as_administrator.post(page, second | {"name": "Arbetsförmedlingen Ådalen"})

    assert stopped.status_code == 200
    assert "nu ny@example.se, du skrev gammal@example.se" in stopped.content.decode()
    office.refresh_from_db()
    assert (office.name, office.letter_email) == ("Arbetsförmedlingen Härnösand", "ny@example.se")


def test_a_user_s_page_stops_a_stale_change_as_well(as_administrator, officer):
    page = reverse("admin:accounts_user_change", args=[officer.pk])
    first, second = (opened(as_administrator, page, "email") for _ in range(2))
    assert as_administrator.post(page, first | {"name": "Hanna Ny"}).status_code == 302

    assert as_administrator.post(page, second | {"name": "Hanna Annan"}).status_code == 200

    officer.refresh_from_db()
    assert officer.name == "Hanna Ny"


@pytest.mark.parametrize("role", [role for role in Role if role != Role.CASE_OFFICER])
def test_only_a_case_officer_can_be_an_office_s(as_administrator, office, role):
    other = UserFactory(role=role)
    page = change_page(office)

    refused = as_administrator.post(page, opened(as_administrator, page, "letter_email") | {"officers": [other.pk]})

    assert refused.status_code == 200
    assert not Office.objects.get().officers.exists()


def test_logging_in_leaves_no_entry_in_the_history(officer, client):
    before = officer.history.count()
    officer.last_login = "2018-12-31T08:00:00+01:00"
    officer.save(update_fields=["last_login"])
    assert officer.history.count() == before
    officer.refresh_from_db()
    assert officer.last_login is not None
