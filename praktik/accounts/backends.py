"""How a password is checked, and the one password that opens nothing outside the demonstration."""

from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Concat
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from praktik.accounts.models import User
from praktik.prepared import Texts, first
from praktik.swedish import Joined

_USERS = Texts()


def _is_demonstration_password(password: str) -> bool:
    return constant_time_compare(password.encode(), settings.DEMONSTRATION_PASSWORD.encode())


class PasswordBackend(ModelBackend):
    """E-mail address and password. Permissions do not come from here but from User.permissions."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **kwargs: Any
    ) -> User | None:
        """The user, or None. The demonstration's password is refused wherever it is not a demonstration."""
        if password is not None and not settings.DEMONSTRATION and _is_demonstration_password(password):
            return None
        user = super().authenticate(request, username=username, password=password, **kwargs)
        return user if isinstance(user, User) else None

    def get_user(self, user_id: Any) -> User | None:
        """The user of a session with what their role permits, in one query; None for who may not log in any more."""
        user = first(_USERS.of([int(user_id)], None, _with_permissions))
        return user if user is not None and self.user_can_authenticate(user) else None


def _with_permissions() -> QuerySet[Any]:
    held = Permission.objects.filter(group__name=OuterRef("role")).order_by().annotate(one=Value(1)).values("one")
    name = Concat("content_type__app_label", Value("."), "codename")
    return User._default_manager.annotate(
        held=Coalesce(Subquery(held.annotate(all=Joined(name)).values("all")), Value(""))
    )


class NotTheDemonstrationPassword:
    """Password validator: nobody chooses the password that is printed by `make demo`."""

    def validate(self, password: str, user: object = None) -> None:
        """Raise ValidationError for the demonstration's password."""
        if not settings.DEMONSTRATION and _is_demonstration_password(password):
            raise ValidationError(self.get_help_text(), code="demonstration_password")

    def get_help_text(self) -> str:
        """The rule, as shown beside the field."""
        return "Lösenordet får inte vara demonstrationens lösenord."
