"""What is found of places and orders, and how a hit reads. Nothing of the person in place is searched."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from agencies.models import Municipality, Office
from agencies.search import named
from placements.models import MatchingOrder, Placement
from praktik import clock
from praktik.search import Group, Hit, Index, Known, OneOf, Word, marked, searchable, snippet

PLACE_WORDS = Index("placements_placement", heavy=("duties",), light=("unit",))
ORDER_WORDS = Index(
    "placements_matchingorder", heavy=("duties", "occupation"), light=("prepared", "expects", "blocked_words")
)
INDEXES = (PLACE_WORDS, ORDER_WORDS)


class Places(Group):
    """Places, whatever became of them: by duties and unit, and by their agency and town."""

    name, label, permission, index = "platser", "Platser", "placements.view_placement", PLACE_WORDS
    order = ("-agreed_on", "-pk")

    def rows(self, user: Any) -> QuerySet[Any, Any]:
        """Those that are agreed by today."""
        return Placement.objects.existing(on=clock.today())

    def besides(self, word: Word, known: Known) -> list[Q]:
        """By the agency's name and the town's."""
        agency, town = known.keys(named, word), known.keys(_towns, word)
        return [Q(OneOf("agency_id", agency)), *([Q(OneOf("municipality_id", town))] if town else [])]

    def told(self, rows: Any, user: Any) -> QuerySet[Any, Any]:
        """With agency, programme, town and state."""
        known: QuerySet[Any, Any] = rows.select_related("agency", "programme", "municipality")
        return known.with_state(on=clock.today())  # type: ignore[attr-defined]  # a filtered queryset is one of ours

    def hit(self, row: Any, words: tuple[Word, ...]) -> Hit:
        """What is done there, and where."""
        return Hit(
            title=marked(row.duties or "Plats", words),
            url=row.get_absolute_url(),
            line=marked(
                " · ".join(filter(None, [row.agency.name, row.unit, row.municipality and row.municipality.name])), words
            ),
            code=row.programme.code,
            tag=row.state_word,
            look=f"state-{row.state_on}",
        )


class Orders(Group):
    """Orders to the offices, the closed ones too: by what is asked for, and by agency and office."""

    name, label, permission, index = "order", "Order", "placements.view_placement", ORDER_WORDS
    order = ("-sent_on", "-pk")

    def rows(self, user: Any) -> QuerySet[Any, Any]:
        """All of them: every officer reads the orders of the whole county."""
        return MatchingOrder.objects.all()

    def besides(self, word: Word, known: Known) -> list[Q]:
        """By the agency's name and the office's."""
        agency, office = known.keys(named, word), known.keys(_offices, word)
        return [Q(OneOf("agency_id", agency)), *([Q(OneOf("office_id", office))] if office else [])]

    def told(self, rows: Any, user: Any) -> QuerySet[Any, Any]:
        """With agency and office."""
        return rows.select_related("agency", "office")

    def hit(self, row: Any, words: tuple[Word, ...]) -> Hit:
        """To whom, from which agency, and what was asked for."""
        said = [row.occupation, row.duties, row.prepared, row.expects, row.blocked_words]
        hard, recalled = row.hard_since, row.recalled_on
        return Hit(
            title=marked(str(row), words),
            url=row.get_absolute_url(),
            line=marked(row.agency.name, words),
            text=snippet(". ".join(filter(None, (each.strip().rstrip(".") for each in said))), words),
            tag="återtagen" if recalled else "svårmatchad" if hard else "",
            look="calm" if recalled else "late",
        )


def _towns(words: tuple[Word, ...]) -> dict[Word, list[int]]:
    """The keys of towns by each word of a search; one query of a few rows."""
    return _beginning(words, Municipality.objects.order_by().values_list("pk", "name"))


def _offices(words: tuple[Word, ...]) -> dict[Word, list[int]]:
    """The keys of offices by each word of a search; one query of a few rows."""
    return _beginning(words, Office.objects.order_by().values_list("pk", "name"))


def _beginning(words: tuple[Word, ...], names: Iterable[tuple[int, str]]) -> dict[Word, list[int]]:
    there = [(key, searchable(name).split()) for key, name in names]
    return {word: [key for key, parts in there if any(map(word.finds, parts))] for word in words}


GROUPS = (Places(), Orders())
