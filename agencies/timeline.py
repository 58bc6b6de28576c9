"""One timeline of everything that has passed with an agency, or with something else that has a story.

The timeline knows nothing of what it tells. Each room registers sources (`register`, from its AppConfig):
a source says whose story it belongs to, which rows it has there, as columns of one shape, and how one such row reads.
All sources together are one UNION with one LIMIT, so the page costs two queries however many kinds there
are and however long the story is.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.db.models import CharField, Count, DateField, F, Model, QuerySet, TextField, Value
from django.db.models.functions import Cast

from agencies.choices import Channel, ObstacleKind
from praktik import clock
from praktik.addresses import address
from praktik.navigation import Fetched
from praktik.prepared import Texts

# The columns of every source, in the order of the UNION. `on` is the day, `key` the row to link to,
# `code` an enumeration's value, `subject` a line, `text` a longer text, `who` people's names, `number` a count.
COLUMNS = ("on", "kind", "rank", "key", "code", "subject", "text", "who", "until", "number")


@dataclass(frozen=True)
class Entry:
    """One thing that happened, ready to be shown."""

    on: date
    kind: str
    what: str
    """The word that stands first, in bold: "Telefon", "Hinder", "Förlängning"."""
    subject: str = ""
    text: str = ""
    who: str = ""
    url: str = ""
    tag: str = ""
    """A word or two that stand out after it: "löst 2018-11-12"."""


@dataclass(frozen=True)
class Source:
    """What one kind of event contributes."""

    kind: str
    """The filter's value, in the URL; several sources may share one."""
    label: str
    """The filter's word, in the plural: "Dialoger"."""
    permission: str
    """Whoever lacks it is not told, nor counted to."""
    rows: Callable[[Any, Any], QuerySet[Any, Any]]
    """(whose story, user) -> rows of some model, from which `columns` are taken."""
    columns: dict[str, Any]
    """Expressions for `on`, and for those of COLUMNS that this source fills."""
    entry: Callable[[dict[str, Any]], Entry]
    """One row of columns -> what is shown."""
    rank: int = 0
    """What happened on one day stands in this order, the highest first."""
    about: str = "agency"
    """Whose story it belongs to: the name of a model."""


# So many of those who took part are named; of more, only their number is told.
_NAMED = 3
_sources: dict[tuple[str, str], Source] = {}
_COUNTS, _ENTRIES = Texts(), Texts()


def register(name: str, source: Source) -> None:
    """Add a source under a name of its own in that story; registering the same name again replaces it."""
    _sources[source.about, name] = source
    for texts in (_COUNTS, _ENTRIES):
        texts.forget()


_EMPTY = {
    "code": Value("", CharField()),
    "subject": Value("", CharField()),
    "text": Value("", TextField()),
    "who": Value("", TextField()),
    "until": Cast(Value(None), DateField()),
    "number": Value(0),
}


def _selected(name: str, source: Source, subject: Model, user: Any) -> QuerySet[Any, Any]:
    columns = {"kind": Value(name, CharField()), "rank": Value(source.rank), "key": F("pk")} | _EMPTY | source.columns
    renamed = {f"t_{column}": columns[column] for column in COLUMNS}
    return source.rows(subject, user).order_by().annotate(**renamed).values_list(*renamed)


class Timeline:
    """A story as one reader may see it."""

    def __init__(self, subject: Model, user: Any) -> None:
        self.subject = subject
        self.user = user
        mine = ((name, each) for (about, name), each in _sources.items() if about == subject._meta.model_name)
        self.sources = {name: each for name, each in mine if user.has_perm(each.permission)}

    def _depends(self, *more: Any) -> tuple[Any, ...]:
        """What the text of a question about any such story depends on."""
        user = self.user
        return (
            self.subject._meta.label,
            tuple(self.sources),
            user.pk,
            user.role,
            user.permissions,
            clock.today(),
            more,
        )

    def _for(self, key: int) -> Model:
        """The subject, or another of its kind, as far as its sources look at it."""
        return type(self.subject)(pk=key)

    def _union(self, names: Iterable[str], key: int) -> QuerySet[Any, Any]:
        parts = [_selected(name, self.sources[name], self._for(key), self.user) for name in names]
        return parts[0].union(*parts[1:], all=True)

    def counts(self) -> dict[str, tuple[str, int]]:
        """How many entries of each kind: {kind: (label, number)}; one query."""
        labels = {each.kind: each.label for each in self.sources.values()}
        numbers = dict.fromkeys(labels, 0)
        if self.sources:
            for kind, number in _COUNTS.about(self.subject.pk, self._depends(), self._counted):
                numbers[kind] += number
        return {kind: (labels[kind], number) for kind, number in numbers.items()}

    def _counted(self, key: int) -> QuerySet[Any, Any]:
        parts = [
            each.rows(self._for(key), self.user)
            .order_by()
            .annotate(t_kind=Value(each.kind, CharField()))
            .values("t_kind")
            .annotate(number=Count("pk"))
            .values_list("t_kind", "number")
            for each in self.sources.values()
        ]
        return parts[0].union(*parts[1:], all=True)

    def story(self, kind: str, length: int) -> Fetched:
        """The entries of one kind or of all, as a sequence to be read page by page; its length is told by `counts`."""
        return Fetched(length, partial(self.entries, kind))

    def entries(self, kind: str = "", *, start: int = 0, most: int = 25) -> list[Entry]:
        """Entries, newest first, of one kind or of all; one query."""
        names = [name for name, each in self.sources.items() if kind in ("", each.kind)]
        if not names:
            return []

        def build(key: int) -> QuerySet[Any, Any]:
            return self._union(names, key).order_by("-t_on", "-t_rank", "-t_key", "t_kind")[start : start + most]

        rows = _ENTRIES.about(self.subject.pk, self._depends(kind, start, most), build)
        told = (dict(zip(COLUMNS, row, strict=True)) for row in rows)
        return [self.sources[row["kind"]].entry(row) for row in told]


