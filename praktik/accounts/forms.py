"""Forms of the account pages."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.auth.forms import PasswordResetForm
from django.http import HttpRequest

from praktik.accounts.models import User
from praktik.accounts.tasks import send_password_link


class PasswordLinkForm(PasswordResetForm):
    """Asks for a link to a new password. The answer is the same whether or not the address is known."""

    email = forms.EmailField(
        label="E-postadress", max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )

    def get_users(self, email: str) -> Iterable[User]:  # type: ignore[override]  # the stubs know only Django's own user
        """Those who may log in; also new ones who have no password yet."""
        return User.objects.filter(email=email.strip().lower(), is_active=True)

    def save(self, request: HttpRequest | None = None, **options: Any) -> None:  # type: ignore[override]
        """Ask the worker to write; the page answers at once."""
        assert request is not None
        site = f"{request.scheme}://{request.get_host()}"
        for user in self.get_users(self.cleaned_data["email"]):
            send_password_link.enqueue(user.pk, site)


class PreferencesForm(forms.ModelForm):  # type: ignore[type-arg]  # not generic when run
    """What a user decides about the pages."""

    class Meta:
        model = User
        fields = ["key_shortcuts"]
