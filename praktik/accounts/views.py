"""Logging in, passwords, and one's own page."""

from typing import Any

from axes import utils as axes
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import views as auth
from django.contrib.messages.views import SuccessMessageMixin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.views.decorators.http import require_http_methods, require_POST

from praktik.accounts import calendar_key
from praktik.accounts.digest_days import DigestDaysForm, gets_digests
from praktik.accounts.forms import LoginForm, PasswordLinkForm, PreferencesForm
from praktik.accounts.models import User
from praktik.accounts.permissions import Request, requires

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
def account(request: Request) -> HttpResponse:
    """Who one is here, and one's own choices. Open to every role."""
    form = PreferencesForm(request.POST if request.method == "POST" else None, instance=request.user)
    if form.is_valid():
        form.save()
        messages.success(request, "Dina val är sparade.")
        return redirect("account")
    digest = DigestDaysForm(instance=request.user) if gets_digests(request.user) else None
    context = {"form": form, "digest_form": digest, "calendar": calendar_key.token(request.user), "site": settings.SITE}
    return render(request, "accounts/account.html", context)


@require_POST
@requires(calendar_key.MAY)
def calendar_address(request: Request) -> HttpResponse:
    """Make the secret address of one's calendar, change it or switch it off."""
    if request.POST.get("vad") == "av":
        calendar_key.revoke(request.user)
        messages.success(request, "Kalendern är avstängd. Adressen leder ingenstans längre.")
    else:
        calendar_key.renew(request.user)
        messages.success(request, "Din kalender har en ny adress.")
    return redirect(f"{reverse('account')}#kalender")


@require_http_methods(["GET", "POST"])
def digest_days(request: HttpRequest) -> HttpResponse:
    """On which days one gets a mail of what waits. Open to every role that has such a list."""
    if not gets_digests(request.user):
        raise Http404
    form = DigestDaysForm(request.POST if request.method == "POST" else None, instance=request.user)
    if form.is_valid():
        form.save()
        messages.success(request, form.told)
    elif form.is_bound:
        messages.error(request, "Välj bland veckans arbetsdagar.")
    return redirect(f"{reverse('account')}#mejl")
