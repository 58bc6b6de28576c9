"""What is written in orders, answers, handovers and ends. Plain words about the work, never about somebody."""

from praktik.demo.phrases.duties import DESK, HOUSE, OUTDOORS

PREPARED = {
    DESK: (
        "Arbetsplats med dator och inloggning finns från första dagen. Sekretessen gås igenom på plats.",
        "Två handledare delar på uppgiften. Arbetet är uppdelat i steg med bilder till varje.",
        "Skrivbord i samma rum som handledaren. Första veckan arbetar man bredvid.",
        "En skriftlig rutin på lätt svenska och ett schema för de första fyra veckorna.",
        "Eget skrivbord, passerkort beställt. Hela gruppen har fått information.",
        "Introduktion på två dagar och en fast avstämning varje fredag.",
    ),
    HOUSE: (
        "Arbetskläder och skåp finns. Handledaren går med de första två veckorna.",
        "Ett schema för veckan på väggen och en parkamrat att fråga.",
        "Rundvandring, nycklar och genomgång av lyftteknik första dagen.",
        "Checklista med bilder för varje moment. Matrum och lunchkort som för alla andra.",
        "Handledaren har gått länets träff för handledare och har tid avsatt på morgnarna.",
        "Tydliga moment som går att lära ett i taget. Reserv finns när handledaren är borta.",
    ),
    OUTDOORS: (
        "Kläder, skor och skyddsutrustning står vi för. Samåkning från kontoret kl. 7.30.",
        "Arbetslag om tre med en van arbetsledare. Verktyg och genomgång av säkerheten första dagen.",
        "Kurs i röjsåg ordnas vid behov. Innearbete finns för de sämsta dagarna.",
        "Handledaren är med hela dagen den första månaden. Karta och telefon lånas ut.",
        "Fika och värmestuga på plats. Arbetet är uppdelat i korta etapper.",
    ),
}
EXPECTS = {
    DESK: (
        "Noggrannhet och lugn. Ingen vana av kontor behövs.",
        "Att man kan läsa siffror och korta texter på svenska.",
        "Att tiderna hålls och att man frågar när något är oklart.",
        "Intresse för ordning. Resten lär vi ut.",
        "Att man kan arbeta en stund på egen hand mellan genomgångarna.",
    ),
    HOUSE: (
        "Att man tycker om praktiskt arbete och kan lyfta lättare saker.",
        "Punktlighet och ett vänligt bemötande. Inga särskilda förkunskaper.",
        "Att man kan följa en enkel muntlig instruktion.",
        "Vilja att prova olika uppgifter. Takten är lugn i början.",
        "Att man kan stå och gå större delen av dagen.",
    ),
    OUTDOORS: (
        "Att man trivs ute även när det är kallt.",
        "Att man kan gå i ojämn mark och arbeta i lag.",
        "Att man kommer i tid till samlingen. Erfarenhet behövs inte.",
        "Försiktighet med verktyg. Allt annat går vi igenom.",
    ),
}
HOURS = {
    100: ("Heltid, kl. 8–16.30", "Heltid på kontorstid", "Heltid, viss flextid", "Heltid, kl. 7–16"),
    75: ("75 %, kl. 9–15", "75 %, fyra dagar i veckan", "75 %, förmiddag och tidig eftermiddag"),
    50: ("Halvtid, förmiddagar", "Halvtid, tre dagar i veckan", "Halvtid, kl. 9–13"),
}

ONE_PROPOSED = (
    "Vi har ett förslag. Handläggaren ringer och bokar studiebesök.",
    "Profilen passar bra. Möte på arbetsplatsen är bokat.",
    "Förslag finns. Vi vill gärna komma på besök tillsammans först.",
    "Vi kan tillsätta platsen till önskad start.",
    "Ett förslag, klart för start när myndigheten säger till.",
    "",
)
MORE_PROPOSED = (
    "Vi har förslag till alla platser. Handläggaren bokar studiebesök.",
    "Förslag finns till platserna i ordern. Gemensamt besök är bokat.",
    "Vi kan tillsätta platserna, men helst med någon veckas mellanrum.",
    "Profilen är tydlig och vi har flera att föreslå.",
)
NONE_NOW = (
    "Ingen som passar just nu. Vi tittar igen om fyra veckor.",
    "Vi har gått igenom listan utan att hitta någon. Nya kommer in efter månadsskiftet.",
    "Tyvärr ingen i dag. Kan kravet på svenska sänkas blir det lättare.",
    "Vi har frågat två grupper utan resultat och återkommer.",
)
# A question with its reply.
ASKED = (
    ("Går det att börja senare på dagen? Bussen kommer kl. 8.20.", "Ja, kl. 8.30 går bra."),
    ("Behövs dator hela dagen eller bara ibland?", "Bara för registret, ungefär en timme om dagen."),
    ("Räcker det med lite svenska om handledaren talar engelska?", "Ja, om instruktionerna går att läsa med hjälp."),
    ("Kan omfattningen vara lägre den första månaden?", "Ja, halva dagar går bra att börja med."),
    ("Hur tunga är lyften?", "Som mest tolv kilo, och lyfthjälp finns."),
    ("Är det samma handledare hela tiden?", "Ja, med en namngiven reserv."),
)

HANDED = (
    "Enligt vad vi gick igenom i telefon. Handledaren väntar på samtal.",
    "Underlaget ligger i ordern. Avstämning är lovad en gång i månaden.",
    "Allt flyter på. Nästa uppgift är att ta ställning till slutet.",
    "Myndigheten vill ha en namngiven handläggare att ringa.",
    "Profilen gäller och myndigheten är informerad om bytet.",
    "",
)
HANDED_TOGETHER = (
    "Överlämning av myndighetens pågående platser, som vi kom överens om på höstens möte.",
    "Alla pågående platser på myndigheten. De är informerade och vill ha ett första möte inom en månad.",
    "Pågående platser enligt listan. Myndigheten känner till vem som ringer.",
)
STARTING = (
    "Avtalad för våren. Kontoret sköter starten, jag finns kvar om något hakar upp sig.",
    "Plats till våren. Myndigheten väntar på att kontoret hör av sig om startdatum.",
    "Överlämnas före start enligt rutinen för våren.",
)
EXTENDED = (
    "Arbetet behöver göras färdigt och handledningen fungerar.",
    "Enheten vill fortsätta och har avsatt tid för handledning.",
    "Uppgifterna räcker minst ett halvår till.",
    "Nytt beslut enligt planen från början.",
    "Myndigheten hoppas kunna anställa när nästa budget är klar.",
    "Tiden behövs för att komma vidare till en annan anställning.",
    "",
)
NO_ORDER_YET = (
    "Skriv profilen tillsammans med enheten och skicka ordern",
    "Skicka matchningsuppdrag när handledaren är klar",
    "Skicka matchningsuppdrag",
    "Hämta profilen från myndigheten och skicka ordern",
)
TO_CONFIRM = "Få avtalet bekräftat av någon som är kvar på myndigheten"
HARD = (
    "Ta upp ordern på nästa möte med kontoren",
    "Fråga myndigheten om kravet kan ändras",
    "Ring runt till länets kontor om ordern",
)
