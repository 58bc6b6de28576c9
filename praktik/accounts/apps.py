"""The ground: people, roles, and what keeps their typing safe."""

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    """Registers the Swedish collation and the writing of roles."""

    name = "praktik.accounts"
    verbose_name = "Användare"

    def ready(self) -> None:
        """Connect the signals, once."""
        from praktik import swedish
        from praktik.accounts.middleware import note_visit, stamp
        from praktik.accounts.roles import write_roles

        swedish.connect()
        post_migrate.connect(write_roles, dispatch_uid="praktik.roles")
        user_logged_in.connect(stamp, dispatch_uid="praktik.session")
        user_logged_in.connect(note_visit, dispatch_uid="praktik.visit")
