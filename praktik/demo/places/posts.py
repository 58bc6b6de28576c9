"""Where in each agency there is a place, what work it is and who is responsible."""

from dataclasses import dataclass

from praktik.demo.cast import Seat
from praktik.demo.phrases.duties import WORK, Work


@dataclass(frozen=True)
class Post:
    """Somewhere in an agency where a place can be."""

    kind: str
    """Key of the work."""
    seat: int | None = None
    """The manager's place among the agency's seats."""
    tutor: int | None = None
    unit: str = ""
    """Where it is not the manager's."""
    town: str = ""
    """Where it is not the manager's, nor the agency's first."""
    citizenship: bool = False
    vetting: bool = False

    @property
    def work(self) -> Work:
        """What is done there."""
        return WORK[self.kind]

    def unit_of(self, seats: tuple[Seat, ...]) -> str:
        """The unit, empty where an agency has none."""
        return self.unit or (seats[self.seat].unit if self.seat is not None else "")

    def town_of(self, seats: tuple[Seat, ...], first: str) -> str:
        """The municipality's name; `first` is the agency's."""
        return self.town or (seats[self.seat].town if self.seat is not None else "") or first


POSTS: dict[str, tuple[Post, ...]] = {
    "Arbetsförmedlingen": (
        Post("host", tutor=3, unit="Lokal service"),
        Post("post", 1),
        Post("furniture", 2),
    ),
    "Bolagsverket": (Post("scanning", 1), Post("post", 2), Post("caretaking", 2)),
    "Centrala studiestödsnämnden": (Post("scanning", 2, 4), Post("reception", 1), Post("it", 1)),
    "Folke Bernadotteakademin": (Post("property", 1), Post("course_rooms", 1)),
    "Försäkringskassan": (Post("scanning", 2), Post("post", 2), Post("host", 3), Post("aids", 1)),
    "Förvaltningsrätten i Härnösand": (
        Post("courtrooms", 1, vetting=True),
        Post("case_files", 1, vetting=True),
    ),
    "Hovrätten för Nedre Norrland": (Post("library", 1), Post("case_files", 1, vetting=True)),
    "Kriminalvården": (
        Post("kitchen", 2, vetting=True),
        Post("laundry", 2, vetting=True),
        Post("property", 0, vetting=True),
    ),
    "Lantmäteriet": (Post("maps", 0, 2),),
    "Länsstyrelsen i Västernorrlands län": (
        Post("reserves", 1),
        Post("heritage", unit="Kulturmiljö"),
        Post("archive", 2, 3),
        Post("trails", 1),
    ),
    "Migrationsverket": (Post("post", 0),),
    "Mittuniversitetet": (
        Post("library", 4),
        Post("caretaking", 2, 3),
        Post("furniture", 2, 3),
        Post("students", unit="Studentservice"),
        Post("laboratories", unit="Laboratorierna"),
    ),
    "Myndigheten för samhällsskydd och beredskap": (
        Post("training_ground", 0, 2),
        Post("kitchen", 0),
        Post("stores", 0, 2, vetting=True),
    ),
    "Pensionsmyndigheten": (Post("scanning", 2), Post("reception", 1)),
    "Polismyndigheten": (
        Post("lost_property", 1, citizenship=True, vetting=True),
        Post("vehicles", tutor=4, unit="Gemensam service", town="Sundsvall", vetting=True),
        Post("post", 2, vetting=True),
        Post("reception", 3, vetting=True),
    ),
    "Riksarkivet": (Post("volumes", 1, 0), Post("maps", 1, 0)),
    "Skatteverket": (
        Post("scanning", tutor=3, unit="Dokumenthantering"),
        Post("host", 2),
        Post("archive", 0),
    ),
    "Skogsstyrelsen": (Post("forest", 0, 2), Post("streams", 0, 2)),
    "Specialpedagogiska skolmyndigheten": (Post("kitchen", 1), Post("teaching_aids", 1), Post("property", 1, 2)),
    "Statens institutionsstyrelse": (Post("kitchen", 0, vetting=True), Post("property", 0)),
    "Statens servicecenter": (Post("invoices", 0), Post("post", 1)),
    "Statens tjänstepensionsverk": (Post("pensions", 1), Post("caretaking", tutor=2, unit="Intern service")),
    "Sundsvalls tingsrätt": (Post("archive", 1), Post("courtrooms", 1, vetting=True)),
    "Trafikverket": (
        Post("road", 4),
        Post("archive", 2, 3),
        Post("culverts", 4),
        Post("railway", unit="Underhåll järnväg", town="Ånge"),
    ),
    "Ångermanlands tingsrätt": (Post("case_files", 1),),
}
