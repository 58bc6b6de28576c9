"""Who may do what is one table; the database follows it, and the administrator keeps users by it."""

import pytest
from django.apps import apps
from django.contrib.auth.hashers import identify_hasher, make_password
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command

from agencies.models import Municipality, Office
from praktik.accounts.models import User
from praktik.accounts.roles import PERMISSIONS, Role, roles_with, write_roles
from praktik.settings import base
from tests.factories import PASSWORD, MunicipalityFactory, OfficeFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]

EVERY = sorted({permission for held in PERMISSIONS.values() for permission in held})


def held_by_group(role):
    names = Permission.objects.filter(group__name=role.value)
    return sorted(f"{app}.{name}" for app, name in names.values_list("content_type__app_label", "codename"))


@pytest.mark.parametrize("role", Role)
def test_after_migrating_a_role_holds_exactly_what_the_table_says(role):
    assert held_by_group(role) == sorted(PERMISSIONS[role])


def test_the_table_speaks_of_every_role_and_says_nothing_twice():
    assert set(PERMISSIONS) == set(Role)
    assert all(len(held) == len(set(held)) for held in PERMISSIONS.values())


@pytest.mark.parametrize("permission", EVERY)
def test_a_permission_that_the_table_names_exists(permission):
    app, name = permission.split(".")
    assert Permission.objects.filter(content_type__app_label=app, codename=name).count() == 1


@pytest.mark.parametrize("role", Role)
def test_a_user_may_do_what_the_table_says_and_nothing_else(role):
    user = UserFactory(role=role)
    assert {permission for permission in EVERY if user.has_perm(permission)} == set(PERMISSIONS[role])
    assert not user.has_perm("agencies.delete_agency")
    assert user.has_perms(PERMISSIONS[role])
    assert not user.has_perms([*PERMISSIONS[role], "agencies.delete_agency"])


# What the domain description says of each role, in its own words' order.
@pytest.mark.parametrize(
    ("permission", "roles"),
    [
        ("agencies.add_dialogue", [Role.COORDINATOR]),
        ("agencies.read_notes", [Role.COORDINATOR]),
        ("agencies.view_obstacle", [Role.COORDINATOR]),
        ("agencies.view_nextstep", [Role.COORDINATOR]),
        ("agencies.archive_agency", [Role.COORDINATOR]),
        ("agencies.change_contact", [Role.COORDINATOR]),
        ("agencies.view_agency", [Role.COORDINATOR, Role.CASE_OFFICER]),
        ("agencies.view_contact", [Role.COORDINATOR, Role.CASE_OFFICER]),
        ("agencies.view_dialogue", [Role.COORDINATOR, Role.CASE_OFFICER]),
        ("reports.read_results", [Role.COORDINATOR, Role.STEERING_GROUP]),
        ("accounts.change_user", [Role.ADMINISTRATOR]),
        ("agencies.change_office", [Role.ADMINISTRATOR]),
        ("agencies.address_office", [Role.COORDINATOR]),
        ("agencies.delete_agency", []),
        ("accounts.delete_user", []),
    ],
)
def test_the_roles_of_a_permission_are_those_that_do_the_work(permission, roles):
    assert roles_with(permission) == roles


def test_the_steering_group_reads_figures_and_nothing_else():
    assert PERMISSIONS[Role.STEERING_GROUP] == ["reports.read_results"]


def test_somebody_who_has_stopped_working_here_may_do_nothing():
    user = UserFactory(role=Role.COORDINATOR, is_active=False)
    assert not any(user.has_perm(permission) for permission in EVERY)


@pytest.mark.parametrize("role", Role)
def test_nobody_stands_above_the_table_and_only_the_administrator_enters_the_admin_site(role):
    user = UserFactory(role=role)
    assert user.is_superuser is False
    assert user.is_staff is (role == Role.ADMINISTRATOR)
    assert user.has_module_perms("agencies") is (role != Role.STEERING_GROUP)
    assert user.has_module_perms("reports") is (role != Role.ADMINISTRATOR)
    assert user.has_module_perms("accounts") is (role == Role.ADMINISTRATOR)


def test_asking_what_one_may_do_costs_one_query(django_assert_num_queries):
    user = UserFactory()
    with django_assert_num_queries(1):
        assert user.has_perm("agencies.view_agency")
        assert not user.has_perm("agencies.view_municipality")


