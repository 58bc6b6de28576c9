"""What is found of agencies, contacts and dialogues, by whom, and how a hit reads."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db.models import F, Q, QuerySet, Value

from agencies.models import Agency, Contact, Dialogue
from agencies.permissions import may_read_notes
from praktik import clock
from praktik.search import Found, Group, Hit, Index, Known, OneOf, Word, marked, snippet
from praktik.swedish import contains_word

AGENCY_WORDS = Index("agencies_agency", heavy=("name",), light=("organisation_number", "note"))
CONTACT_WORDS = Index("agencies_contact", heavy=("name",), light=("title", "unit", "email", "phone"))
DIALOGUE_WORDS = Index("agencies_dialogue", light=("notes",))
INDEXES = (AGENCY_WORDS, CONTACT_WORDS, DIALOGUE_WORDS)


_PEOPLE = 100  # namesakes whose dialogues are found by a word: who has more of the words in the name goes before


def named(words: tuple[Word, ...]) -> dict[Word, list[int]]:
    """The keys of agencies with each word in their name, for things that are found by whose they are; one query."""
    every = [_having(Agency, AGENCY_WORDS, word, number) for number, word in enumerate(words)]
    return _by_word(words, every[0].union(*every[1:], all=True))


def _having(model: Any, index: Index, word: Word, number: int) -> QuerySet[Any, Any]:
    rows = model.objects.filter(Found(index, word, heavy=True)).order_by()
    numbered: QuerySet[Any, Any] = rows.annotate(n=Value(number)).values_list("n", "pk")
    return numbered


def _by_word(words: tuple[Word, ...], pairs: Iterable[tuple[int, int]]) -> dict[Word, list[int]]:
    keys: dict[Word, list[int]] = {word: [] for word in words}
    for number, key in pairs:
        keys[words[number]].append(key)
    return keys


def with_people(words: tuple[Word, ...]) -> dict[Word, list[int]]:
    """The keys of dialogues in which somebody with each word in the name took part; two queries."""
    every = [_having(Contact, CONTACT_WORDS, word, number) for number, word in enumerate(words)]
    people = _by_word(words, every[0].union(*every[1:], all=True))
    shared = Counter(key for keys in people.values() for key in keys)
    whose: dict[int, list[int]] = {}
    for number, word in enumerate(words):
        for key in sorted(people[word], key=lambda key: (shared[key], key), reverse=True)[:_PEOPLE]:
            whose.setdefault(key, []).append(number)
    held = Dialogue.contacts.through.objects.filter(OneOf("contact_id", whose)).values_list("contact_id", "dialogue_id")
    return _by_word(words, ((number, dialogue) for contact, dialogue in held for number in whose[contact]))


def _within(word: Word, *fields: str) -> list[Q]:
    """Also in the middle of a compound: "verket". The trigram indexes need three letters."""
    return [] if word.whole else [contains_word(word.typed, *fields)]


class Agencies(Group):
    """Agencies, the archived ones too: by name, organisation number, and what is good to know of them."""

    name, label, permission, index = "myndigheter", "Myndigheter", "agencies.view_agency", AGENCY_WORDS
    order = (F("archived_on").asc(nulls_first=True), "name")

    def rows(self, user: Any) -> QuerySet[Any, Any]:
        """All of them."""
        return Agency.objects.all()

    def besides(self, word: Word, known: Known) -> list[Q]:
        """In the middle of a name, and an organisation number without its hyphen."""
        number = word.typed.isascii() and word.typed.isdigit() and len(word.typed) > 6
        typed = f"{word.typed[:6]}-{word.typed[6:]}" if number else word.typed
        return [*_within(word, "name"), *([contains_word(typed, "organisation_number")] if number else [])]

    def told(self, rows: Any, user: Any) -> QuerySet[Any, Any]:
        """With their towns."""
        towns: QuerySet[Any, Any] = rows.with_municipality_names()
        return towns

    def hit(self, row: Any, words: tuple[Word, ...]) -> Hit:
        """Its name, its towns and its number."""
        return Hit(
            title=marked(row.name, words, inside=True),
            url=row.get_absolute_url(),
            line=marked(" · ".join(filter(None, [row.places, row.organisation_number])), words),
            text=snippet(row.note, words) if "<mark>" in marked(row.note, words) else "",
            tag="arkiverad" if row.archived_on else "",
        )


class Contacts(Group):
    """Contact persons, those who have left too: by name, title, unit, address and number, and by their agency."""

    name, label, permission, index = "kontakter", "Kontaktpersoner", "agencies.view_contact", CONTACT_WORDS
    order = (F("left_on").desc(nulls_first=True), "name", "pk")

    def rows(self, user: Any) -> QuerySet[Any, Any]:
        """All of them."""
        return Contact.objects.all()

    def besides(self, word: Word, known: Known) -> list[Q]:
        """By the agency's name, and in the middle of a name or an address."""
        inside = [way for field in ("name", "email") for way in _within(word, field)]
        return [Q(OneOf("agency_id", known.keys(named, word))), *inside]

    def told(self, rows: Any, user: Any) -> QuerySet[Any, Any]:
        """With their agencies."""
        return rows.select_related("agency")

    def hit(self, row: Any, words: tuple[Word, ...]) -> Hit:
        """Who it is, where, and how to reach them."""
        gone = row.has_left(on=clock.today())
        return Hit(
            title=marked(str(row), words, inside=True),
            url=row.get_absolute_url(),
            line=marked(
                " · ".join(filter(None, [row.agency.name, row.unit, row.email, row.phone])), words, inside=True
            ),
            tag=f"slutade {row.left_on.isoformat()}" if gone else "",
        )


class Dialogues(Group):
    """Dialogues that were held: by their notes, for those who may read them, by agency and by who took part."""

    name, label, permission, index = "dialoger", "Dialoger", "agencies.view_dialogue", DIALOGUE_WORDS
    order = ("-held_on", "-pk")
    is_long = True

    def rows(self, user: Any) -> QuerySet[Any, Any]:
        """Not those that were logged by mistake."""
        return Dialogue.objects.held()

    def reads(self, user: Any) -> bool:
        """Notes are for whoever may read notes; others do not find what stands in them."""
        return may_read_notes(user)

    def besides(self, word: Word, known: Known) -> list[Q]:
        """By the agency's name, and by the names of those who took part."""
        agency, people = known.keys(named, word), [key for key in known.keys(with_people, word) if key > known.above]
        return [Q(OneOf("agency_id", agency)), Q(OneOf("pk", people))]

    def told(self, rows: Any, user: Any) -> QuerySet[Any, Any]:
        """With agency, people, and the notes as far as they may be read."""
        held: QuerySet[Any, Any] = rows.select_related("agency").defer("notes").with_people().as_read_by(user)
        return held

    def hit(self, row: Any, words: tuple[Word, ...]) -> Hit:
        """When, how, with whom, and what was said."""
        people = f"med {row.people}" if row.people else ""
        return Hit(
            title=str(row),
            url=row.get_absolute_url(),
            line=marked(" · ".join(filter(None, [row.agency.name, people])), words),
            text=snippet(row.readable_notes, words),
        )


GROUPS = (Agencies(), Contacts(), Dialogues())
