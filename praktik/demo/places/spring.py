"""The 35 PIS and 25 MBJ agreed for the spring of 2019, as they stand on 2018-12-31; and those that came to nothing."""

from placements.choices import Requirement
from praktik.demo.places.cue import ASKED, CANDIDATE, MBJ, NONE_NOW, PIS, Cue, Hard, Offered, Sent

_COUNTY = "Länsstyrelsen i Västernorrlands län"
_MSB = "Myndigheten för samhällsskydd och beredskap"
_CSN = "Centrala studiestödsnämnden"
_SPSM = "Specialpedagogiska skolmyndigheten"


def _proposed(on: str, answered_on: str) -> Sent:
    return Sent(on, CANDIDATE, answered_on)


SPRING = (
    Cue("Arbetsförmedlingen", PIS, "2019-02-04", 0, by="2018-11-08", sent=_proposed("2018-12-06", "2018-12-17"),
        offered=Offered("2018-12-18", waits=True)),
    Cue("Arbetsförmedlingen", MBJ, "2019-04-01", 2, months=12, by="2018-11-15"),
    Cue("Bolagsverket", PIS, "2019-02-11", 0, by="2018-10-08", sent=_proposed("2018-12-05", "2018-12-14"),
        offered=Offered("2018-12-20", waits=True, words=(
            "Är det klart vem som handleder? I ordern står ingen.",
            "Inte än. HR-chefen lämnar besked i början av januari."))),
    Cue("Bolagsverket", PIS, "2019-04-08", 1, by="2018-11-30"),
    Cue("Bolagsverket", MBJ, "2019-03-04", 2, 2, months=12, by="2018-11-09", sent=Sent("2018-12-10")),
    Cue(_CSN, PIS, "2019-01-21", 0, 2, by="2018-09-24", sent=_proposed("2018-12-04", "2018-12-13"),
        offered=Offered("2018-10-15")),
    Cue(_CSN, MBJ, "2019-03-18", 2, 2, months=12, by="2018-11-19", sent=Sent("2018-12-11", NONE_NOW, "2018-12-20")),
    Cue("Folke Bernadotteakademin", PIS, "2019-03-04", 0, by="2018-08-31", offered=Offered("2018-10-22"),
        sent=Sent("2018-10-15", NONE_NOW, "2018-10-29", hard=Hard(
            "2018-11-19", Requirement.TRAVEL, "bussen till Sandö går några gånger om dagen",
            (("Sollefteå", "2018-11-28", NONE_NOW, "Vi har ingen som kan ta sig till Sandö med buss."),
             ("Sundsvall", "2018-12-12", ASKED, "Går det att ordna boende i veckorna?"))))),
    Cue("Folke Bernadotteakademin", MBJ, "2019-05-06", 1, months=12, by="2018-11-13"),
    Cue("Försäkringskassan", PIS, "2019-02-04", 0, 2, by="2018-10-10", sent=_proposed("2018-12-04", "2018-12-12"),
        offered=Offered("2018-11-14")),
    Cue("Försäkringskassan", PIS, "2019-03-11", 3, by="2018-11-02", sent=Sent("2018-12-06", ASKED, "2018-12-18",
        question="Kan uppgifterna göras sittande en del av dagen? Och går det att få se lokalen i januari?")),
    Cue("Försäkringskassan", MBJ, "2019-03-04", 1, 2, months=12, by="2018-09-24", offered=Offered("2018-10-24"),
        sent=Sent("2018-11-08", NONE_NOW, "2018-11-22")),
    Cue("Försäkringskassan", MBJ, "2019-05-02", 2, months=12, by="2018-11-20"),
    Cue("Förvaltningsrätten i Härnösand", PIS, "2019-02-18", 0, by="2018-10-10", sent=Sent("2018-12-12")),
    Cue("Hovrätten för Nedre Norrland", PIS, "2019-03-25", 1, by="2018-12-11"),
    Cue("Kriminalvården", PIS, "2019-02-25", 0, 2, by="2018-09-28",
        sent=Sent("2018-10-08", NONE_NOW, "2018-10-22", hard=Hard(
            "2018-11-01", Requirement.VETTING, "tar sex till åtta veckor före start",
            (("Sundsvall", "2018-11-15", NONE_NOW, "Ingen som kan vänta så länge på besked."),)))),
    Cue("Kriminalvården", MBJ, "2019-04-15", 1, months=12, by="2018-11-30"),
    Cue("Lantmäteriet", PIS, "2019-01-28", 0, by="2018-10-26", sent=_proposed("2018-12-04", "2018-12-11"),
        offered=Offered("2018-11-14")),
    Cue("Lantmäteriet", MBJ, "2019-05-13", 0, months=12, by="2018-12-10"),
    Cue(_COUNTY, PIS, "2019-03-18", 2, by="2018-10-23", sent=_proposed("2018-12-13", "2018-12-20"),
        offered=Offered("2018-11-12")),
    Cue(_COUNTY, PIS, "2019-05-06", 0, by="2018-11-27"),
    Cue(_COUNTY, MBJ, "2019-04-23", 3, months=12, by="2018-12-27"),
    Cue("Mittuniversitetet", PIS, "2019-01-28", 0, 2, by="2018-09-14", sent=_proposed("2018-12-04", "2018-12-14"),
        offered=Offered("2018-10-22")),
    Cue("Mittuniversitetet", MBJ, "2019-02-18", 1, 2, months=12, by="2018-10-26",
        sent=_proposed("2018-12-04", "2018-12-18"), offered=Offered("2018-11-21")),
    Cue(_MSB, PIS, "2019-02-11", 0, 2, by="2018-09-19", sent=Sent("2018-12-07", answer_by="2019-01-11")),
    Cue(_MSB, MBJ, "2019-04-01", 1, months=12, by="2018-11-12", sent=_proposed("2018-12-10", "2018-12-21"),
        offered=Offered("2018-12-27", waits=True)),
    Cue("Pensionsmyndigheten", PIS, "2019-02-04", 1, by="2018-10-17", sent=Sent("2018-12-19")),
    Cue("Pensionsmyndigheten", MBJ, "2019-04-08", 0, months=12, by="2018-12-18"),
    Cue("Polismyndigheten", PIS, "2019-03-04", 2, by="2018-08-30", contact=2, unconfirmed=True),
    Cue("Polismyndigheten", MBJ, "2019-03-04", 2, months=12, by="2018-08-30", contact=2, unconfirmed=True),
    Cue("Polismyndigheten", PIS, "2019-02-18", 0, 2, by="2018-09-24", offered=Offered("2018-10-25"),
        sent=Sent("2018-11-05", NONE_NOW, "2018-11-19", hard=Hard("2018-11-30", Requirement.CITIZENSHIP))),
    Cue("Polismyndigheten", MBJ, "2019-05-06", 3, months=12, by="2018-11-15",
        sent=Sent("2018-12-14", answer_by="2019-01-14")),
    Cue("Riksarkivet", PIS, "2019-03-11", 0, by="2018-06-27", contact=1, unconfirmed=True),
    Cue("Riksarkivet", MBJ, "2019-04-01", 1, months=12, by="2018-06-27", contact=1, unconfirmed=True),
    Cue("Skatteverket", PIS, "2019-02-04", 0, by="2018-10-17", sent=_proposed("2018-12-05", "2018-12-13"),
        offered=Offered("2018-11-05")),
    Cue("Skatteverket", PIS, "2019-03-25", 1, by="2018-11-14", sent=_proposed("2018-12-17", "2018-12-21")),
    Cue("Skatteverket", MBJ, "2019-04-15", 2, months=12, by="2018-12-11"),
    Cue("Skogsstyrelsen", PIS, "2019-05-06", 0, by="2018-11-05"),
    Cue("Skogsstyrelsen", MBJ, "2019-04-23", 1, months=8, by="2018-09-21",
        sent=Sent("2018-11-19", NONE_NOW, "2018-12-03", hard=Hard(
            "2018-12-10", Requirement.LICENCE, "dagarna börjar på olika platser i länet")),
        offered=Offered("2018-10-24", returned="Vi tar gärna över när frågan om körkort är löst med myndigheten.")),
    Cue(_SPSM, PIS, "2019-01-21", 2, by="2018-08-28", sent=_proposed("2018-11-15", "2018-11-29"),
        offered=Offered("2018-10-08")),
    Cue(_SPSM, MBJ, "2019-03-11", 1, months=12, by="2018-11-01",
        sent=Sent("2018-11-20", NONE_NOW, "2018-12-05", hard=Hard(
            "2018-12-19", Requirement.SWEDISH, "provläsningen kräver säker svenska"))),
    Cue("Statens institutionsstyrelse", PIS, "2019-02-25", 1, by="2018-10-10",
        sent=Sent("2018-12-10", ASKED, "2018-12-19",
            question="Måste utdraget ur belastningsregistret vara klart före studiebesöket, eller räcker före start?"),
        offered=Offered("2018-12-12", waits=True)),
    Cue("Statens institutionsstyrelse", MBJ, "2019-04-08", 0, months=12, by="2018-11-28"),
    Cue("Statens servicecenter", PIS, "2019-03-04", 0, by="2018-10-22", sent=Sent("2018-11-28", NONE_NOW, "2018-12-12"),
        offered=Offered("2018-11-05", returned="Vem handleder? Lämna gärna över igen när det är klart.")),
    Cue("Statens tjänstepensionsverk", PIS, "2019-02-11", 1, by="2018-09-21", sent=Sent("2018-11-21"),
        offered=Offered("2018-10-29")),
    Cue("Statens tjänstepensionsverk", MBJ, "2019-04-29", 0, months=12, by="2018-12-19"),
    Cue("Sundsvalls tingsrätt", PIS, "2019-02-18", 0, by="2018-10-26", sent=_proposed("2018-12-06", "2018-12-18"),
        offered=Offered("2018-11-19")),
    Cue("Trafikverket", PIS, "2019-02-11", 1, by="2018-10-18", sent=_proposed("2018-12-05", "2018-12-14"),
        offered=Offered("2018-11-26")),
    Cue("Trafikverket", PIS, "2019-03-18", 0, by="2018-08-09", contact=1,
        sent=Sent("2018-12-12", NONE_NOW, "2018-12-20")),
    Cue("Trafikverket", MBJ, "2019-04-08", 2, months=12, by="2018-08-09", contact=1, unconfirmed=True),
)  # fmt: skip

