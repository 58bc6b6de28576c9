"""What we tell others."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Targets, results and the months that are published."""

    name = "reports"
    verbose_name = "Resultat"

    def ready(self) -> None:
        """Keep the words of the search, and give the orders' pages their reminders."""
        from praktik.search.sqlite import keep_words
        from reports import hooks, search

        keep_words(self, search.INDEXES)
        hooks.register_own()
