"""Reading a record's history: what changed between two versions, in words."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db import models
from django.utils import timezone
from simple_history.utils import get_m2m_reverse_field_name

from praktik.swedish import sort_key

# Saves by one person within this time read as one change: a record and what belongs to it.
_ONE_SAVING = timedelta(seconds=2)


@dataclass(frozen=True)
class Change:
    """One field's change, ready to be read."""

    label: str
    before: str
    after: str


@dataclass
class Entry:
    """One saving of a record: when, by whom, and what it changed."""

    moment: datetime
    who: str
    created: bool
    changes: list[Change] = field(default_factory=list)


def tracked_fields(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """The fields a person would call the record's content, to-many ones last."""
    kept = {each.name for each in model.history.model._meta.fields}  # type: ignore[attr-defined]  # every record has one
    own = [each for each in model._meta.fields if not each.primary_key and each.name in kept - _UNTOLD]
    return own + [model._meta.get_field(name) for name in getattr(model, "_history_m2m_fields", [])]  # type: ignore[misc]  # only fields are named there


# A published month's figures are read on its own page.
_UNTOLD = {"figures"}


def values_of(rows: Sequence[Any], model: type[models.Model]) -> list[dict[str, Any]]:
    """Each version's raw values by field name; a to-many field gives a sorted tuple of primary keys.

    Costs one query per to-many field, however many versions.
    """
    many: dict[str, dict[int, list[int]]] = {}
    for name in getattr(model, "_history_m2m_fields", []):
        other = get_m2m_reverse_field_name(model._meta.get_field(name))
        many[name] = defaultdict(list)
        through = getattr(type(rows[0]), name).model if rows else None
        if through is not None:
            for version, pk in through.objects.filter(history__in=rows).values_list("history_id", f"{other}_id"):
                many[name][version].append(pk)
    values = []
    for row in rows:
        own = {each.name: _kept(row, each) for each in tracked_fields(model) if not each.many_to_many}
        own.update({name: tuple(sorted(chosen[row.history_id])) for name, chosen in many.items()})
        values.append(own)
    return values


def _kept(row: Any, each: models.Field[Any, Any]) -> Any:
    """A field's value in a version; lists and the like as the words that their model has for them (`listed`)."""
    value = getattr(row, each.attname)
    return row.instance_type.listed(each.name, value) if isinstance(each, models.JSONField) else value


def in_words(wanted: Iterable[tuple[models.Field[Any, Any], Any]]) -> dict[tuple[str, Any], str]:
    """Raw values as a reader sees them, keyed by (field name, raw value); one query per related model."""
    wanted = list(wanted)
    keys: dict[type[models.Model], set[int]] = defaultdict(set)
    for each, value in wanted:
        if each.is_relation:
            keys[each.related_model].update(value if each.many_to_many else {value} - {None})  # type: ignore[index]  # it is a relation
    names = {
        model: {row.pk: str(row) for row in model._default_manager.filter(pk__in=pks)} for model, pks in keys.items()
    }
    words = {}
    for each, value in wanted:
        if each.is_relation:
            known = names[each.related_model]  # type: ignore[index]  # as above
            chosen = value if each.many_to_many else ([] if value is None else [value])
            words[each.name, value] = (
                ", ".join(sorted((known.get(pk, "(borttagen)") for pk in chosen), key=sort_key)) or "–"
            )
        else:
            words[each.name, value] = _plain(each, value)
    return words


def _plain(each: models.Field[Any, Any], value: Any) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    return str(dict(each.flatchoices).get(value, value))


VERSIONS = 100  # read at a time


def entries(record: models.Model, start: int = 0, most: int = VERSIONS) -> list[Entry]:
    """The record's savings, newest first; from the version numbered `start`, at most so many versions are read."""
    model = type(record)
    history: Any = record.history  # type: ignore[attr-defined]  # a descriptor the stubs do not know
    rows = list(history.select_related("history_user").order_by("-history_id")[start : start + most + 1])
    values = values_of(rows, model)
    fields = tracked_fields(model)
    steps = []
    for number, row in enumerate(rows[:most]):
        before = values[number + 1] if number + 1 < len(rows) else None
        after = values[number]
        changed = [each for each in fields if before is None or before[each.name] != after[each.name]]
        steps.append((row, before, after, changed))
    words = in_words(
        (each, version[each.name])
        for _, before, after, changed in steps
        for each in changed
        for version in (before, after)
        if version
    )
    told: list[Entry] = []
    for row, before, after, changed in steps:
        changes = [
            Change(
                _label(each), words[each.name, before[each.name]] if before else "", words[each.name, after[each.name]]
            )
            for each in changed
        ]
        if before is None:
            changes = [change for change in changes if change.after not in ("–", "nej")]
        who = str(row.history_user) if row.history_user else "systemet"
        latest = told[-1] if told else None
        # On a named day the clock starts over at midnight: what was saved earlier may then have the later time.
        if latest and latest.who == who and abs(latest.moment - row.history_date) <= _ONE_SAVING:
            latest.changes = _as_one(changes, latest.changes)
            latest.created = latest.created or before is None
        elif changes or before is None:
            told.append(Entry(row.history_date, who, before is None, changes))
    return told


def _as_one(earlier: Iterable[Change], later: Iterable[Change]) -> list[Change]:
    """Two savings told as one: from what stood before the earlier to what stands after the later."""
    before = {change.label: change.before for change in earlier}
    last = {change.label: change for change in (*earlier, *later)}
    told = (replace(change, before=before.get(label, change.before)) for label, change in last.items())
    return [change for change in told if change.before != change.after]


def _label(each: models.Field[Any, Any]) -> str:
    label = str(each.verbose_name)
    return label[:1].upper() + label[1:]
