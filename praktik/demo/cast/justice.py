"""Courts, prosecutors and boards."""

from datetime import date

from praktik.demo.cast.profile import Profile, head, hr, manager, tutor

JUSTICE = (
    Profile(
        "Förvaltningsrätten i Härnösand",
        employees=58,
        talks=10,
        tasks=("skanning av äldre mål", "iordningställande av salar", "postöppning", "arkivläggning"),
        seats=(head("lagman"), manager("administrativ chef", "Kansliet")),
        note="Säkerhetskontroll i entrén. Räkna med tio minuter.",
    ),
    Profile(
        "Hovrätten för Nedre Norrland",
        employees=52,
        talks=9,
        tasks=("arkivläggning", "biblioteksvård", "kopiering inför förhandling", "enklare vaktmästeri"),
        seats=(head("hovrättspresident"), manager("administrativ chef", "Kansliet")),
        note="Besök anmäls till kansliet dagen före. Säkerhetskontroll i entrén.",
    ),
    Profile(
        "Hyres- och arrendenämnden i Sundsvall",
        employees=9,
        talks=5,
        tasks=("arkivläggning", "kopiering", "postöppning"),
        seats=(head("hyresråd", "Kansliet"),),
        silent_since=date(2018, 10, 3),
    ),
    Profile(
        "Kammarrätten i Sundsvall",
        employees=78,
        talks=11,
        tasks=("sortering av äldre akter", "biblioteksvård", "iordningställande av salar", "enklare vaktmästeri"),
        seats=(head("kammarrättspresident"), manager("kanslichef", "Kansliet")),
        note="Säkerhetskontroll i entrén.",
    ),
    Profile(
        "Kriminalvården",
        employees=380,
        talks=20,
        tasks=("arbete i köket", "tvätt och förråd", "fastighetsskötsel", "inventering av material"),
        seats=(
            manager("kriminalvårdschef", "Anstalten"),
            hr("HR-specialist"),
            manager("produktionsledare", "Anstalten"),
        ),
        note="Besök anmäls minst tre arbetsdagar före. Telefon och dator lämnas i entrén.",
    ),
    Profile(
        "Kronofogdemyndigheten",
        employees=62,
        talks=12,
        tasks=("posthantering", "skanning av handlingar", "registrering av inkommet", "arkivläggning"),
        seats=(manager("teamchef", "Sundsvallskontoret"), hr("HR-konsult")),
    ),
    Profile(
        "Rättshjälpsmyndigheten",
        employees=14,
        talks=6,
        tasks=("skanning av äldre akter", "registrering av inkommet", "arkivläggning"),
        seats=(head("myndighetschef"),),
        silent_since=date(2018, 10, 19),
    ),
    Profile(
        "Sundsvalls tingsrätt",
        employees=55,
        talks=12,
        tasks=("arkivläggning", "iordningställande av salar", "receptionsstöd", "skanning av bouppteckningar"),
        seats=(head("lagman"), manager("kanslichef", "Kansliet")),
        note="Säkerhetskontroll i entrén. Parkera på gatan.",
    ),
    Profile(
        "Åklagarmyndigheten",
        employees=27,
        talks=10,
        tasks=("kopiering inför förhandling", "arkivläggning", "posthantering"),
        seats=(head("chefsåklagare", "Åklagarkammaren"), tutor("administrativ samordnare", "Åklagarkammaren")),
    ),
    Profile(
        "Ångermanlands tingsrätt",
        employees=34,
        talks=9,
        tasks=("arkivläggning", "iordningställande av salar", "postöppning"),
        seats=(head("lagman"), manager("administrativ chef", "Kansliet")),
    ),
    Profile(
        "Överklagandenämnden för studiestöd",
        employees=11,
        talks=5,
        tasks=("registrering av inkommet", "arkivläggning", "postöppning"),
        seats=(head("kanslichef", "Kansliet"),),
        silent_since=date(2018, 9, 27),
    ),
)