def _with_whom(names: str) -> str:
    people = names.split(", ") if names else []
    shown = people if len(people) <= _NAMED + 1 else [*people[:_NAMED], f"{len(people) - _NAMED} till"]
    return f"med {' och '.join(filter(None, [', '.join(shown[:-1]), *shown[-1:]]))}" if shown else ""


def _dialogue(row: dict[str, Any]) -> Entry:
    return Entry(
        on=row["on"],
        kind="dialoger",
        what=Channel(row["code"]).label,
        subject=_with_whom(row["who"]),
        text=row["text"],
        url=address("agencies:dialogue", row["key"]),
    )


def _obstacle(row: dict[str, Any]) -> Entry:
    label = ObstacleKind(row["code"]).label
    return Entry(
        on=row["on"],
        kind="hinder",
        what="Hinder",
        subject=f"{label}: {row['subject']}" if row["subject"] else label,
        url=address("agencies:obstacle", row["key"]),
        tag=f"löst {row['until'].isoformat()}" if row["until"] else "",
    )


def _resolved(row: dict[str, Any]) -> Entry:
    entry = _obstacle(row)
    return Entry(on=entry.on, kind="hinder", what="Hinder löst", subject=entry.subject, url=entry.url)


def _step_done(row: dict[str, Any]) -> Entry:
    return Entry(
        on=row["on"],
        kind="steg",
        what="Klart",
        subject=row["subject"],
        who=row["who"],
        url=address("agencies:step", row["key"]),
    )


def _contact_left(row: dict[str, Any]) -> Entry:
    return Entry(
        on=row["on"],
        kind="kontakter",
        what="Slutade",
        subject=row["subject"],
        text=f"Efterträds av {row['who']}." if row["who"] else "",
        url=address("agencies:contact", row["key"]),
    )


_OBSTACLE = {"code": F("kind"), "subject": F("words"), "until": F("resolved_on")}
_OWN = {
    "dialogue": Source(
        "dialoger",
        "Dialoger",
        "agencies.view_dialogue",
        lambda agency, user: agency.dialogues.held().with_people().as_read_by(user),
        {"on": F("held_on"), "code": F("channel"), "text": F("readable_notes"), "who": F("people")},
        _dialogue,
    ),
    "obstacle": Source(
        "hinder",
        "Hinder",
        "agencies.view_obstacle",
        lambda agency, user: agency.obstacles.all(),
        _OBSTACLE | {"on": F("noted_on")},
        _obstacle,
    ),
    "obstacle-resolved": Source(
        "hinder",
        "Hinder",
        "agencies.view_obstacle",
        lambda agency, user: agency.obstacles.filter(resolved_on__isnull=False),
        _OBSTACLE | {"on": F("resolved_on")},
        _resolved,
    ),
    "step-done": Source(
        "steg",
        "Nästa steg",
        "agencies.view_nextstep",
        lambda agency, user: agency.next_steps.filter(done_on__isnull=False),
        {"on": F("done_on"), "subject": F("what"), "who": F("owner__name")},
        _step_done,
    ),
    "contact-left": Source(
        "kontakter",
        "Kontakter",
        "agencies.view_contact",
        # Somebody who will leave is told of beside the contact; here stands what has happened.
        lambda agency, user: agency.contacts.filter(left_on__lte=clock.today()),
        {"on": F("left_on"), "subject": F("name"), "who": F("successor__name")},
        _contact_left,
    ),
}


def register_own() -> None:
    """Add this room's own sources."""
    for name, source in _OWN.items():
        register(name, source)
