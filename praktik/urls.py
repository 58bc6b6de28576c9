"""All addresses. Everything needs a login except what stands in OPEN (LoginRequiredMiddleware; tests walk this)."""

from django.contrib import admin
from django.urls import include, path

from praktik.views import calendar, errors, guide, history, house, search, start

# Names of the addresses that need no login.
OPEN = {
    "login",
    "password-forgotten",
    "password-sent",
    "password-new",
    "health",
    "accessibility",
    "calendar",
    "guide",
    "guide-page",
    "admin-login",
}

urlpatterns = [
    path("", start.start, name="start"),
    path("", include("agencies.urls")),
    path("", include("placements.urls")),
    path("", include("reports.urls")),
    path("", include("praktik.accounts.urls")),
    path("sok/", search.search, name="search"),
    path("historik/<slug:kind>/<int:pk>/", history.record_history, name="history"),
    path("halsa/", house.health, name="health"),
    path("kalender/<str:secret>.ics", calendar.calendar, name="calendar"),
    path("hjalp/", guide.guide, name="guide"),
    path("hjalp/<slug:page>/", guide.guide_page, name="guide-page"),
    path("tillganglighet/", house.accessibility, name="accessibility"),
    path("admin/login/", house.admin_login, name="admin-login"),
    path("admin/", admin.site.urls),
]

handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
