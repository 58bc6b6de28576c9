"""A user in the admin site: the last who reads the letters of an open office stays until there is another."""

import pytest
from django.urls import reverse

from praktik.accounts.models import User
from praktik.accounts.roles import Role
from tests.agencies.browsing import at_the_same_moment, forms_of
from tests.factories import OfficeFactory, UserFactory

OFF, OTHER_ROLE, NO_ADDRESS = {"is_active": []}, {"role": Role.COORDINATOR}, {"email": '"h\x01"@af.example.se'}


def saved_by_administrator(browser, user, typed):
    """What the form says is wrong, by field, when the administrator sends it; nothing when it was saved."""
    page = reverse("admin:accounts_user_change", args=[user.pk])
    (form,) = [fields for _, fields in forms_of(browser.get(page)) if "email" in fields]
    answer = browser.post(page, {name: value for name, value in (form | typed).items() if value})
    if answer.status_code == 302:
        return None
    before = (user.is_active, user.role, user.email)
    user.refresh_from_db()
    assert (user.is_active, user.role, user.email) == before
    return {name: list(words) for name, words in answer.context["adminform"].form.errors.items()}


@pytest.mark.parametrize(("field", "typed"), [("is_active", OFF), ("role", OTHER_ROLE), ("email", NO_ADDRESS)])
def test_the_last_reader_of_open_offices_stays_as_they_are(as_administrator, officer, field, typed):
    away = UserFactory(role=Role.CASE_OFFICER, is_active=False)
    for name in ("Ånge", "Timrå"):
        OfficeFactory(name=name, officers=[officer, away])
    OfficeFactory(name="Har adress", officers=[officer], letter_email="brev@af.example.se")
    OfficeFactory(name="Har en till", officers=[officer, UserFactory(role=Role.CASE_OFFICER)])
    OfficeFactory(name="Någon annans", officers=[UserFactory(role=Role.CASE_OFFICER)])
    words = "Då läser ingen breven till Timrå, Ånge. Ange först en adress för brev eller en handläggare till där."
    assert saved_by_administrator(as_administrator, officer, typed) == {field: [words]}


@pytest.mark.once
@pytest.mark.parametrize("typed", [OFF, OTHER_ROLE, NO_ADDRESS])
def test_who_is_no_last_reader_is_changed(as_administrator, officer, today, typed):
    OfficeFactory(officers=[officer], letter_email="brev@af.example.se")
    OfficeFactory(officers=[officer, UserFactory(role=Role.CASE_OFFICER)])
    OfficeFactory(officers=[officer], closed_on=today)
    assert saved_by_administrator(as_administrator, officer, typed) is None


@pytest.mark.once
def test_a_last_reader_may_have_another_address_and_name(as_administrator, officer):
    OfficeFactory(officers=[officer])
    assert saved_by_administrator(as_administrator, officer, {"email": "ny@af.example.se", "name": "Ny"}) is None
    officer.refresh_from_db()
    assert (officer.email, officer.name) == ("ny@af.example.se", "Ny")


@pytest.mark.once
def test_the_administrator_gives_a_telephone_number(as_administrator, officer):
    assert list(saved_by_administrator(as_administrator, officer, {"phone": "ring mig"})) == ["phone"]
    assert saved_by_administrator(as_administrator, officer, {"phone": "0611-555 02"}) is None
    officer.refresh_from_db()
    assert officer.phone == "0611-555 02"


@pytest.mark.django_db(transaction=True)
def test_of_two_last_readers_who_are_switched_off_at_the_same_moment_one_stays(log_in):
    officers = [UserFactory(role=Role.CASE_OFFICER) for _ in range(2)]
    OfficeFactory(officers=officers)

    def switch_off(user):
        browser = log_in(UserFactory(role=Role.ADMINISTRATOR))
        page = reverse("admin:accounts_user_change", args=[user.pk])
        (form,) = [fields for _, fields in forms_of(browser.get(page)) if "email" in fields]
        return lambda: browser.post(page, {name: value for name, value in (form | OFF).items() if value})

    answers = at_the_same_moment(User._meta.db_table, *(switch_off(user) for user in officers))
    assert sorted(answer.status_code for answer in answers) == [200, 302]
    assert User.objects.filter(role=Role.CASE_OFFICER, is_active=True).count() == 1