def tamper():
    """Somebody has changed what the database says of the roles."""
    group = Group.objects.get(name=Role.CASE_OFFICER.value)
    group.permissions.remove(Permission.objects.get(codename="view_agency"))
    group.permissions.add(Permission.objects.get(codename="read_notes"))
    Group.objects.get(name=Role.STEERING_GROUP.value).delete()


def test_the_next_migrate_applies_the_table():
    tamper()
    officer = UserFactory(role=Role.CASE_OFFICER)
    assert officer.has_perm("agencies.read_notes")
    call_command("migrate", verbosity=0)
    officer = User.objects.get(pk=officer.pk)
    assert not officer.has_perm("agencies.read_notes")
    assert officer.has_perm("agencies.view_agency")
    assert all(held_by_group(role) == sorted(PERMISSIONS[role]) for role in Role)


def test_writing_the_table_twice_changes_nothing():
    for _ in range(2):
        write_roles(apps.get_app_config("agencies"), using="default")
    assert Group.objects.count() == len(Role)
    assert all(held_by_group(role) == sorted(PERMISSIONS[role]) for role in Role)


def test_an_app_that_the_table_does_not_speak_of_leaves_the_roles_alone():
    tamper()
    write_roles(apps.get_app_config("sessions"), using="default")
    assert not Group.objects.filter(name=Role.STEERING_GROUP.value).exists()


# The administrator.

USERS = "/admin/accounts/user/"


@pytest.mark.parametrize(
    "address",
    [USERS, f"{USERS}add/", "/admin/agencies/office/", "/admin/agencies/office/add/", "/admin/agencies/municipality/"],
)
def test_the_administrator_reaches_users_offices_and_municipalities(as_administrator, address):
    UserFactory()
    OfficeFactory()
    assert as_administrator.get(address).status_code == 200


@pytest.mark.parametrize("kind", ["agency", "contact", "dialogue", "obstacle", "nextstep"])
def test_the_administrator_reaches_nothing_of_what_is_said_with_agencies(as_administrator, kind):
    assert as_administrator.get(f"/admin/agencies/{kind}/").status_code == 404
    assert as_administrator.get("/myndigheter/").status_code == 403


@pytest.mark.parametrize("model", ["auth/group", "axes/accessattempt", "django_tasks_db/dbtaskresult"])
def test_nobody_changes_roles_or_locks_in_the_admin_site(as_administrator, model):
    assert as_administrator.get(f"/admin/{model}/").status_code in (403, 404)


def test_a_new_user_gets_no_password_and_a_history(as_administrator, administrator):
    typed = {"email": "Ny.Person@Example.se", "name": "Ny Person", "role": "case_officer", "is_active": "on"}
    form = as_administrator.get(f"{USERS}add/").context["adminform"].form
    assert not [name for name in form.fields if "password" in name]
    assert as_administrator.post(f"{USERS}add/", typed).status_code == 302
    user = User.objects.get(email="ny.person@example.se")
    assert (user.name, user.role, user.has_usable_password()) == ("Ny Person", Role.CASE_OFFICER, False)
    assert user.history.get().history_user == administrator


def test_changing_a_user_leaves_the_password_alone(as_administrator):
    user = UserFactory(email="eva@example.se")
    typed = {"email": "eva.ek@example.se", "name": "Eva Ek", "role": "steering_group", "is_active": "on"}
    typed["version"] = user.version()
    assert as_administrator.post(f"{USERS}{user.pk}/change/", typed).status_code == 302
    user.refresh_from_db()
    assert (user.email, user.role) == ("eva.ek@example.se", Role.STEERING_GROUP)
    assert user.check_password(PASSWORD)


def test_of_two_administrators_who_change_a_user_the_later_is_told(as_administrator, log_in):
    user = UserFactory(email="eva@example.se", name="Eva Ek", role=Role.COORDINATOR)
    address = f"{USERS}{user.pk}/change/"
    version = as_administrator.get(address).context["adminform"].form["version"].value()
    typed = {"email": "eva@example.se", "name": "Eva Ek", "is_active": "on", "version": version}
    other = log_in(UserFactory(role=Role.ADMINISTRATOR))
    assert other.post(address, typed | {"role": "steering_group"}).status_code == 302
    answer = as_administrator.post(address, typed | {"role": "case_officer"})
    assert answer.status_code == 200
    told = answer.context["adminform"].form.non_field_errors()
    assert "Roll: nu styrgrupp, du skrev handläggare." in told
    user.refresh_from_db()
    assert user.role == Role.STEERING_GROUP


