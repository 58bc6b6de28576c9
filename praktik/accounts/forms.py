"""Forms of the account pages."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordResetForm
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone

from praktik.accounts.editing import ease
from praktik.accounts.models import User
from praktik.accounts.tasks import send_password_link

_BETWEEN_LINKS = timedelta(minutes=2)


class LoginForm(AuthenticationForm):
    """Address and password, with a phone's keyboard for addresses."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].widget = forms.EmailInput(attrs={"autofocus": True, "autocomplete": "username"})

    def clean_username(self) -> str:
        """Addresses are kept in lower case."""
        return str(self.cleaned_data["username"]).strip().lower()


class PasswordLinkForm(PasswordResetForm):
    """Asks for a link to a new password. The answer is the same whether or not the address is known."""

    email = forms.EmailField(
        label="E-postadress", max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )

    def get_users(self, email: str) -> Iterable[User]:
        """Those who may log in; also new ones who have no password yet."""
        return User.objects.filter(email=email.strip().lower(), is_active=True)

    def save(self, request: HttpRequest | None = None, **options: Any) -> None:  # type: ignore[override]  # by keyword only
        """Ask the worker to write; the page answers at once."""
        if request is None:
            raise TypeError("The link is made for the site that was asked: a request is needed.")
        site = f"{request.scheme}://{request.get_host()}"
        lately = timezone.now() - _BETWEEN_LINKS
        for user in self.get_users(self.cleaned_data["email"]):
            waiting = Q(password_link_at__isnull=True) | Q(password_link_at__lt=lately)
            # Asked again at once, nothing more is sent: nobody's post is to be filled by a stranger.
            if User.objects.filter(waiting, pk=user.pk).update(password_link_at=timezone.now()):
                send_password_link.enqueue(user.pk, site)


class PreferencesForm(forms.ModelForm):
    """What a user decides: how to be reached, and about the pages."""

    class Meta:
        model = User
        fields = ["phone", "key_shortcuts"]
        widgets = {"phone": forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ease(self)
