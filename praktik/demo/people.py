"""Names, addresses and telephone numbers for the cast. Nobody of them exists.

Addresses lie under example.se (RFC 2606). A number is an area code and five digits that begin with 555: too short
to be anybody's.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterator
from itertools import count
from random import Random

_FIRST_NAMES = (
    "Agneta", "Ahmed", "Alexander", "Amina", "Anders", "Anette", "Anna", "Anneli", "Bengt", "Birgitta", "Björn",
    "Camilla", "Carina", "Cecilia", "Charlotte", "Daniel", "David", "Eleni", "Elin", "Elisabeth", "Emma", "Erik",
    "Eva", "Fredrik", "Gunilla", "Göran", "Hanna", "Hans", "Helena", "Henrik", "Håkan", "Ingela", "Jan", "Jenny",
    "Johan", "Johanna", "Jonas", "Karin", "Katarina", "Kerstin", "Kristina", "Lars", "Lena", "Leyla", "Linda",
    "Magnus", "Malin", "Marcus", "Maria", "Marie", "Mats", "Mikael", "Monika", "Niklas", "Olof", "Patrik", "Per",
    "Pernilla", "Peter", "Petra", "Reza", "Robert", "Sara", "Sofia", "Stefan", "Susanne", "Thomas", "Tomas", "Ulf",
    "Ulrika", "Viktoria", "Yvonne", "Åsa", "Örjan",
)  # fmt: skip
_LAST_NAMES = (
    "Ahlgren", "Alm", "Backlund", "Berggren", "Bergvall", "Björkman", "Boman", "Brodin", "Bylund", "Dahlin", "Edlund",
    "Ekman", "Englund", "Fahlén", "Falk", "Fors", "Frisk", "Grahn", "Gustafsson", "Hagström", "Hammar", "Hedman",
    "Hellgren", "Hoseini", "Högberg", "Isaksson", "Jansson", "Jonsson", "Karimi", "Kjellin", "Kovačević", "Kvist",
    "Lagerqvist", "Lindahl", "Lindfors", "Ljung", "Lundin", "Löfgren", "Malmström", "Melander", "Modin", "Molin",
    "Norberg", "Nordin", "Norell", "Näslund", "Olofsson", "Palm", "Persson", "Rehn", "Rosén", "Rydberg", "Sandin",
    "Sehlin", "Selander", "Sjödin", "Skoglund", "Stenman", "Strand", "Strömberg", "Sundin", "Svedberg", "Söderlund",
    "Tjärnström", "Tjernberg", "Torstensson", "Vallin", "Wallgren", "Vestin", "Wikström", "Yilmaz", "Zetterlund",
    "Åberg", "Ågren", "Åström", "Ödmark", "Öhman", "Östlund",
)  # fmt: skip
_AREA_CODES = {"Sundsvall": "060", "Kramfors": "0612", "Sollefteå": "0620", "Örnsköldsvik": "0660"}


def names(rng: Random) -> Iterator[str]:
    """Made-up names without end, none of them twice, and the same surname seldom."""
    used = set()
    while True:
        first_names, last_names = rng.sample(_FIRST_NAMES, len(_FIRST_NAMES)), rng.sample(_LAST_NAMES, len(_LAST_NAMES))
        for first, last in zip(first_names, last_names, strict=False):
            if (first, last) not in used:
                used.add((first, last))
                yield f"{first} {last}"


class Directory:
    """Gives out addresses and numbers, each only once."""

    def __init__(self) -> None:
        self._addresses: Counter[str] = Counter()
        self._numbers: dict[str, Iterator[int]] = {}

    def address(self, name: str) -> str:
        """`name.name@example.se` in plain letters; a namesake gets a figure after."""
        plain = unicodedata.normalize("NFD", name.casefold().replace(" ", "."))
        box = "".join(letter for letter in plain if letter.isascii())
        self._addresses[box] += 1
        return f"{box}{self._addresses[box] if self._addresses[box] > 1 else ''}@example.se"

    def number(self, town: str) -> str:
        """A number in the town's area, 0611 where none is known; each area has a hundred to give."""
        area = _AREA_CODES.get(town, "0611")
        place = next(self._numbers.setdefault(area, count(1)))
        return f"{area}-555 {place:02d}"
