"""The 109 places that somebody started in: 2017 PIS 32 and MBJ 34, 2018 PIS 18 and MBJ 25 (domain description).

Of the MBJ, 7 were extended in 2017 and 24 in 2018, each once.
"""

from placements.choices import Outcome
from praktik.demo.places.cue import MBJ, PIS, Cue, Ending, Offered

_ON_WITH_MBJ = Ending(Outcome.NEXT_PROGRAMME)

PIS_2017 = (
    Cue("Arbetsförmedlingen", PIS, "2017-09", 0),
    Cue("Arbetsförmedlingen", PIS, "2017-10", 2, months=4),
    Cue("Bolagsverket", PIS, "2017-08", 0, months=5),
    Cue("Bolagsverket", PIS, "2017-11", 1),
    Cue("Centrala studiestödsnämnden", PIS, "2017-09", 0, 2),
    Cue("Folke Bernadotteakademin", PIS, "2017-05", 0),
    Cue("Försäkringskassan", PIS, "2017-08", 0, 2),
    Cue("Försäkringskassan", PIS, "2017-11", 1, months=3),
    Cue("Förvaltningsrätten i Härnösand", PIS, "2017-06", 1, months=4),
    Cue("Hovrätten för Nedre Norrland", PIS, "2017-11", 0),
    Cue("Kriminalvården", PIS, "2017-10", 0),
    Cue("Lantmäteriet", PIS, "2017-06", 0),
    Cue("Länsstyrelsen i Västernorrlands län", PIS, "2017-04", 2, months=5, name="archive", ending=_ON_WITH_MBJ),
    Cue("Länsstyrelsen i Västernorrlands län", PIS, "2017-08", 0, months=3),
    Cue("Migrationsverket", PIS, "2017-09-05", 0, months=5, by="2017-07-03",
        ending=Ending(Outcome.SAME_AGENCY, True, "2018-08-31")),
    Cue("Mittuniversitetet", PIS, "2017-09", 1),
    Cue("Mittuniversitetet", PIS, "2017-11", 0, 2, by="2017-09-11", contact=1),
    Cue("Myndigheten för samhällsskydd och beredskap", PIS, "2017-09", 1),
    Cue("Pensionsmyndigheten", PIS, "2017-10", 1, months=4),
    Cue("Polismyndigheten", PIS, "2017-11", 0),
    Cue("Riksarkivet", PIS, "2017-09", 0, ending=Ending(Outcome.SAME_AGENCY, True, "2019-06-30")),
    Cue("Skatteverket", PIS, "2017-06", 2, months=5),
    Cue("Skatteverket", PIS, "2017-10", 1, name="host", ending=_ON_WITH_MBJ),
    Cue("Skogsstyrelsen", PIS, "2017-06", 0, months=4),
    Cue("Specialpedagogiska skolmyndigheten", PIS, "2017-09", 2),
    Cue("Statens servicecenter", PIS, "2017-10", 0),
    Cue("Statens tjänstepensionsverk", PIS, "2017-05", 1, months=5, name="caretaking", ending=_ON_WITH_MBJ),
    Cue("Sundsvalls tingsrätt", PIS, "2017-09", 0, months=4),
    Cue("Trafikverket", PIS, "2017-09", 1),
)  # fmt: skip

MBJ_2017 = (
    Cue("Arbetsförmedlingen", MBJ, "2017-10", 1, months=12),
    Cue("Arbetsförmedlingen", MBJ, "2017-11", 0, months=12, more=6),
    Cue("Bolagsverket", MBJ, "2017-09", 0, 2, months=12, more=6),
    Cue("Bolagsverket", MBJ, "2017-12", 2, months=10),
    Cue("Centrala studiestödsnämnden", MBJ, "2017-09", 0, 2, months=12, more=12),
    Cue("Centrala studiestödsnämnden", MBJ, "2017-11", 1, months=12),
    Cue("Försäkringskassan", MBJ, "2017-06", 0, more=12),
    Cue("Försäkringskassan", MBJ, "2017-09", 1, 2, months=9, more=9),
    Cue("Försäkringskassan", MBJ, "2017-12-04", 0, months=12),
    Cue("Förvaltningsrätten i Härnösand", MBJ, "2017-10", 0, months=12, more=6),
    Cue("Kriminalvården", MBJ, "2017-12-04", 1, months=12, more=12),
    Cue("Lantmäteriet", MBJ, "2017-06", 0, more=9),
    Cue("Länsstyrelsen i Västernorrlands län", MBJ, "2017-05", 0, 2, more=6),
    Cue("Länsstyrelsen i Västernorrlands län", MBJ, "2017-10-09", 2, months=12, follows="archive",
        ending=Ending(Outcome.SAME_AGENCY, True, "2019-09-30")),
    Cue("Mittuniversitetet", MBJ, "2017-09", 2, months=12, more=6),
    Cue("Mittuniversitetet", MBJ, "2017-11", 1, 2, months=9, more=6),
    Cue("Myndigheten för samhällsskydd och beredskap", MBJ, "2017-05", 0, 2, more=12),
    Cue("Pensionsmyndigheten", MBJ, "2017-11", 0, months=12, more=6),
    Cue("Polismyndigheten", MBJ, "2017-12-11", 1, months=12),
    Cue("Riksarkivet", MBJ, "2017-11", 0, months=10),
    Cue("Skatteverket", MBJ, "2017-10", 0, months=9, more=12),
    Cue("Skogsstyrelsen", MBJ, "2017-09", 0, months=8, more=9),
    Cue("Skogsstyrelsen", MBJ, "2017-10", 1),
    Cue("Specialpedagogiska skolmyndigheten", MBJ, "2017-10", 0, months=12, more=6),
    Cue("Statens institutionsstyrelse", MBJ, "2017-11", 0, more=12,
        ending=Ending(Outcome.ELSEWHERE, False, on="2018-11-16")),
    Cue("Statens tjänstepensionsverk", MBJ, "2017-10-30", 1, months=11, follows="caretaking",
        ending=Ending(Outcome.SAME_AGENCY, False)),
    Cue("Trafikverket", MBJ, "2017-06", 1, more=9),
    Cue("Trafikverket", MBJ, "2017-10", 2, months=12),
)  # fmt: skip

