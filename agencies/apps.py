"""Whom we talk to."""

from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    """Agencies, contacts, offices, dialogues, next steps and obstacles."""

    name = "agencies"
    verbose_name = "Myndigheter och kontor"

    def ready(self) -> None:
        """Give the timeline what this room has to tell, keep the offices' last readers and the words of the search."""
        from agencies import search, timeline
        from agencies.lifecycle.guards import last_reader
        from praktik.accounts.guards import keeps_as_is
        from praktik.search.sqlite import keep_words

        timeline.register_own()
        keeps_as_is.append(last_reader)
        keep_words(self, search.INDEXES)
