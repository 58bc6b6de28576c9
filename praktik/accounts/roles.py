"""Who may do what: one table, role to permissions, written to the database at every migrate.

Rule: the roles and what each does stand in the domain description's table "Who uses the system".
"""

from typing import Any

from django.db import models


class Role(models.TextChoices):
    """A user has one role. Someone who needs two has two accounts, so that each act shows in which role it was done."""

    COORDINATOR = "coordinator", "koordinator"
    CASE_OFFICER = "case_officer", "handläggare"
    STEERING_GROUP = "steering_group", "styrgrupp"
    ADMINISTRATOR = "administrator", "administratör"


def _all(model: str, *verbs: str) -> list[str]:
    app, name = model.split(".")
    return [f"{app}.{verb}_{name}" for verb in verbs or ("view", "add", "change")]


PERMISSIONS: dict[Role, list[str]] = {
    Role.COORDINATOR: [
        *_all("agencies.agency", "view", "add", "change", "archive"),
        *_all("agencies.contact"),
        *_all("agencies.dialogue"),
        "agencies.read_notes",
        *_all("agencies.obstacle"),
        *_all("agencies.nextstep"),
        *_all("agencies.office", "view", "address"),
        *_all("placements.placement", "view", "work", "hand_over"),
        *_all("reports.target"),
        *_all("reports.monthlyreport"),
        *_all("reports.letter"),
        *_all("reports.letterinterval"),
        "reports.read_results",
        "reports.read_small_cells",
    ],
    Role.CASE_OFFICER: [
        *_all("agencies.agency", "view"),
        *_all("agencies.contact", "view"),
        *_all("agencies.dialogue", "view"),
        *_all("agencies.office", "view"),
        *_all("placements.placement", "view", "work"),
        *_all("reports.letter", "view"),
    ],
    Role.STEERING_GROUP: [
        "reports.read_results",
    ],
    Role.ADMINISTRATOR: [
        *_all("accounts.user"),
        *_all("agencies.office"),
        *_all("agencies.municipality"),
        *_all("placements.programme"),
        *_all("placements.targetgroup"),
    ],
}


def roles_with(permission: str) -> list[Role]:
    """The roles that hold a permission, in the table's order."""
    return [role for role, held in PERMISSIONS.items() if permission in held]


def write_roles(sender: Any, using: str, **kwargs: Any) -> None:
    """After an app's migrate: one group per role, holding exactly what the table says of the apps so far."""
    from django.contrib.auth.models import Group, Permission

    apps = {name.split(".")[0] for held in PERMISSIONS.values() for name in held}
    if sender.label not in apps:
        return
    known = {
        f"{app}.{codename}": pk
        for pk, app, codename in Permission.objects.using(using).values_list(
            "pk", "content_type__app_label", "codename"
        )
    }
    for role, permissions in PERMISSIONS.items():
        group, _ = Group.objects.using(using).get_or_create(name=role.value)
        group.permissions.set([known[name] for name in permissions if name in known])
