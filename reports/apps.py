"""What we tell others."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Targets, results and the months that are published."""

    name = "reports"
    verbose_name = "Resultat"
