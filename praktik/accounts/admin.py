"""The administrator's list of users. Users are switched off, never deleted."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from praktik.accounts.editing import StopsIfChanged
from praktik.accounts.guards import keeps_as_is
from praktik.accounts.models import User


class RecordAdminForm(StopsIfChanged):
    """The admin site's form of a record; what changed meanwhile stands in the error itself."""

    def clean(self) -> dict[str, Any]:
        """Stop the save, and say what stands there now."""
        try:
            return super().clean()
        except ValidationError as stopped:
            told = [f"{each.label}: nu {each.now}, du skrev {each.typed}." for each in self.meanwhile]
            raise ValidationError([*stopped.messages, *told]) from None


class UserForm(RecordAdminForm):
    """A user without a password field: everyone chooses their own, by the link of "Glömt lösenord"."""

    instance: User

    class Meta:
        model = User
        fields = ["email", "name", "phone", "role", "is_active"]

    def _post_clean(self) -> None:
        # Not before: from here on `instance` is the user as they are to be saved.
        super()._post_clean()  # type: ignore[misc]  # a hook of Django's that the stubs do not know
        if self.instance.pk and not self.errors:
            for keeps in keeps_as_is:
                for field, why in keeps(self.instance).items():
                    self.add_error(field, why)

    def save(self, commit: bool = True) -> User:
        """A new user gets no password, so that the account opens only by the link."""
        user: User = super().save(commit=False)
        if user._state.adding:
            user.set_unusable_password()
        if commit:
            user.save()
        return user


class RecordAdmin(admin.ModelAdmin):
    """A record is never deleted, and its history is told on the same page as every other record's."""

    form = RecordAdminForm
    history_kind: str
    """The record's kind in the address of its history."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never: what somebody did stays theirs."""
        return False

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Who changed what and when."""
        if not (object_id.isascii() and object_id.isdigit()):
            raise Http404
        return redirect("history", self.history_kind, object_id)


@admin.register(User)
class UserAdmin(RecordAdmin):
    """Who may log in, and in which role."""

    history_kind = "anvandare"
    form = UserForm
    list_display = ["name", "email", "role", "is_active", "last_login"]
    list_filter = ["role", "is_active"]
    search_fields = ["name", "email"]
