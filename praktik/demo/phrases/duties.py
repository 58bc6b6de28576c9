"""The work that places are for: the line of a place, and what an order says of it. Never a word about who does it."""

from dataclasses import dataclass

from placements.choices import Computer, Licence, SwedishLevel

_LITTLE, _SPEAK, _WRITE = SwedishLevel.LITTLE, SwedishLevel.SPEAK, SwedishLevel.WRITE
DESK, HOUSE, OUTDOORS = "desk", "house", "outdoors"


@dataclass(frozen=True)
class Work:
    """One kind of work."""

    line: str
    """As a place says it in a line."""
    told: str
    """As an order says it."""
    occupation: str
    setting: str = HOUSE
    """Where it is done; decides what an agency prepares and expects."""
    swedish: SwedishLevel = _SPEAK
    computer: Computer = Computer.NONE
    licence: Licence = Licence.NONE


def _desk(line: str, told: str, occupation: str, swedish: SwedishLevel = _WRITE, good: bool = False) -> Work:
    return Work(line, told, occupation, DESK, swedish, Computer.GOOD if good else Computer.BASIC)


def _house(line: str, told: str, occupation: str, swedish: SwedishLevel = _SPEAK) -> Work:
    return Work(line, told, occupation, HOUSE, swedish)


def _outdoors(line: str, told: str, occupation: str, licence: Licence = Licence.NONE) -> Work:
    return Work(line, told, occupation, OUTDOORS, _LITTLE, Computer.NONE, licence)