WITHDRAWN = (
    Cue("Statens institutionsstyrelse", PIS, "2017-11-06", 1, by="2017-08-21", withdrawn=(
        "2017-11-17", "Den som skulle handleda har fått andra uppgifter och ingen kan ta över.")),
    Cue("Lantmäteriet", MBJ, "2018-04-09", 0, months=12, by="2018-02-20", withdrawn=(
        "2018-03-22", "Enheten byter lokaler under våren och kan inte ta emot.")),
    Cue("Sundsvalls tingsrätt", PIS, "2018-05-14", 1, by="2018-03-13", sent=Sent("2018-03-21", NONE_NOW, "2018-04-09"),
        withdrawn=("2018-04-27", "Säkerhetsprövningen skulle inte hinna bli klar före sommaren.")),
    Cue("Hovrätten för Nedre Norrland", PIS, "2018-06-04", 0, by="2018-02-27", withdrawn=(
        "2018-05-22", "Biblioteket byggs om och någon annan arbetsplats finns inte.")),
    Cue(_CSN, MBJ, "2018-05-07", 1, months=12, by="2018-03-08", sent=Sent("2018-03-19", NONE_NOW, "2018-04-05"),
        withdrawn=("2018-06-13", "Ingen hade föreslagits på tre månader och arbetet har ordnats på annat sätt.")),
    Cue(_SPSM, MBJ, "2018-08-20", 0, months=12, by="2018-04-13", sent=Sent("2018-04-26", ASKED, "2018-05-08"),
        withdrawn=("2018-06-15", "Skolan ska minska köket till hösten.")),
    Cue("Mittuniversitetet", PIS, "2018-09-03", 3, by="2018-06-04", withdrawn=(
        "2018-08-22", "Inför terminsstarten finns ingen som har tid att handleda.")),
    Cue("Trafikverket", MBJ, "2018-10-15", 2, 2, months=12, by="2018-05-30", withdrawn=(
        "2018-09-25", "Inventeringen görs av en entreprenör i stället.")),
    Cue("Polismyndigheten", PIS, "2018-12-03", 2, by="2018-08-08", contact=2, unconfirmed=True, withdrawn=(
        "2018-10-26", "Den som lovade platsen har slutat, och på enheten kände ingen till avtalet.")),
)  # fmt: skip
