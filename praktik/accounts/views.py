"""Logging in, passwords, and one's own page."""

from typing import Any

from axes import utils as axes
from django.contrib import messages
from django.contrib.auth import views as auth
from django.contrib.messages.views import SuccessMessageMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.views.decorators.http import require_http_methods, require_POST

from praktik.accounts.forms import LoginForm, PasswordLinkForm, PreferencesForm
from praktik.accounts.models import User

login = auth.LoginView.as_view(
    template_name="accounts/login.html", form_class=LoginForm, redirect_authenticated_user=True
)


class _PasswordChangeView(SuccessMessageMixin, auth.PasswordChangeView):
    success_message = "Lösenordet är bytt."


password_change = _PasswordChangeView.as_view(
    template_name="accounts/password_form.html",
    success_url=reverse_lazy("account"),
    extra_context={"heading": "Byt lösenord"},
)
password_forgotten = auth.PasswordResetView.as_view(
    template_name="accounts/password_forgotten.html",
    form_class=PasswordLinkForm,
    success_url=reverse_lazy("password-sent"),
)
password_sent = auth.PasswordResetDoneView.as_view(template_name="accounts/password_sent.html")


class _NewPasswordView(SuccessMessageMixin, auth.PasswordResetConfirmView):
    """The page that a password link leads to."""

    user: User
    success_message = "Lösenordet är sparat. Logga in med det."

    def form_valid(self, form: Any) -> HttpResponse:
        """Whoever has the link is let in: the lock after wrong passwords is for those who guess."""
        axes.reset(username=self.user.email)
        return super().form_valid(form)


password_new = _NewPasswordView.as_view(
    template_name="accounts/password_form.html",
    success_url=reverse_lazy("login"),
    extra_context={"heading": "Välj ett nytt lösenord"},
)


@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    """Log out, and leave nothing behind that "back" could show on a shared computer. Open to every role."""
    response = auth.LogoutView.as_view()(request)
    response["Clear-Site-Data"] = '"cache"'
    return response


@require_http_methods(["GET", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """Who one is here, and one's own choices. Open to every role."""
    form = PreferencesForm(request.POST if request.method == "POST" else None, instance=request.user)
    if form.is_valid():
        form.save()
        messages.success(request, "Dina val är sparade.")
        return redirect("account")
    return render(request, "accounts/account.html", {"form": form})
