"""Addresses of the reports' room: Swedish words without accents."""

from django.urls import path, register_converter

from reports.converters import MonthConverter, YearConverter
from reports.views import deliveries, drafts, files, letters, months, reminders, results, targets

register_converter(YearConverter, "year")
register_converter(MonthConverter, "month")

app_name = "reports"

urlpatterns = [
    path("resultat/", results.all_years, name="results"),
    path("resultat/ar-for-ar.<slug:form>", files.all_years_file, name="results-file"),
    path("resultat/mal/", targets.target_list, name="target-list"),
    path("resultat/mal/nytt/", targets.target_new, name="target-new"),
    path("resultat/<year:year>/", results.year_page, name="year"),
    path("resultat/<year:year>/fordelning/", results.parts_page, name="parts"),
    path("resultat/<year:year>/statskontoret/", results.measuring_page, name="measuring"),
    path("resultat/<year:year>/diagram/<path:code>.svg", files.year_chart, name="year-chart"),
    path("resultat/<year:year>/<slug:what>.<slug:form>", files.year_file, name="year-file"),
    path("manadsrapporter/", months.month_list, name="month-list"),
    path("manadsrapporter/<month:month>/", months.month_page, name="month"),
    path("manadsrapporter/<month:month>/utkast/", months.month_draft, name="month-draft"),
    path("manadsrapporter/<month:month>/dra-tillbaka/", months.month_withdraw, name="month-withdraw"),
    path("manadsrapporter/<month:month>/diagram/<path:code>.svg", files.month_chart, name="month-chart"),
    path("manadsrapporter/<month:month>/rapport.<slug:form>", files.month_file, name="month-file"),
    path("brev/", letters.letter_list, name="letter-list"),
    path("brev/nytt/<slug:kind>/", drafts.letter_new, name="letter-new"),
    path("brev/takt/<slug:kind>/", letters.letter_interval, name="letter-interval"),
    path("brev/<int:pk>/", letters.letter_page, name="letter"),
    path("brev/<int:pk>/brev.<slug:form>", letters.letter_file, name="letter-file"),
    path("brev/<int:pk>/visning/", drafts.letter_frame, name="letter-frame"),
    path("brev/<int:pk>/utkast/", drafts.letter_draft, name="letter-draft"),
    path("brev/<int:pk>/kasta/", drafts.letter_discard, name="letter-discard"),
    path("brev/<int:pk>/mottagare/", drafts.letter_recipients, name="letter-recipients"),
    path("brev/<int:pk>/granska/", drafts.letter_review, name="letter-review"),
    path("brev/<int:pk>/utskick/", deliveries.letter_deliveries, name="letter-deliveries"),
    path("brev/<int:pk>/utskick/igen/", deliveries.letter_again, name="letter-again"),
    path("brev/<int:pk>/utskick/<int:delivery>.eml", deliveries.delivery_file, name="delivery-file"),
    path("brev/<int:pk>/diarienummer/", letters.letter_register, name="letter-register"),
    path("order/<int:pk>/paminn/", reminders.order_remind, name="order-remind"),
    path("manadsrapporter/tillbakadragen/<int:pk>/", months.withdrawn_month, name="withdrawn-month"),
]