PIS_2018 = (
    Cue("Arbetsförmedlingen", PIS, "2018-02", 0),
    Cue("Bolagsverket", PIS, "2018-10", 0),
    Cue("Centrala studiestödsnämnden", PIS, "2018-10", 1),
    Cue("Folke Bernadotteakademin", PIS, "2018-06-04", 0, months=5),
    Cue("Försäkringskassan", PIS, "2018-03", 3),
    Cue("Kriminalvården", PIS, "2018-08-27", 0, months=4, left_open=True),
    Cue("Länsstyrelsen i Västernorrlands län", PIS, "2018-05", 1, months=5),
    Cue("Mittuniversitetet", PIS, "2018-02", 4, name="laboratories", ending=_ON_WITH_MBJ),
    Cue("Mittuniversitetet", PIS, "2018-11", 0),
    Cue("Myndigheten för samhällsskydd och beredskap", PIS, "2018-03", 1),
    Cue("Polismyndigheten", PIS, "2018-05", 2),
    Cue("Riksarkivet", PIS, "2018-02", 1),
    Cue("Skatteverket", PIS, "2018-08-20", 0, months=5),
    Cue("Specialpedagogiska skolmyndigheten", PIS, "2018-01", 2),
    Cue("Statens institutionsstyrelse", PIS, "2018-04", 1, months=4),
    Cue("Statens tjänstepensionsverk", PIS, "2018-11-26", 1, offered=Offered("2018-12-06", waits=True)),
    Cue("Trafikverket", PIS, "2018-12-03", 1, offered=Offered("2018-12-13", waits=True, words=(
        "Vem på myndigheten ringer vi de första veckorna, arkivarien eller enhetschefen?",
        "Arkivarien i första hand. Enhetschefen vill bara veta när något ändras."))),
    Cue("Ångermanlands tingsrätt", PIS, "2018-03", 0),
)  # fmt: skip

MBJ_2018 = (
    Cue("Arbetsförmedlingen", MBJ, "2018-03", 2, more=6),
    Cue("Bolagsverket", MBJ, "2018-05", 1, 2, months=9, by="2018-03-21", contact=0),
    Cue("Centrala studiestödsnämnden", MBJ, "2018-02", 1, more=9),
    Cue("Centrala studiestödsnämnden", MBJ, "2018-09", 0, months=12),
    Cue("Folke Bernadotteakademin", MBJ, "2018-05", 1, more=6),
    Cue("Försäkringskassan", MBJ, "2018-02", 0, 2, more=12, by="2017-12-13", contact=0),
    Cue("Försäkringskassan", MBJ, "2018-10", 2, months=12),
    Cue("Förvaltningsrätten i Härnösand", MBJ, "2018-06", 0, months=12),
    Cue("Kriminalvården", MBJ, "2018-05", 2, months=9),
    Cue("Lantmäteriet", MBJ, "2018-02-12", 0, months=10),
    Cue("Länsstyrelsen i Västernorrlands län", MBJ, "2018-04", 0, months=7),
    Cue("Länsstyrelsen i Västernorrlands län", MBJ, "2018-05", 3, more=6),
    Cue("Mittuniversitetet", MBJ, "2018-01-29", 3, months=11, left_open=True),
    Cue("Mittuniversitetet", MBJ, "2018-08-20", 4, months=12, follows="laboratories"),
    Cue("Myndigheten för samhällsskydd och beredskap", MBJ, "2018-04", 2, more=12),
    Cue("Pensionsmyndigheten", MBJ, "2018-08-20", 0, months=12),
    Cue("Polismyndigheten", MBJ, "2018-10", 1, months=12),
    Cue("Skatteverket", MBJ, "2018-05-02", 1, months=12, follows="host"),
    Cue("Skogsstyrelsen", MBJ, "2018-05", 0),
    Cue("Statens servicecenter", MBJ, "2018-09", 1, months=12),
    Cue("Statens tjänstepensionsverk", MBJ, "2018-01-22", 0, months=12),
    # In hand with an office whose officer leaves late in the autumn: they fall between two chairs.
    Cue("Trafikverket", MBJ, "2018-06-04", 3, 2, months=12),
)  # fmt: skip

STARTED = (*PIS_2017, *MBJ_2017, *PIS_2018, *MBJ_2018)
