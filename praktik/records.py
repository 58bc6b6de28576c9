"""What every stored record shares: its history, and the errors its verbs raise."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Self

from django.db import models
from simple_history.models import HistoricalRecords

from praktik import clock
from praktik.prepared import Texts, first

_LATEST = Texts()


class LifecycleError(Exception):
    """A verb was refused. The message is the rule, in Swedish, as the user reads it.

    `field` names what was given that breaks it, so that a form shows the message there.
    """

    def __init__(self, message: str = "", *, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class Dated(models.Model):
    """Something whose history tells the day as praktik.clock has it."""

    history: Any

    class Meta:
        abstract = True

    @property
    def _history_date(self) -> datetime:
        return getattr(self, "_recorded_at", None) or clock.now()

    @_history_date.setter
    def _history_date(self, moment: datetime) -> None:
        self._recorded_at = moment

    def version(self) -> int:
        """The number of the latest entry in this record's history; 0 before the first."""
        return int(self.history.order_by("-history_id").values_list("history_id", flat=True).first() or 0)

    def latest_entry(self) -> Any:
        """The latest entry in this record's history, with its user; None before the first."""
        model = type(self).history.model

        def build(pk: int) -> models.QuerySet[Any]:
            entries: models.QuerySet[Any] = model.objects.filter(**{self._meta.pk.attname: pk})
            return entries.select_related("history_user").order_by("-history_id")[:1]

        return first(_LATEST.about(self.pk, model, build))


def _has_words(constraint: models.BaseConstraint) -> bool:
    usual = models.BaseConstraint.default_violation_error_message
    return not isinstance(constraint, models.CheckConstraint) or constraint.violation_error_message != usual


# Kept by name, since a to-many choice is written into the history together with the fields it belongs to.
_records = HistoricalRecords(inherit=True)


class Record(Dated):
    """A row whose every version is kept, with who saved it and when (django-simple-history).

    A model whose to-many fields belong in its history names them in `_history_m2m_fields`.
    """

    history = _records
    _history_user: Any

    class Meta:
        abstract = True

    def get_constraints(self) -> list[tuple[type[models.Model], Sequence[models.BaseConstraint]]]:
        """What a form asks the database about: only checks that have words for whoever typed.

        The others repeat what the fields' validators have said already, and each costs three queries of its own; the
        database holds them all.
        """
        every = super().get_constraints()
        return [(model, [each for each in constraints if _has_words(each)]) for model, constraints in every]

    def signed_by(self, user: models.Model) -> Self:
        """The same record; its next entries in the history tell that user, whoever's request it is."""
        self._history_user = user
        return self

    def save_record(self, **many: Iterable[models.Model]) -> None:
        """Save the fields and the given to-many choices as one entry in the history.

        Call it inside a transaction: it writes several tables.
        """
        entry = "+" if self._state.adding else "~"
        self.skip_history_when_saving = True
        try:
            self.save()
            for name, chosen in many.items():
                getattr(self, name).set(chosen)
        finally:
            del self.skip_history_when_saving
        _records.create_historical_record(self, entry)
