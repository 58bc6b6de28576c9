"""People who log in, and the forms they have sent."""

from functools import cached_property
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import Permission
from django.core.validators import MinLengthValidator, RegexValidator
from django.db import models
from django.db.models.functions import Lower
from simple_history.models import HistoricalRecords

from praktik.accounts.roles import Role
from praktik.identity import refuse_identity_numbers
from praktik.phones import phone_number
from praktik.records import Dated
from praktik.swedish import SWEDISH

UNTOLD = ("password", "last_login", "password_link_at", "calendar_key", "visited_at", "visited_before")
"""What no history keeps: secrets, and when somebody came."""


class UserManager(BaseUserManager["User"]):
    """Makes users; finds them by e-mail address whatever its case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A new user; without a password the account opens by the link of a password reset."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """The first administrator of a new installation (`manage.py createsuperuser`)."""
        return self.create_user(email, password, role=Role.ADMINISTRATOR, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        """The user with this address."""
        return self.get(email=(username or "").strip().lower())


class User(Dated, AbstractBaseUser):
    """A person who logs in, by e-mail address, in one role."""

    email = models.EmailField("e-postadress", unique=True, validators=[refuse_identity_numbers])
    name = models.CharField(
        "namn", max_length=100, db_collation=SWEDISH, validators=[MinLengthValidator(2), refuse_identity_numbers]
    )
    phone = models.CharField("telefon", max_length=30, blank=True, validators=[phone_number, refuse_identity_numbers])
    role = models.CharField("roll", max_length=20, choices=Role)
    is_active = models.BooleanField(
        "får logga in", default=True, help_text="Ta bort kryssrutan när någon slutar. Användare tas aldrig bort."
    )
    key_shortcuts = models.BooleanField(
        "kortkommandon", default=True, help_text="n loggar en dialog, / går till sökrutan."
    )

    digest_days = models.CharField(
        "mejl om vad som väntar",
        max_length=5,
        blank=True,
        validators=[RegexValidator(r"^1?2?3?4?5?$", "Välj bland veckans arbetsdagar.")],
    )
    """The weekdays on which the person wants it, as digits from 1 for Monday to 5; empty for never."""

    password_link_at = models.DateTimeField(null=True, editable=False)
    calendar_key = models.UUIDField(null=True, editable=False)
    """What makes the address of the person's calendar a secret; a new one revokes the old, None means there is none."""
    visited_at = models.DateTimeField(null=True, editable=False)
    """When the person logged in last, by the day that the installation has."""
    visited_before = models.DateTimeField(null=True, editable=False)
    """The login before that one: what came since then is new to them."""

    history = HistoricalRecords(excluded_fields=UNTOLD)
    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = "användare"
        verbose_name_plural = "användare"
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="user_role_known"),
            models.UniqueConstraint(Lower("email"), name="user_email_once"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; that somebody logged in is no change of the record and leaves no entry in its history."""
        if set(kwargs.get("update_fields") or ()) == {"last_login"}:
            type(self).objects.filter(pk=self.pk).update(last_login=self.last_login)
        else:
            super().save(*args, **kwargs)

    def clean(self) -> None:
        """Addresses are kept in lower case, so that one person is one row."""
        self.email = self.email.strip().lower()

    @cached_property
    def permissions(self) -> frozenset[str]:
        """What the user's role permits, as `app.codename`; whoever comes by a session has brought it (`backends`)."""
        if not self.is_active:
            return frozenset()
        brought = self.__dict__.get("held")
        if brought is not None:
            return frozenset(filter(None, brought.split(", ")))
        held = Permission.objects.filter(group__name=self.role)
        return frozenset(f"{app}.{name}" for app, name in held.values_list("content_type__app_label", "codename"))

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Whether the user's role holds a permission (Django's interface)."""
        return perm in self.permissions

    def has_perms(self, perm_list: list[str], obj: object = None) -> bool:
        """Whether the user's role holds all of them (Django's interface)."""
        return self.permissions.issuperset(perm_list)

    def has_module_perms(self, app_label: str) -> bool:
        """Whether the user has anything to do in an app (Django's interface; used by the admin site)."""
        return any(held.startswith(f"{app_label}.") for held in self.permissions)

    @property
    def is_staff(self) -> bool:
        """Who may enter the admin site."""
        return self.role == Role.ADMINISTRATOR

    @property
    def is_superuser(self) -> bool:
        """Nobody stands above the table of roles."""
        return False


class Submission(models.Model):
    """A form that has been saved: the key it carried and where its saving led. Makes a double click save once."""

    key = models.UUIDField(primary_key=True)
    user = models.ForeignKey(User, models.CASCADE, related_name="submissions")
    sent_at = models.DateTimeField(auto_now_add=True, db_index=True)
    answer = models.JSONField(default=dict)

    class Meta:
        verbose_name = "inskickat formulär"
        verbose_name_plural = "inskickade formulär"

    def __str__(self) -> str:
        return str(self.key)
