"""The offices' case officers. One of them logs in; the others are made up, cannot, and do their part of the story."""

from collections.abc import Iterator
from datetime import date, datetime
from functools import partial

from agencies.models import Office
from praktik.accounts.models import User
from praktik.accounts.roles import Role
from praktik.demo.diary import STOCKHOLM
from praktik.demo.people import Directory
from praktik.demo.stage import Happening, Stage, told

# Office, and who is its officer. The offices left out are those of the officer who logs in.
OFFICERS: tuple[tuple[str, str], ...] = (
    ("Arbetsförmedlingen Sundsvall", "Lisbeth Granlund"),
    ("Arbetsförmedlingen Sollefteå", "Tore Wiklund"),
    ("Arbetsförmedlingen Örnsköldsvik", "Hamid Rostami"),
    ("Arbetsförmedlingen Ånge", "Ann-Sofie Hörnqvist"),
)
# The officer of this office goes, and nobody has come instead: what the office has in hand falls between two chairs.
UNMANNED = "Arbetsförmedlingen Ånge"
LAST_DAY_THERE = date(2018, 11, 30)


def addresses() -> list[str]:
    """Where the officers' mail would go."""
    return [Directory().address(name) for _, name in OFFICERS]


def man(login: User) -> dict[str, User]:
    """Give every office an address for letters and its officer, `login` where nobody else is; {office: officer}."""
    names, officers = dict(OFFICERS), {}
    for office in Office.objects.order_by("pk"):
        officer = _officer(names[office.name]) if office.name in names else login
        office.letter_email = Directory().address(office.name)
        office.save_record(officers=[officer])
        officers[office.name] = officer
    return officers


def _officer(name: str) -> User:
    user = User(email=Directory().address(name), name=name, role=Role.CASE_OFFICER)
    user.set_unusable_password()
    user.full_clean(exclude=["password"])
    user.save()
    return user


def leaving() -> Iterator[Happening]:
    """The officer who goes is switched off by an administrator, whom the story does not know."""
    when = datetime(LAST_DAY_THERE.year, LAST_DAY_THERE.month, LAST_DAY_THERE.day, 17, 15, tzinfo=STOCKHOLM)
    yield Happening(when, partial(_switch_off, when=when))


def _switch_off(stage: Stage, *, when: datetime) -> None:
    officer = stage.officers[UNMANNED]
    officer.is_active = False
    with told(when, None):
        officer.save()
