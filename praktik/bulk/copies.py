"""The county as many times as one asks for, from one table to the next inside the database.

Every row that belongs to an agency becomes `times` rows; row `n` of copy `k` gets the number `n * times + k`. So all
references hold by the same sum, and what came later still has the higher number, as in a county that grew by itself.
The ground, municipalities, offices, people, programmes and letters, is shared.
"""

from collections.abc import Callable, Iterator
from typing import Any

from django.db import connection, models
from django.db.models import Q

from agencies.models import Agency, Contact, Dialogue, NextStep, Obstacle
from placements.models import (
    Confirmation,
    Deed,
    Extension,
    Handover,
    HandoverWord,
    MatchingOrder,
    OrderAnswer,
    Placement,
)
from reports.models import Delivery, LetterCopy, Reminder, Target

COPIED: tuple[type[models.Model], ...] = (
    Agency,
    Contact,
    Dialogue,
    NextStep,
    Obstacle,
    MatchingOrder,
    OrderAnswer,
    Placement,
    Handover,
    HandoverWord,
    Extension,
    Confirmation,
    Deed,
    Delivery,
    Reminder,
    Target,
)
# What names something copied but is there once: letters to offices, the steering group's targets.
_ONCE: dict[type[models.Model], str] = {
    Delivery: "b.contact_id IS NULL",
    Target: "1 = 1",
    Target.history.model: "1 = 1",
}
_ROWS_AT_ONCE = 20_000
_WORDS = "(SELECT {what} FROM bulk_words w WHERE w.n = ({row} * 31 + c.k * 17) %% {words})"

Tell = Callable[[int], object]


def tables() -> list[type[models.Model]]:
    """All models whose rows are copied: the rooms' own, their histories, and the to-many tables of both."""
    found: list[type[models.Model]] = []
    for model in COPIED:
        kept: list[Any] = [model, model.history.model] if hasattr(model, "history") else [model]
        found += kept
        found += [field.remote_field.through for each in kept for field in each._meta.many_to_many]
        hidden = kept[-1]._meta.get_fields(include_hidden=True)
        found += [each.related_model for each in hidden if each.one_to_many and each.field.name == "history"]
    return list(dict.fromkeys(found))


def is_moved(model: type[models.Model], field: models.Field[Any, Any], copied: set[type[models.Model]]) -> bool:
    """Whether a column holds the number of a copied row, its own or another's."""
    if field.is_relation:
        return field.related_model in copied
    own = getattr(model, "instance_type", None)
    return field.primary_key or (own is not None and field.attname == own._meta.pk.attname)


def _column(field: models.Field[Any, Any]) -> str:
    return connection.ops.quote_name(str(field.column))


