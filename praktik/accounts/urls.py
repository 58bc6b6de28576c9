"""Logging in, and one's own account."""

from django.urls import path

from praktik.accounts import views

urlpatterns = [
    path("logga-in/", views.login, name="login"),
    path("logga-ut/", views.logout, name="logout"),
    path("konto/", views.account, name="account"),
    path("konto/mejl/", views.digest_days, name="digest-days"),
    path("konto/kalender/", views.calendar_address, name="calendar-address"),
    path("konto/losenord/", views.password_change, name="password-change"),
    path("glomt-losenord/", views.password_forgotten, name="password-forgotten"),
    path("glomt-losenord/skickat/", views.password_sent, name="password-sent"),
    path("nytt-losenord/<uidb64>/<token>/", views.password_new, name="password-new"),
]
