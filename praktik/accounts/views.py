"""Logging in, passwords, and one's own page."""

from django.contrib import messages
from django.contrib.auth import views as auth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.views.decorators.http import require_http_methods

from praktik.accounts.forms import PasswordLinkForm, PreferencesForm

login = auth.LoginView.as_view(template_name="accounts/login.html", redirect_authenticated_user=True)
logout = auth.LogoutView.as_view()

password_change = auth.PasswordChangeView.as_view(
    template_name="accounts/password_form.html",
    success_url=reverse_lazy("account"),
    extra_context={"title": "Byt lösenord"},
)
password_forgotten = auth.PasswordResetView.as_view(
    template_name="accounts/password_forgotten.html",
    form_class=PasswordLinkForm,
    success_url=reverse_lazy("password-sent"),
)
password_sent = auth.PasswordResetDoneView.as_view(template_name="accounts/password_sent.html")
password_new = auth.PasswordResetConfirmView.as_view(
    template_name="accounts/password_form.html",
    success_url=reverse_lazy("login"),
    extra_context={"title": "Välj ett nytt lösenord"},
)


@require_http_methods(["GET", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """Who one is here, and one's own choices. Open to every role."""
    form = PreferencesForm(request.POST if request.method == "POST" else None, instance=request.user)
    if form.is_valid():
        form.save()
        messages.success(request, "Dina val är sparade.")
        return redirect("account")
    return render(request, "accounts/account.html", {"form": form})