WORK: dict[str, Work] = {
    "archive": _desk(
        "arkiv och registrering",
        "Sortera och rensa akter före arkivering. Skriva etiketter och föra in uppgifter i ett register. Hämta akter "
        "ur närarkivet när någon frågar.",
        "Arkivassistent",
    ),
    "scanning": _desk(
        "digitalisering av äldre akter",
        "Ta ur gem och häftklamrar, skanna och kontrollera att varje sida går att läsa. Namnge filerna efter en mall.",
        "Kontorsassistent, skanning",
        _SPEAK,
    ),
    "reception": _desk(
        "reception och växel",
        "Ta emot besökare, skriva ut besöksbrickor och koppla samtal. Hålla ordning i väntrummet och "
        "fylla på material.",
        "Receptionist",
    ),
    "post": _desk(
        "posthantering och kopiering",
        "Öppna, stämpla och fördela dagens post. Kopiera, häfta och packa utskick.",
        "Postassistent",
        _SPEAK,
    ),
    "host": _house(
        "värdskap i kundmottagningen",
        "Visa besökare till rätt kö, hjälpa till vid de allmänna datorerna och hålla ordning på blanketter.",
        "Kundvärd",
    ),
    "it": _desk(
        "IT-stöd och utlämning av datorer",
        "Packa upp, märka och lämna ut datorer och telefoner. Byta skärmar och kablar i mötesrummen. Ta emot det som "
        "ska återvinnas.",
        "Supporttekniker, enklare uppgifter",
        _SPEAK,
        good=True,
    ),
    "furniture": _house(
        "inventering av möbler och utrustning",
        "Gå igenom hus och förråd rum för rum, märka och räkna. Föra listorna i en enkel tabell.",
        "Kontorsvaktmästare",
    ),
    "caretaking": _house(
        "vaktmästeri och inre transporter",
        "Fylla på papper och kaffe, byta lampor, flytta möbler och köra vagnar mellan våningarna.",
        "Vaktmästare",
        _LITTLE,
    ),
    "cleaning": _house(
        "lokalvård och iordningställande av mötesrum",
        "Hålla mötesrum, pentryn och gemensamma ytor i ordning. Ställa i ordning före möten och återställa efter.",
        "Lokalvårdare",
        _LITTLE,
    ),
    "property": _outdoors(
        "fastighetsskötsel ute och inne",
        "Klippa gräs, skotta och sanda, måla och laga enklare saker. Följa med på rond i husen.",
        "Fastighetsskötare",
    ),
    "stores": _house(
        "förråd och logistik",
        "Packa upp leveranser, ställa på rätt plats, plocka fram beställningar och räkna av lagret en gång i veckan.",
        "Förrådsarbetare",
    ),
    "kitchen": _house(
        "kök och servering",
        "Förbereda sallad och smörgåsar, ställa fram, diska och hålla rent i matsalen. Packa upp varor två gånger i "
        "veckan.",
        "Köksbiträde",
        _LITTLE,
    ),
    "laundry": _house(
        "tvätt och textilförråd",
        "Sortera, tvätta, torka och vika kläder och linne. Hålla ordning i förrådet och laga det som gått sönder.",
        "Tvättbiträde",
        _LITTLE,
    ),
    "library": _desk(
        "biblioteksvård och utlån",
        "Ställa upp återlämnade böcker, plasta nya och gallra efter lista. Hjälpa låntagare att hitta rätt hylla.",
        "Biblioteksassistent",
    ),
    "courtrooms": _house(
        "iordningställande av rättssalar",
        "Ställa i ordning salar före förhandling, fylla på vatten och papper och se till att skyltarna stämmer. Bära "
        "akter mellan kansli och sal.",
        "Rättsvaktmästare, biträde",
    ),
    "case_files": _desk(
        "sortering av äldre mål och akter",
        "Lägga avslutade mål i nummerordning, rensa dubbletter och packa i arkivlådor. Skriva förteckning.",
        "Arkivassistent",
        _SPEAK,
    ),
    "vehicles": _house(
        "tvätt och tillsyn av fordon",
        "Tvätta och städa bilar, kontrollera däck och vätskor och köra till verkstad vid behov.",
        "Fordonsvårdare",
    ),
    "lost_property": _house(
        "ordning i hittegods och förråd",
        "Märka det som lämnas in, ställa på plats och ta fram det som ska hämtas. Gallra efter lista varje månad.",
        "Förrådsarbetare",
    ),
    "reserves": _outdoors(
        "naturvård och röjning i reservat",
        "Röja sly, bära ris och laga spänger i länets reservat. Arbetet görs i lag om tre och ute i alla väder.",
        "Naturvårdare",
    ),
    "trails": _outdoors(
        "skyltning och underhåll av leder",
        "Måla ledmarkeringar, byta skyltar och rastbord och föra anteckningar om det som behöver lagas.",
        "Naturvårdare",
    ),
    "heritage": Work(
        "inventering av kulturmiljöer",
        "Fotografera byggnader och lämningar efter lista, mäta och fylla i ett formulär. Hälften av tiden är ute, "
        "hälften vid dator.",
        "Inventerare",
        OUTDOORS,
        _WRITE,
        Computer.BASIC,
    ),
    "forest": _outdoors(
        "röjning och plantering",
        "Röja, plantera och sätta upp märkband efter handledarens karta. Arbetet görs i lag.",
        "Skogsvårdare",
    ),
    "streams": _outdoors(
        "inventering av bäckar och vandringshinder",
        "Gå längs bäckar, mäta bredd och djup vid trummor och fotografera hinder för fisk. Dagarna börjar på olika "
        "platser i länet.",
        "Inventerare",
        Licence.CAR,
    ),
    "culverts": _outdoors(
        "inventering av vägtrummor och räcken",
        "Mäta, fotografera och anteckna skicket på trummor och räcken längs mindre vägar. Alltid två i bilen.",
        "Inventerare, väg",
    ),
    "road": _outdoors(
        "vård av vägskyltar och rastplatser",
        "Tvätta och rikta skyltar, röja sikten och hålla rastplatser i ordning.",
        "Vägarbetare",
    ),
    "railway": _outdoors(
        "förråd och röjning vid bangården",
        "Hålla ordning i materialförrådet, röja vid staket och plattformar och ta emot leveranser. Inget arbete "
        "i spår.",
        "Förrådsarbetare",
    ),
    "training_ground": _outdoors(
        "skötsel av övningsfält och materiel",
        "Ställa i ordning stationer före kurs, rengöra och torka materiel efteråt och röja på fältet.",
        "Materielvårdare",
    ),
    "course_rooms": _house(
        "iordningställande av kurslokaler",
        "Möblera salar, ställa fram teknik och fika, städa av mellan grupper och bädda i gästrummen.",
        "Lokalvårdare, kursgård",
        _LITTLE,
    ),
    "volumes": _house(
        "rengöring och ompackning av arkivvolymer",
        "Dammsuga volymer, packa om i syrafria omslag och skriva nya etiketter. Arbetet är lugnt och tar den tid det "
        "tar.",
        "Arkivassistent",
    ),
    "maps": _desk(
        "sortering av kartor och förrättningsakter",
        "Sortera äldre kartor efter socken, kontrollera mot register och lägga undan det som ska skannas.",
        "Arkivassistent",
        _SPEAK,
    ),
    "teaching_aids": _house(
        "produktion av läromedel",
        "Skriva ut, skära, laminera och packa läromedel efter beställning. Provläsa och sortera bort det som har "
        "blivit fel.",
        "Produktionsassistent",
        _WRITE,
    ),
    "invoices": _desk(
        "skanning av fakturor och leverantörspost",
        "Sprätta kuvert, skanna fakturor och kontrollera att nummer och belopp har kommit med. Lägga åt "
        "sidan det som behöver rättas.",
        "Ekonomiassistent, enklare uppgifter",
        _SPEAK,
    ),
    "pensions": _desk(
        "inläsning av pensionsakter",
        "Förbereda äldre akter, skanna dem och märka dem i systemet. Stickprov på tio akter om dagen.",
        "Kontorsassistent, skanning",
        _SPEAK,
    ),
    "aids": _house(
        "inventering av hjälpmedel",
        "Räkna, tvätta av och märka hjälpmedel i förrådet. Skriva lista över det som ska repareras.",
        "Förrådsarbetare",
    ),
    "students": _desk(
        "studentservice och lånedatorer",
        "Lämna ut passerkort och lånedatorer, svara på enkla frågor i disken och hålla anslagstavlor aktuella.",
        "Servicevärd",
    ),
    "laboratories": _house(
        "skötsel av laboratorier",
        "Diska glas, fylla på förbrukningsmaterial och märka upp skåp. Inget arbete med kemikalier.",
        "Laboratoriebiträde",
    ),
}
