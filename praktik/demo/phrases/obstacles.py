"""How an obstacle sounded when it was met, and when it was gone; and what was said of new and old contacts."""

from agencies.choices import ObstacleKind as Kind

MET: dict[Kind, tuple[str, ...]] = {
    Kind.NO_TASKS: (
        "De hittar inga uppgifter som kan lämnas till någon utifrån.",
        "Så mycket är sekretessbelagt att det blir lite kvar att göra.",
    ),
    Kind.TOO_SMALL: (
        "De är för få för att kunna handleda någon hela dagar.",
        "Med så få anställda finns ingen som kan släppa sitt eget arbete.",
        "Kontoret är litet och ofta obemannat, det håller inte för en nybörjare.",
        "De är så få i länet att en plats inte går att ordna som det är nu.",
        "Bemanningen räcker nätt och jämnt till det egna arbetet.",
        "Ingen är på plats alla dagar, och då finns ingen att fråga.",
    ),
    Kind.HEAD_OFFICE: (
        "Alla platser fördelas från huvudkontoret, och inget ligger i länet.",
        "Myndigheten har valt att samla sina platser på huvudkontoret.",
        "Beslutet tas centralt och länet är inte med i planen.",
        "Myndighetens del av uppdraget är redan fylld på annan ort.",
        "Här får de inte besluta om platser själva.",
    ),
    Kind.CITIZENSHIP: (
        "Befattningarna kräver svenskt medborgarskap, vilket stänger ute en stor del av målgruppen.",
        "Kravet på medborgarskap är svårt att komma runt.",
        "Så länge medborgarskap krävs ser de ingen väg framåt.",
    ),
    Kind.VETTING: (
        "Säkerhetsprövningen gör att ingen kan börja med kort varsel.",
        "Även den som är på plats en kort tid måste säkerhetsprövas.",
        "Säkerhetsprövning krävs, och den kostar mer tid än platsen ger.",
    ),
    Kind.NO_TIME: (
        "De har inte tid nu, omorganisationen går först.",
        "Verksamheten är så pressad att de inte vill lova något.",
        "Nya uppdrag tar all tid, frågan får vänta.",
        "Cheferna säger nej till allt som kräver handledning just nu.",
        "Det finns vilja men ingen tid.",
    ),
    Kind.NO_TUTOR: ("Den som skulle handleda har fått annat att göra, och ingen annan är tillfrågad.",),
    Kind.LEAD_TIME: ("De tycker att det tar för lång tid från profil till förslag och har tröttnat.",),
    Kind.NO_MONEY: ("Platsen är gratis men inte skrivbordet och datorn, och det finns inga medel för dem.",),
    Kind.NO_MATCH: ("Kontoret har inte haft någon att föreslå, trots två försök.",),
    Kind.HARD_TO_REACH: ("Har sökt dem flera gånger sedan i våras och fick svar först nu.",),
    Kind.UNCLEAR_GOALS: ("Det är inte bestämt vem på myndigheten som äger frågan.",),
    Kind.CONTACT_CHANGED: ("Vår kontakt har slutat och det vi sagt finns inte nedskrivet hos dem.",),
    Kind.PLACE_TAKEN: ("Platsen de hade tänkt sig är upptagen av den som anställdes tidigare.",),
    Kind.OTHER: ("Nästan allt arbete görs till sjöss, och dit kommer man inte utan intyg.",),
}

OVER: dict[Kind, str] = {
    Kind.NO_TIME: "Den nya indelningen är på plats och de kan ta upp frågan igen.",
    Kind.LEAD_TIME: "Kontoret svarar snabbare nu, det räcker för dem.",
    Kind.HARD_TO_REACH: "Vi har nu en tid i månaden då de går att nå.",
    Kind.PLACE_TAKEN: "Platsen är ledig igen.",
    Kind.CONTACT_CHANGED: "Frågan har fått en ny mottagare.",
}

NEWCOMER = (
    "Ny i samtalen: {titel}.",
    "Ny kontakt: {titel}.",
    "Kopplade in en ny kontakt, {titel}.",
    "Fick en ny kontakt, {titel}.",
    "En ny kontakt, {titel}, fick bakgrunden.",
)

SUCCESSOR = (
    "Ny {titel} tar över frågan. Gick igenom vad som är sagt.",
    "Byte på posten. Gick igenom överenskommelserna en gång till, nu med ny {titel}.",
)