def test_one_person_is_one_user_whatever_the_case_of_the_address(as_administrator):
    UserFactory(email="eva@example.se")
    typed = {"email": "EVA@example.se", "name": "Eva Ek", "role": "coordinator", "is_active": "on"}
    answer = as_administrator.post(f"{USERS}add/", typed)
    assert answer.status_code == 200
    assert answer.context["adminform"].form.errors
    assert User.objects.filter(email__iexact="eva@example.se").count() == 1


def test_a_user_is_switched_off_and_never_deleted(as_administrator):
    user = UserFactory()
    assert as_administrator.post(f"{USERS}{user.pk}/delete/", {"post": "yes"}).status_code == 403
    typed = {"action": "delete_selected", "_selected_action": [user.pk], "post": "yes"}
    as_administrator.post(USERS, typed)
    assert User.objects.filter(pk=user.pk).exists()
    typed = {"email": user.email, "name": user.name, "role": user.role, "version": user.version()}
    assert as_administrator.post(f"{USERS}{user.pk}/change/", typed).status_code == 302
    user.refresh_from_db()
    assert user.is_active is False


@pytest.mark.parametrize("make", [OfficeFactory, MunicipalityFactory])
def test_an_office_or_a_municipality_is_never_deleted(as_administrator, make):
    record = make()
    address = f"/admin/agencies/{record._meta.model_name}/{record.pk}"
    assert as_administrator.post(f"{address}/delete/", {"post": "yes"}).status_code == 403
    record.refresh_from_db()


def test_an_office_is_kept_with_its_officers_as_one_entry_of_its_history(as_administrator, administrator, officer):
    town = MunicipalityFactory(name="Ånge")
    typed = {"name": "Arbetsförmedlingen Ånge", "municipalities": [town.pk], "officers": [officer.pk]}
    assert as_administrator.post("/admin/agencies/office/add/", typed).status_code == 302
    office = Office.objects.get()
    assert list(office.officers.all()) == [officer]
    latest = office.history.latest()
    assert latest.history_user == administrator
    assert [each.user for each in latest.officers.all()] == [officer]
    answer = as_administrator.get(f"/historik/kontor/{office.pk}/")
    assert len(answer.context["entries"]) == 1
    assert Municipality.objects.count() == 1


def test_a_wrong_code_of_a_municipality_is_refused(as_administrator):
    answer = as_administrator.post("/admin/agencies/municipality/add/", {"code": "22a1", "name": "Ånge"})
    assert answer.context["adminform"].form.errors["code"]
    assert not Municipality.objects.exists()


# Passwords.


def test_passwords_are_kept_by_argon2_in_production(client, settings):
    settings.PASSWORD_HASHERS = base.PASSWORD_HASHERS
    assert identify_hasher(make_password(PASSWORD)).algorithm == "argon2"
    user = UserFactory()
    assert user.password.startswith("argon2$argon2id$")
    assert client.post("/logga-in/", {"username": user.email, "password": PASSWORD}).status_code == 302


def test_the_first_administrator_is_made_at_the_command_line():
    user = User.objects.create_superuser("Chef@example.se", PASSWORD, name="Första Administratören")
    assert (user.email, user.role, user.is_staff) == ("chef@example.se", Role.ADMINISTRATOR, True)
    assert user.check_password(PASSWORD)


@pytest.mark.parametrize("key", ["x", "²", "-1", "9" * 30])
def test_the_history_of_what_does_not_exist_is_not_found(as_administrator, key):
    assert as_administrator.get(f"/admin/accounts/user/{key}/history/", follow=True).status_code == 404


def test_the_admin_site_tells_the_history_on_our_own_page(as_administrator):
    user = UserFactory()
    answer = as_administrator.get(f"/admin/accounts/user/{user.pk}/history/", follow=True)
    assert answer.redirect_chain == [(f"/historik/anvandare/{user.pk}/", 302)]
    assert answer.status_code == 200
