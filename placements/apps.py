"""What comes of the dialogues."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PlacementsConfig(AppConfig):
    """Programmes, places, orders to the offices, extensions and handovers."""

    name = "placements"
    verbose_name = "Platser"

    def ready(self) -> None:
        """Give the agencies' pages what this room has to tell, and see to it that there are programmes and words."""
        from placements import hooks, reference, search
        from praktik.search.sqlite import keep_words

        post_migrate.connect(reference.after_migrate, sender=self, dispatch_uid="placements.programmes")
        keep_words(self, search.INDEXES)
        hooks.register_own()
