"""The coordinator's words in the newsletters to the agencies, by year and week; examples and quotes are made up."""

from datetime import date
from typing import NamedTuple


class News(NamedTuple):
    """What she wrote in one newsletter: what one agency has done, and what a manager there said of it."""

    intro: str
    example: str
    quote: str
    quoted: str
    notices: str = ""


NEWSLETTERS: dict[str, News] = {
    "2017-18": News(
        "Välkommen till det första nyhetsbrevet om praktik i staten och moderna beredskapsjobb i Västernorrland. Det "
        "kommer ungefär var sjätte vecka. Här står hur långt länet har kommit, vad en myndighet har gjort och när vi "
        "ses nästa gång.",
        "Länsstyrelsen började hos sig själv. Sedan april finns en praktikplats i arkivet i Härnösand, där gamla akter "
        "ordnas och registreras. Två på enheten delar på handledningen.",
        "Vi gissade att det skulle ta mycket tid. Det gjorde det, i två veckor. Sedan blev det mer gjort än på länge.",
        "chefen för intern service på Länsstyrelsen",
        "- Har ni inte haft besök än? Svara på brevet, så bokar vi en tid.",
    ),
    "2017-24": News(
        "Många av er har bestämt er före sommaren. Starterna kommer i höst, när handledarna är tillbaka.\n\n"
        "Den vanligaste frågan är vad man ska låta någon göra. Ett råd: börja med det som alltid blir liggande.",
        "Myndigheten för samhällsskydd och beredskap i Kramfors har två beredskapsjobb sedan i maj. Arbetet är att "
        "sköta övningsfälten och se till att materielen är hel, ren och på plats.",
        "Vi har lagt ihop uppgifter som sju personer brukade göra lite av. Nu görs de ordentligt.",
        "en enhetschef på myndigheten",
        "- **Praktik** är utan lön och varar högst sex månader.\n"
        "- **Beredskapsjobb** är en anställning med stöd, högst ett år per beslut.",
    ),
    "2017-34": News(
        "Hösten börjar fort. De närmaste veckorna tar många myndigheter emot sin första person. Se till att dator, "
        "nycklar och behörigheter är beställda i tid.",
        "Försäkringskassan i Sundsvall läser in äldre akter. De började med ett beredskapsjobb i juni och har nu fyllt "
        "på med praktikplatser, där den som redan är på plats visar hur det går till.",
        "Vi skrev ner arbetet steg för steg första gången. Den beskrivningen har vi haft nytta av själva.",
        "en enhetschef på Försäkringskassan i Sundsvall",
        "- Kontoren föreslår personer. Ni väljer själva vem ni vill träffa.",
    ),
    "2017-40": News(
        "September blev den månad då flest startade hittills. Tack till alla som har ställt upp som handledare.\n\n"
        "Till er som väntar på förslag: ring gärna kontoret. En minut i telefon säger ofta mer än profilen.",
        "Skogsstyrelsen i Härnösand har gått från en praktikplats i somras till ett beredskapsjobb i september. "
        "Arbetet är röjning och plantering, och snart också inventering av bäckar.",
        "Det här är sådant som vi aldrig hinner med annars. Och det syns i skogen efteråt.",
        "distriktschefen på Skogsstyrelsen",
        "- Tar en plats slut i förtid? Meddela kontoret samma dag, så kan någon annan få den.",
    ),
    "2017-46": News(
        "Flera av er har tagit emot en andra och en tredje person. Det går fortare för varje gång, eftersom rutinen "
        "redan finns.",
        "Centrala studiestödsnämnden i Sundsvall har flera personer som digitaliserar äldre akter, och sedan november "
        "någon i receptionen. HR samordnar och enheterna turas om att handleda.",
        "Att vara flera som handleder gör att ingen behöver känna sig ensam med ansvaret.",
        "HR-chefen på Centrala studiestödsnämnden",
        "- Skriv ett intyg när en plats tar slut. En halv sida om vad som har gjorts räcker.",
    ),
    "2017-50": News(
        "Länet når målet för båda insatserna i år. Det är er förtjänst. Nästa år höjs målet för praktiken till 40 "
        "platser och för beredskapsjobben till 30.\n\nTack för i år!",
        "Bolagsverket i Sundsvall tog emot två personer samma dag i september. De lär av varandra, och handledaren "
        "svarar på frågor en gång i stället för två.",
        "Vi var osäkra på två samtidigt. Nu skulle vi inte göra på något annat sätt.",
        "en enhetschef på Bolagsverket",
    ),
    "2018-04": News(
        "Ett nytt år, och för många en ny budget. Hör gärna med era enheter redan nu vad de skulle vilja få gjort till "
        "sommaren: från avtal till start tar det oftast ett par månader.",
        "Förvaltningsrätten i Härnösand är en liten myndighet. De började med att sortera äldre mål i somras, och "
        "sedan i höst är det ett beredskapsjobb som gör i ordning rättssalarna mellan förhandlingarna.",
        "Vi trodde att vi var för små. Men en timme om dagen kan alla avvara, om man är två om det.",
        "den administrativa chefen på förvaltningsrätten",
        "- Ett beredskapsjobb kan förlängas, till högst två år sammanlagt. Prata med kontoret i god tid.",
    ),
    "2018-10": News(
        "Tack till alla som kom till erfarenhetsmötet. Tre råd från dem som berättade:\n\n"
        "- Ha uppgifterna klara före den första dagen.\n"
        "- Var två som handleder.\n"
        "- Bestäm ett kort samtal varje fredag.",
        "Mittuniversitetet i Sundsvall har haft personer i biblioteket, hos vaktmästarna och i laboratorierna. Varje "
        "enhet skriver sin egen profil, och HR skickar dem vidare samlat.",
        "När en enhet hade provat kom de andra och frågade. Vi har inte behövt övertala någon.",
        "HR-direktören på Mittuniversitetet",
    ),
    "2018-17": News(
        "Efter påsk startar många, flera av dem utomhus. Har ni någon på plats över sommaren? Bestäm nu vem som "
        "handleder när den ordinarie är ledig.",
        "Riksarkivet i Härnösand rengör och packar om volymer som har stått orörda länge. Arbetet kräver noggrannhet "
        "men inga förkunskaper, och det tar inte slut.",
        "Det viktigaste var att vi hade en plats att sitta på och någon att äta lunch med. Resten gav sig.",
        "en enhetschef på Riksarkivet i Härnösand",
        "- Checklistan för introduktion finns i en ny, kortare version. Svara på brevet om ni vill ha den.",
    ),
    "2018-24": News(
        "Halva året har gått. Beredskapsjobben är fler än vi hade räknat med, praktikplatserna färre. Kan ni tänka er "
        "en praktikplats i höst är det bra att veta före semestern.\n\nTrevlig sommar!",
        "Trafikverket har sedan i juni två beredskapsjobb i Ånge. De håller ordning i förrådet och röjer kring "
        "bangården, tillsammans med den egna personalen.",
        "Vi valde Ånge för att arbetet finns där. Nu hinner vi med det som har fått vänta i flera år.",
        "en enhetschef på Trafikverket",
        "- Höstens besök går i första hand till er som inte har tagit emot någon än.",
    ),
    "2018-34": News(
        "Uppdraget går in i sin sista höst. Till årsskiftet tar arbetsförmedlingskontoren över kontakten med er. "
        "Varje myndighet får ett namn att ringa, och det vi har kommit överens om gäller.",
        "Folke Bernadotteakademin i Kramfors har haft hjälp både ute och inne: någon som sköter fastigheten och någon "
        "som gör i ordning kurslokalerna.",
        "Kursdeltagarna märker skillnaden. Rummen är klara när de kommer, och något som är trasigt blir lagat.",
        "enhetschefen för fastighet och service på akademin",
        "- Slutar någon som vi har avtalat med? Säg till, så bekräftar vi avtalet med efterträdaren.",
    ),
    "2018-40": News(
        "Nu lämnas platserna över, en i taget. Ni märker det genom att kontoret hör av sig. Har ingen gjort det i "
        "slutet av oktober, så ring mig.",
        "Kriminalvården i Härnösand har tagit emot i kök, tvätt och fastighet. Säkerhetsprövningen tar tid, så de "
        "börjar med den redan när avtalet är klart.",
        "Vi räknar baklänges från startdagen. Då blir väntan inget problem.",
        "en kriminalvårdschef i Härnösand",
    ),
    "2018-46": News(
        "Avtalen för våren skrivs nu. Många av er tar emot igen, och det är det bästa betyg insatserna kan få. Några "
        "har varit med i samtalet hela tiden utan att kunna ta emot. Också det har vi lärt oss av.",
        "Skatteverket i Härnösand har haft personer i arkivet och i kundmottagningen sedan i fjol. Ett av "
        "beredskapsjobben är förlängt till nästa sommar.",
        "Efter ett år kan man arbetet. Det hade varit synd att börja om.",
        "kontorschefen på Skatteverket i Härnösand",
        "- Vi godkänner inga exempel utan att ni har läst dem. Slutrapportens utkast kommer i december.",
    ),
    "2018-50": News(
        "Det här är det sista nyhetsbrevet från mig. Två år, drygt 40 myndigheter och sju kommuner: tack för att ni "
        "har tagit er tid.\n\n"
        "Från årsskiftet vänder ni er till kontoret på orten. Svara på brevet om ni inte vet vem det är.",
        "Statens tjänstepensionsverk i Sundsvall var tidigt ute, med en plats hos vaktmästarna i maj 2017. Sedan dess "
        "har det nästan alltid varit någon på plats, nu senast från november.",
        "Det har blivit en del av hur vi arbetar. Till våren tar vi emot igen.",
        "en enhetschef på pensionsverket",
        "- Inga träffar är bestämda för våren. Kontoren bjuder in när det blir aktuellt.",
    ),
}

MEETINGS: dict[date, str] = {
    date(2017, 5, 18): "**18 maj i Härnösand:** informationsmöte för länets myndigheter om de två uppdragen.",
    date(2017, 9, 14): "**14 september i Sundsvall:** informationsmöte, där arbetsförmedlingskontoren presenterar sig.",
    date(2018, 2, 8): "**8 februari i Sundsvall:** erfarenhetsmöte. Tre myndigheter berättar hur de har gjort.",
    date(2018, 5, 17): "**17 maj i Härnösand:** träff för handledare, nya och vana.",
    date(2018, 10, 11): "**11 oktober:** möte med länets alla kontor om hur de tar över.",
    date(2018, 12, 5): "**5 december i Härnösand:** avslutande träff. Vi visar resultatet av de två åren.",
}
"""How each of the story's gatherings (`gatherings.py`) was announced."""
INVITED = "Anmäl er genom att svara på brevet, senast en vecka före."
