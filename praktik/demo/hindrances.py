"""What stood in the way: the obstacles of the 18 agencies held back, each met in a dialogue.

All 18 had something unresolved on some day of 2018, so the year's share is 18 of 42 (domain description, "Figures
the demonstration data must reproduce exactly").
"""

from dataclasses import dataclass
from datetime import date

from agencies.choices import ObstacleKind as Kind
from praktik.demo.phrases.obstacles import MET


@dataclass(frozen=True)
class Hindrance:
    """One obstacle. It is noted at the first dialogue from `met`, and resolved at the first from `over`."""

    kind: Kind
    met: date
    words: str = ""
    over: date | None = None


HINDRANCES: dict[str, tuple[Hindrance, ...]] = {
    "Affärsverket svenska kraftnät": (
        Hindrance(Kind.HEAD_OFFICE, date(2017, 5, 8), "Praktik ordnas i Sundbyberg, driften här tar inte emot"),
        Hindrance(Kind.VETTING, date(2017, 9, 4), "Alla i huset säkerhetsprövas, även för kortare tid"),
    ),
    "Arbetsmiljöverket": (
        Hindrance(Kind.TOO_SMALL, date(2017, 6, 1), "De flesta inspektörer arbetar på resande fot"),
        Hindrance(Kind.NO_TIME, date(2018, 2, 1), "Ny indelning av inspektionen", over=date(2018, 9, 10)),
    ),
    "Fortifikationsverket": (
        Hindrance(Kind.HEAD_OFFICE, date(2017, 8, 28), "Beslut om praktik fattas i Eskilstuna"),
        Hindrance(Kind.VETTING, date(2018, 1, 15)),
    ),
    "Försvarsmakten": (
        Hindrance(Kind.CITIZENSHIP, date(2017, 4, 18), "Gäller alla befattningar inne på området"),
        Hindrance(Kind.VETTING, date(2017, 11, 6), "Tar två till tre månader"),
    ),
    "Hyres- och arrendenämnden i Sundsvall": (
        Hindrance(Kind.TOO_SMALL, date(2017, 4, 3), "Nio anställda, ingen som kan handleda hela dagar"),
    ),
    "Kammarrätten i Sundsvall": (
        Hindrance(Kind.NO_TASKS, date(2017, 6, 12), "Nästan alla akter omfattas av sekretess"),
        Hindrance(Kind.NO_TUTOR, date(2018, 3, 5), "Den tilltänkta handledaren har fått annat uppdrag"),
    ),
    "Kronofogdemyndigheten": (
        Hindrance(Kind.NO_TIME, date(2017, 9, 18), "Nytt ärendesystem införs under hösten och våren"),
        Hindrance(Kind.LEAD_TIME, date(2018, 1, 29), "Tre månader från profil till förslag", over=date(2018, 10, 15)),
    ),
    "Kustbevakningen": (Hindrance(Kind.CITIZENSHIP, date(2017, 5, 15), "Krävs för arbete ombord, inte i förrådet"),),
    "Luftfartsverket": (
        Hindrance(Kind.HARD_TO_REACH, date(2017, 9, 1), "Flera mejl utan svar", over=date(2018, 2, 12)),
        Hindrance(Kind.HEAD_OFFICE, date(2018, 2, 12), "HR i Norrköping samordnar all praktik"),
    ),
    "Migrationsverket": (
        Hindrance(Kind.NO_TIME, date(2017, 10, 2), "Enheter avvecklas och personal sägs upp"),
        Hindrance(Kind.PLACE_TAKEN, date(2018, 2, 19), "Platsen är fylld till sommaren", over=date(2018, 9, 3)),
    ),
    "Myndigheten för digital förvaltning": (
        Hindrance(Kind.NO_TIME, date(2018, 9, 11), "Myndigheten byggs upp och rekryterar fortfarande"),
        Hindrance(Kind.UNCLEAR_GOALS, date(2018, 10, 8), "Uppdraget är inte fördelat på någon avdelning än"),
    ),
    "Rättshjälpsmyndigheten": (
        Hindrance(Kind.TOO_SMALL, date(2017, 5, 22), "Fjorton anställda, ingen egen vaktmästare"),
    ),
    "Sjöfartsverket": (
        Hindrance(Kind.HEAD_OFFICE, date(2017, 10, 9), "Administrationen ligger i Norrköping"),
        Hindrance(Kind.OTHER, date(2018, 4, 9), "Arbetet görs till sjöss och kräver intyg i sjösäkerhet"),
    ),
    "Statens jordbruksverk": (
        Hindrance(Kind.TOO_SMALL, date(2017, 6, 5), "Arton anställda, de flesta ute på kontroller"),
        Hindrance(Kind.NO_MATCH, date(2018, 3, 12), "Två förslag efterfrågade, inget hittills"),
    ),
    "Transportstyrelsen": (
        Hindrance(Kind.HEAD_OFFICE, date(2017, 5, 29), "Praktik tas emot i Norrköping och Örebro"),
        Hindrance(Kind.CONTACT_CHANGED, date(2018, 2, 5), "Frågan saknar mottagare på HR", over=date(2018, 9, 17)),
    ),
    "Tullverket": (
        Hindrance(Kind.TOO_SMALL, date(2017, 8, 21), "Gruppen arbetar mest ute i fält"),
        Hindrance(Kind.CITIZENSHIP, date(2018, 1, 22)),
    ),
    "Åklagarmyndigheten": (
        Hindrance(Kind.NO_TIME, date(2017, 11, 13), "Vakanser och flera stora mål"),
        Hindrance(Kind.NO_TASKS, date(2018, 5, 7), "Handlingarna omfattas av förundersökningssekretess"),
    ),
    "Överklagandenämnden för studiestöd": (
        Hindrance(Kind.TOO_SMALL, date(2017, 5, 2), "Kansliet är elva personer"),
        Hindrance(Kind.NO_MONEY, date(2018, 2, 26), "Ingen ledig arbetsplats eller dator i budgeten"),
    ),
}


def sentence(agency: str, kind: Kind) -> str:
    """How the agency's obstacle sounded; agencies with the same kind of obstacle say it in different words."""
    alike = [name for name, all_met in HINDRANCES.items() if kind in {each.kind for each in all_met}]
    return MET[kind][alike.index(agency) % len(MET[kind])]
