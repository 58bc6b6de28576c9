"""The coordinator's words in the weekly letters to the employment offices: intro and notices, by year and week."""

from typing import NamedTuple


class Words(NamedTuple):
    """What she wrote in one letter; the rest is drafted from the data."""

    intro: str
    notices: str = ""


WEEKLY: dict[str, Words] = {
    "2017-13": Words(
        "Hej! Det här är det första veckobrevet om praktik i staten och moderna beredskapsjobb i Västernorrland. Det "
        "kommer varannan torsdag och ska gå att läsa på två minuter.\n\n"
        "Ännu finns lite att berätta. Jag träffar länets myndigheter en i taget och börjar i Härnösand.",
        "- Svara på brevet om något är fel eller saknas. Då är det rättat till nästa gång.",
    ),
    "2017-15": Words(
        "Den första praktikplatsen är i gång, i Länsstyrelsens arkiv i Härnösand. Fler samtal är bokade efter påsk.",
        "- Jag är ledig över påsk och svarar på mejl igen på tisdag.",
    ),
    "2017-17": Words(
        "Myndigheterna frågar nästan alltid samma sak: hur mycket tid tar handledningen? Jag svarar att de två första "
        "veckorna tar mest, och att det går att dela på den.",
        "- **Informationsmöte** i Härnösand den 18 maj. Kom gärna och säg några ord om ert kontor.",
    ),
    "2017-19": Words(
        "De första beredskapsjobben har startat. Tack till er i Kramfors och Härnösand som fick ihop det på kort tid."
    ),
    "2017-21": Words(
        "Tack till alla som kom till informationsmötet i Härnösand. Flera myndigheter vill ha ett eget besök, och jag "
        "tar gärna med en handläggare när det passar.",
        "- Brevet kommer på en onsdag den här gången, eftersom torsdagen är helgdag.",
    ),
    "2017-23": Words(
        "Det är mycket på gång före semestrarna. Titta särskilt på det som väntar på svar: en order som ligger över "
        "sommaren blir lätt bortglömd."
    ),
    "2017-25": Words(
        "Flera avtal skrivs nu men startar först när handledarna är tillbaka. De står under *På väg* med sitt "
        "planerade datum.\n\nGlad midsommar!",
        "- Säg till om ert kontor får en annan kontaktperson till hösten.",
    ),
    "2017-27": Words(
        "Sista brevet före sommaren. Myndigheterna är svåra att nå till mitten av augusti, så räkna inte med besked "
        "från dem under tiden.",
        "- Nästa brev kommer i vecka 33.\n- Jag är själv ledig veckorna 28–31.",
    ),
    "2017-33": Words(
        "Välkomna tillbaka. Hösten ser ut att bli den tätaste tiden hittills, och mycket är avtalat i september. Gå "
        "gärna igenom era order nu, medan det finns tid att ställa frågor.",
        "- **14 september** är det informationsmöte i Sundsvall, tillsammans med er. Boka dagen.",
    ),
    "2017-35": Words(
        "Höstens starter har börjat. Tre saker tar längst tid: att hitta någon som kan resa, säkerhetsprövning och "
        "beslut som ska fattas på ett huvudkontor. Det tredje kan vi inte göra så mycket åt, men de två första går att "
        "börja med tidigare."
    ),
    "2017-37": Words(
        "I dag ses många av oss i Sundsvall. Ni som inte är där får en sammanfattning i nästa brev.",
        "- Skriv datum i svaret när ni föreslår någon. Myndigheterna vill veta när ett möte kan bli av.",
    ),
    "2017-39": Words(
        "Mötet i Sundsvall gav mer än jag hade hoppats. Det som uppskattades mest var att myndigheterna fick ett namn "
        "på kontoret att ringa.\n\n"
        "Två saker att ta med sig:\n\n"
        "- Svara även när ni inte har någon. Ett nej är bättre än tystnad.\n"
        "- Fråga om profilen är oklar. De flesta skriver den för första gången."
    ),
    "2017-41": Words(
        "Takten håller i sig. Det är beredskapsjobben som ökar mest, ofta med uppgifter som annars hade blivit "
        "liggande: äldre akter, inventeringar, röjning.",
        "- Bra att veta: ett beredskapsjobb beslutas för högst ett år åt gången och två år sammanlagt.",
    ),
    "2017-43": Words(
        "Den som redan har tagit emot en person vill ofta ta emot en till. Ring gärna de myndigheter ni har en plats "
        "hos och hör efter, ni behöver inte gå genom mig."
    ),
    "2017-45": Words(
        "Flera nya platser startade i månadsskiftet. Nu när det är så många är det bra om ni ser över de planerade "
        "slutdatumen under *Pågår just nu*.",
        "- En förlängning behöver tas upp i god tid, helst två månader innan beslutet går ut.",
    ),
    "2017-47": Words(
        "Fler och fler praktikplatser tar slut. Prata med myndigheten i förväg om vad som kommer efteråt. Några har "
        "redan frågat om ett beredskapsjobb på samma ställe."
    ),
    "2017-49": Words(
        "Det är dags att knyta ihop året. Jag går igenom alla öppna order före jul och ringer er om dem som har "
        "väntat länge.",
        "- Har ni någon som kan börja i januari? Säg till nu, så hinner myndigheten utse en handledare.",
    ),
    "2017-51": Words(
        "Årets sista brev. Länet når målet för båda insatserna, och det är mycket er förtjänst: det är ni som har "
        "hittat människorna.\n\nTack för i år, och god jul!",
        "- Nästa brev kommer den 4 januari.",
    ),
    "2018-01": Words(
        "God fortsättning. Januari brukar vara tyst, för många myndigheter väntar på årets budget. Använd gärna tiden "
        "till de order som är svåra att matcha.",
        "- Årets mål är 40 praktikplatser och 30 beredskapsjobb.",
    ),
    "2018-03": Words(
        "Det kommer få nya avtal just nu, så det här brevet är kort. Desto bättre tid finns att följa upp dem som är "
        "på plats. Ett samtal med handledaren räcker långt.",
    ),
    "2018-05": Words(
        "Nästa vecka håller vi erfarenhetsmöte i Sundsvall. Tre myndigheter berättar hur de har gjort. Ni är "
        "välkomna, och det går bra att bara vara med på förmiddagen.",
        "- Mötet är **torsdagen den 8 februari**. Anmäl er till mig.",
    ),
    "2018-07": Words(
        "Erfarenhetsmötet blev bra. Det som fastnade hos mig var en chef som sade att den första veckan avgör: dator, "
        "nyckel och en lista med uppgifter ska finnas klockan åtta på måndagen.",
        "- Checklistan för introduktion finns att få för den som vill dela ut den. Svara på brevet.",
    ),
    "2018-09": Words(
        "Flera platser startade i februari. Två myndigheter har samtidigt bytt kontaktperson, och då får vi ta om en "
        "del av det som lovades i höstas. Hör av er om något plötsligt verkar osäkert.",
    ),
    "2018-11": Words(
        "Ni svarar fortare på order än förra året, och det märks. Längst väntar de platser som kräver svenskt "
        "medborgarskap.",
        "- Skriv gärna i svaret vad ni behöver veta mer. Då kan jag fråga myndigheten samma dag.",
    ),
    "2018-13": Words(
        "Påsken gör veckan kort. Se ändå efter en sak: beredskapsjobben från förra våren går ut i maj och juni.",
        "- Stäm av med handledaren redan nu om ni har ett beslut som tar slut före sommaren.\n- Glad påsk!",
    ),
    "2018-15": Words(
        "Efter påsk brukar det lossna, och det gör det i år också. Räkna med flera starter i maj, flera av dem "
        "utomhus: i skogen, i reservaten och på övningsfälten."
    ),
    "2018-17": Words(
        "Ett medskick från en myndighet: de hade gärna fått höra från kontoret en gång också *efter* starten. Lägg in "
        "ett samtal när tre veckor har gått.",
        "- **17 maj** är det träff för handledare i Härnösand. Tipsa dem som ni har kontakt med.",
    ),
    "2018-19": Words(
        "Mycket startar i maj. Brevet kommer på onsdagen på grund av helgen.",
        "- Två större myndigheter avstår i år på grund av omorganisation. Jag hör av mig till dem igen i höst.",
    ),
    "2018-21": Words(
        "Handledarträffen samlade fler än vi trodde. Det mesta handlade om vardagen: raster, språk och vem man frågar "
        "när handledaren är sjuk.",
        "- Anteckningarna från träffen går ut till alla handledare i nästa vecka.",
    ),
    "2018-23": Words(
        "Halvåret närmar sig. Beredskapsjobben ligger bra till, praktiken ligger efter. Har ni någon som vill "
        "praktisera, men som inte passar in i en öppen order? Ring mig, så frågar jag runt."
    ),
    "2018-25": Words(
        "Styrgruppen har bestämt att hösten ska gå till de myndigheter som inte har tagit emot någon än. Det betyder "
        "att ni får mer direkt kontakt med de andra.\n\nGlad midsommar!",
    ),
    "2018-27": Words(
        "Sommarbrevet blir kort. Det viktiga är de platser som går ut i juli och augusti: bestäm före semestern vem "
        "som ringer myndigheten.",
        "- Nästa brev kommer i vecka 33.",
    ),
    "2018-33": Words(
        "Välkomna tillbaka till den sista hösten i uppdraget. Nu börjar överlämningen på allvar: varje plats som "
        "ännu ligger hos mig ska få ett kontor som tar över, och ni svarar på var och en.\n\n"
        "**Inget är överlämnat förrän ni har tackat ja.** Till dess ligger ansvaret kvar hos mig.",
    ),
    "2018-35": Words(
        "Höstens första överlämningar är på väg ut till er. Lämna tillbaka om något saknas, det är därför frågan "
        "ställs. Jag kompletterar och skickar den igen.",
        "- **11 oktober** möts alla kontor om överlämningen. Boka hela förmiddagen.",
    ),
    "2018-37": Words(
        "Flera har frågat vad ett kontor egentligen tar över. Svaret är kontakten med myndigheten, uppföljningen och "
        "nästa steg med ett datum. Allt som är skrivet om platsen följer med."
    ),
    "2018-39": Words(
        "Flera beredskapsjobb förlängs i stället för att lämna plats åt någon ny. Det är bra för den som är på plats "
        "men betyder att färre nya startar.",
        "- Förlängningar räknas för sig. De höjer inte årets resultat.",
    ),
    "2018-41": Words(
        "I dag ses vi om överlämningen. Ta med frågor om de platser där ni är osäkra på vem som är kontaktperson, så "
        "reder vi ut dem på plats."
    ),
    "2018-43": Words(
        "Tack för ett bra möte. Det här kom vi överens om:\n\n"
        "- Varje myndighet får ett namn på kontoret.\n"
        "- Slutar någon på ert kontor flyttas platserna samma dag.\n"
        "- En order som har väntat i åtta veckor tas upp mellan kontoren.",
    ),
    "2018-45": Words(
        "De flesta pågående platser är nu hos er. Det som återstår hos mig är främst avtal för våren, och några där "
        "den som lovade platsen har slutat.",
        "- Hör ni att en kontaktperson har slutat? Säg till, så bekräftar vi avtalet på nytt.",
    ),
    "2018-47": Words(
        "Nu skrivs avtalen för våren 2019. Målet för praktiken når vi inte i år, men det som står under *På väg* är "
        "klart mer än i fjol vid samma tid.",
        "- **5 december** är det avslutande träff i Härnösand. Resultatet visas, och det blir fika.",
    ),
    "2018-49": Words(
        "Tack till er som kom till träffen i går. Flera myndigheter sade att det bästa med de här två åren har varit "
        "att veta vem man ska ringa.",
        "- Kontoret i Ånge har ingen handläggare för uppdraget just nu. Frågor om platser där går till mig tills "
        "vidare.",
    ),
    "2018-51": Words(
        "Årets sista brev kommer redan på måndagen, så att det hinner läsas före ledigheten. Titta efter "
        "överlämningar som väntar på ert svar: de blir annars liggande över helgerna.\n\n"
        "Tack för det här året. God jul!",
        "- Jag svarar på mejl till och med den 21 december och är tillbaka den 27.",
    ),
}

DRAFT_WEEK = "2019-01"
DRAFT = Words(
    "Gott nytt år! Uppdraget tar slut vid årsskiftet, och det mesta finns redan hos er. Här är det som väntar på svar "
    "i januari.",
    "- Starterna i januari och februari har kontoren hand om. Ring myndigheten en vecka i förväg.",
)
"""What is written of the letter that comes next."""
