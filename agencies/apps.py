"""Whom we talk to."""

from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    """Agencies, contacts, offices, dialogues, next steps and obstacles."""

    name = "agencies"
    verbose_name = "Myndigheter och kontor"

    def ready(self) -> None:
        """Give the timeline what this room has to tell."""
        from agencies import timeline

        timeline.register_own()
