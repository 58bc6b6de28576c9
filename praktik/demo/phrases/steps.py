"""What was to be done next: steps that were done, by phase, and those still open on 2018-12-31."""

from datetime import date

from agencies.choices import Phase

# Marks and order as in the stocks of sentences (see the package).
DONE: dict[Phase, tuple[str, ...]] = {
    Phase.INFORMATION: (
        "Skicka informationsbladet om målgrupperna",
        "Ring igen om svaret på informationsbrevet",
        "Ta reda på vad som gäller för försäkring",
        "Ring och boka tid för besök",
        "Svara på frågan om reseersättning",
        "Boka möte med fler chefer",
        "+ Boka möte med enhetscheferna",
        "Skicka exempel på arbetsuppgifter",
        "- Boka videomöte med HR på huvudkontoret",
        "Fråga kontoret om lönestödets storlek",
        "Skicka underlag till chefsmötet",
        "+ Skriv text till deras intranät",
        "+ Svara fackets fråga om undanträngning",
        "Ring om beslutet i ledningsgruppen",
        "+ Skicka mallen för profil",
        "+ Hör med HR om vem som kan handleda",
    ),
    Phase.EXAMPLES: (
        "+ Påminn om profilen",
        "- Skicka exempel från myndigheter i samma läge",
        "Hör om det finns utrymme i budgeten",
        "+ Läs igenom utkastet till profil",
        "Förmedla kontakt med en myndighet som gjort likadant",
        "+ Boka möte om mål för året",
        "Skicka länets siffror till ledningsgruppen",
        "- Fråga huvudkontoret vem som beslutar",
        "+ Skicka checklistan för introduktion",
        "+ Stäm av svarstiden med kontoret",
        "Skicka material för handledare",
        "+ Ta upp frågan om språkstöd med kontoret",
        "- Ring igen och hör om något har ändrats",
        "+ Ring HR om hur många platser det blir",
        "+ Följ upp besöket på enheten",
        "+ Ring om startdatum",
    ),
    Phase.HANDOVER: (
        "Skicka kontaktuppgifter till handläggaren",
        "+ Boka trepartsmöte med kontoret",
        "+ Skicka underlag för överlämningen",
        "- Skicka sammanfattning av hindren till kontoret",
        "Hör om kontoret har ringt",
        "+ Stäm av att profilerna fortfarande gäller",
        "+ Gå igenom slutdatum med HR",
        "+ Fråga om reserv för handledaren",
        "Skicka stycket i slutrapporten för godkännande",
        "+ Påminn kontoret om svar",
        "+ Skicka rutinen för förlängning",
        "+ Ta reda på vem som handleder i vår",
    ),
}

# Agency, what, due on. The first five are overdue on 2018-12-31.
OPEN: tuple[tuple[str, str, date], ...] = (
    ("Bolagsverket", "Ring HR-chefen om vem som handleder i vår", date(2018, 12, 6)),
    ("Migrationsverket", "Hör om något kan ordnas i Sundsvall", date(2018, 12, 13)),
    ("Polismyndigheten", "Ta reda på vem som tar över på gemensam service", date(2018, 12, 19)),
    ("Riksarkivet", "Skicka profilen till Arbetsförmedlingen Härnösand", date(2018, 12, 21)),
    ("Kriminalvården", "Ring om startdatum i vår", date(2018, 12, 28)),
    ("Trafikverket", "Boka trepartsmöte med kontoret", date(2019, 1, 8)),
    ("Försäkringskassan", "Gå igenom vilka som kan förlängas", date(2019, 1, 10)),
    ("Skogsstyrelsen", "Ring HR-chefen om vårens platser", date(2019, 1, 15)),
    ("Myndigheten för digital förvaltning", "Fråga vem som har fått ansvaret", date(2019, 1, 22)),
    ("Mittuniversitetet", "Stäm av startdatum för biblioteket", date(2019, 1, 29)),
    ("Kustbevakningen", "Skicka exempel på uppgifter i förrådet", date(2019, 2, 7)),
    ("Skatteverket", "Hör om servicekontoret vill fortsätta", date(2019, 2, 14)),
    ("Specialpedagogiska skolmyndigheten", "Följ upp handledningen i köket", date(2019, 2, 27)),
    ("Länsstyrelsen i Västernorrlands län", "Planera sommarens röjning med naturvården", date(2019, 3, 12)),
)
