"""The coordinator's words on each month, as the steering group read them; made up like everything people say here."""

WORDS = {
    "2017-03": (
        "Uppdraget började den 13 mars. De första mötena är bokade, och listan över länets myndigheter är klar.\n\n"
        "De första platserna är lovade. De flesta vill veta mer om vad som krävs av dem innan de svarar."
    ),
    "2017-04": (
        "Besöken är i gång i Härnösand och Sundsvall. De flesta har hört talas om uppdraget, men inte vem "
        "som ska göra vad.\n\n"
        "**Fråga till styrgruppen:** vem hos Arbetsförmedlingen svarar när en myndighet vill ha någon från två orter?"
    ),
    "2017-05": (
        "De första beredskapsjobben har startat. Kontoren i Sundsvall och Härnösand har egna "
        "kontaktpersoner för uppdraget.\n\n"
        "Små myndigheter säger att de inte kan släppa någon som handleder hela dagar."
    ),
    "2017-06": ("Flera avtal skrevs före semestrarna. Starterna blir efter sommaren, när handledarna är tillbaka."),
    "2017-07": "Semestermånad. Inga möten hölls de sista veckorna. Order som ligger hos kontoren besvaras i augusti.",
    "2017-08": (
        "Höstens starter har börjat. Tre saker tar längst tid:\n\n"
        "- att hitta någon som vill och kan resa,\n- säkerhetsprövning,\n- att få ett beslut från huvudkontoret."
    ),
    "2017-09": (
        "Många platser startade i september. Myndigheter som har tagit emot en person vill oftast ta emot en till.\n\n"
        "Gemensamma träffar med flera myndigheter ger mer än enskilda besök."
    ),
    "2017-10": (
        "Takten håller i sig. Beredskapsjobben ökar mest: myndigheterna har uppgifter som annars blir liggande."
    ),
    "2017-11": (
        "De första praktikplatserna är avslutade. Några gick vidare till ett beredskapsjobb på samma myndighet.\n\n"
        "Det räknas som ett nytt resultat för beredskapsjobben."
    ),
    "2017-12": (
        "Året slutar över målet för båda insatserna. Nästa års mål är högre för praktiken.\n\n"
        "**Att tänka på:** flera av platserna är nu upptagna av personer som blev kvar."
    ),
    "2018-01": "Få starter i januari. Myndigheterna väntar på årets budget innan de avtalar nya platser.",
    "2018-02": (
        "Avtalen ökar igen. Två myndigheter har fått nya kontaktpersoner, och det som lovades "
        "i höstas tas om från början."
    ),
    "2018-03": (
        "Kontoren svarar fortare på order än i fjol. Det som väntar längst är platser som kräver svenskt medborgarskap."
    ),
    "2018-04": "Förlängningarna börjar synas. De räknas för sig och lägger inget till årets resultat.",
    "2018-05": "Starterna har tagit fart efter påsk. Två större myndigheter avstår i år på grund av omorganisation.",
    "2018-06": (
        "Halva året har gått. Beredskapsjobben ligger före målets linje, praktiken ligger efter.\n\n"
        "Styrgruppen bestämde att hösten ska gå till de myndigheter som ännu inte har tagit emot någon."
    ),
    "2018-07": "Semestermånad. Inget att rapportera utöver siffrorna.",
    "2018-08": (
        "Kontoren börjar ta över platserna. Varje överlämning har ett skriftligt svar från kontoret innan den gäller."
    ),
    "2018-09": (
        "Flera beredskapsjobb förlängdes i stället för att lämna plats åt en ny person. Det är bra för den som är på "
        "plats, och förklarar varför resultatet står stilla."
    ),
    "2018-10": (
        "De flesta pågående platser är nu hos kontoren.\n\n"
        "Några avtal behöver bekräftas på nytt, eftersom den som lovade platsen har slutat."
    ),
    "2018-11": (
        "Avtal skrivs nu för våren 2019. Målet för praktiken nås inte i år.\n\n"
        "- Få anställda i länet är det vanligaste hindret.\n- Platser som kräver säkerhetsprövning väntar längst."
    ),
}
DRAFT = "Sista månaden i uppdraget. Överlämningarna blir klara i januari."