class Copies:
    """One copying of everything: `rows` in all, made by `make`."""

    def __init__(self, times: int, words: int) -> None:
        """`words` is how many rows `bulk_words` has."""
        self.times, self.words = times, words
        self.models = tables()
        self._copied = set(self.models)
        self._different = different()

    def set_aside(self) -> int:
        """Move the county out of its tables; the number of rows that will be made of it."""
        rows = 0
        with connection.cursor() as cursor:
            for number, model in enumerate(self.models):
                table = connection.ops.quote_name(model._meta.db_table)
                cursor.execute(f"CREATE TEMPORARY TABLE bulk_{number} AS SELECT * FROM {table}")  # noqa: S608  # Django's
                cursor.execute(f"SELECT COUNT(*) FROM bulk_{number}")  # noqa: S608  # our own name
                rows += cursor.fetchone()[0] * self.times
            for model in reversed(self.models):
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608  # Django's
            cursor.execute("CREATE TEMPORARY TABLE bulk_copies (k integer PRIMARY KEY)")
            cursor.executemany("INSERT INTO bulk_copies VALUES (%s)", [(k,) for k in range(self.times)])
        return rows

    def make(self, tell: Tell) -> None:
        """Fill the tables anew, in the order of the rows' numbers; `tell` hears of every batch, in rows."""
        for number, model in enumerate(self.models):
            for first, last, rows in self._batches(number, model):
                with connection.cursor() as cursor:
                    cursor.execute(self._statement(number, model), [first, last])
                tell(rows * self.times)

    def _batches(self, number: int, model: type[models.Model]) -> Iterator[tuple[int, int, int]]:
        """First and last key and the number of rows of each batch."""
        key = model._meta.pk.column
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {key} FROM bulk_{number} ORDER BY {key}")  # noqa: S608  # Django's own names
            keys = [row[0] for row in cursor.fetchall()]
        step = max(1, _ROWS_AT_ONCE // self.times)
        for begin in range(0, len(keys), step):
            batch = keys[begin : begin + step]
            yield batch[0], batch[-1], len(batch)

    def _statement(self, number: int, model: type[models.Model]) -> str:
        fields = model._meta.concrete_fields
        names = ", ".join(map(_column, fields))
        values = ", ".join(self._value(model, field) for field in fields)
        key = model._meta.pk.column
        once = _ONCE.get(model, "1 = 0")
        table = connection.ops.quote_name(model._meta.db_table)
        batch = f"b.{key} BETWEEN %s AND %s AND (c.k = 0 OR NOT ({once}))"
        chosen = f"SELECT {values} FROM bulk_{number} b CROSS JOIN bulk_copies c WHERE {batch} ORDER BY b.{key}, c.k"  # noqa: S608  # as above
        return f"INSERT INTO {table} ({names}) {chosen}"

    def _value(self, model: type[models.Model], field: models.Field[Any, Any]) -> str:
        column = f"b.{_column(field)}"
        if is_moved(model, field, self._copied):
            return f"{column} * {self.times} + c.k"
        told = self._different.get((getattr(model, "instance_type", model), field.name))
        if told is None:
            return column
        other = told.format(column=column, row="b.id", words=self.words)
        return f"CASE WHEN c.k = 0 THEN {column} ELSE {other} END"

    def follow(self) -> None:
        """Let the letters' marks between old news and new stand where they stood."""
        for copy in LetterCopy.objects.only("deeds_until", "deeds_unseen"):
            until = copy.deeds_until * self.times + self.times - 1
            unseen = [each * self.times + k for each in copy.deeds_unseen for k in range(self.times)]
            LetterCopy.objects.filter(pk=copy.pk).update(deeds_until=until, deeds_unseen=unseen)
        self._follow_undone()

    def _follow_undone(self) -> None:
        """Let what a deed would put back name the copied rows."""
        fields = Placement._meta.concrete_fields
        names = [field.attname for field in fields if field.related_model in self._copied]
        naming = Q()
        for name in names:
            naming |= Q(**{f"before__{name}__isnull": False}) & ~Q(**{f"before__{name}": None})
        deeds = list(Deed.objects.filter(naming).only("before"))
        for deed in deeds:
            moved = {name: deed.before[name] for name in names if deed.before.get(name)}
            k = deed.pk % self.times
            deed.before |= {name: str(int(number) * self.times + k) for name, number in moved.items()}
        Deed.objects.bulk_update(deeds, ["before"], batch_size=500)


def _other_act() -> str:
    """What was done together stays together, in each copy by itself."""
    if connection.vendor == "postgresql":
        return "(lpad(to_hex(c.k), 4, '0') || substr({column}::text, 5))::uuid"
    return "printf('%%04x', c.k) || substr({column}, 5)"


def different() -> dict[tuple[type[models.Model], str], str]:
    """How a copy differs: what has to be unique, and words enough that a search finds some and not all."""
    box = "replace({column}, '@', '.' || CAST(c.k AS text) || '@')"
    return {
        (Agency, "name"): "{column} || ' ' || CAST(c.k AS text)",
        (Contact, "name"): _WORDS.replace("{what}", "name"),
        (Contact, "email"): box,
        (Dialogue, "notes"): "trim({column} || ' ' || " + _WORDS.replace("{what}", "sentence") + ")",
        (Deed, "act"): _other_act(),
        (Delivery, "address"): box,
        (Delivery, "message_id"): box,
    }
