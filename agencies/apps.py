"""Whom we talk to."""

from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    """Agencies, contacts, offices, dialogues, next steps and obstacles."""

    name = "agencies"
    verbose_name = "Myndigheter och kontor"

    def ready(self) -> None:
        """Give the timeline what this room has to tell, and keep the offices' last readers."""
        from agencies import timeline
        from agencies.lifecycle.guards import last_reader
        from praktik.accounts.guards import keeps_as_is

        timeline.register_own()
        keeps_as_is.append(last_reader)
