"""The administrator's list of users. Users are switched off, never deleted."""

from typing import Any

from django import forms
from django.contrib import admin
from simple_history.admin import SimpleHistoryAdmin

from praktik.accounts.models import User


class UserForm(forms.ModelForm):
    """A user without a password field: everyone chooses their own, by the link of "Glömt lösenord"."""

    class Meta:
        model = User
        fields = ["email", "name", "role", "is_active"]

    def save(self, commit: bool = True) -> User:
        """A new user gets no password, so that the account opens only by the link."""
        user: User = super().save(commit=False)
        if user._state.adding:
            user.set_unusable_password()
        if commit:
            user.save()
        return user


@admin.register(User)
class UserAdmin(SimpleHistoryAdmin):
    """Who may log in, and in which role."""

    form = UserForm
    list_display = ["name", "email", "role", "is_active", "last_login"]
    list_filter = ["role", "is_active"]
    search_fields = ["name", "email"]

    def has_delete_permission(self, request: Any, obj: Any = None) -> bool:
        """Never: what somebody did stays theirs."""
        return False
