"""Builds the demonstration in the database: the ground first, then the whole story, all in one transaction."""

from datetime import datetime
from itertools import chain

from django.conf import settings
from django.db import transaction

from agencies import reference
from agencies.models import Agency, Contact, Dialogue, Municipality, NextStep, Obstacle, Office
from placements.models import Handover, MatchingOrder, Placement, Programme, TargetGroup
from placements.reference import PROGRAMMES
from praktik.accounts.models import User
from praktik.accounts.roles import Role
from praktik.demo import chapters, letters, officers, reporting, steps
from praktik.demo.cast import PROFILES
from praktik.demo.diary import STOCKHOLM, Diary
from praktik.demo.dice import dice
from praktik.demo.people import Directory, names
from praktik.demo.phrases.gatherings import GATHERINGS
from praktik.demo.places.chapter import lives_of_places
from praktik.demo.places.planning import all_places
from praktik.demo.stage import Stage, play, told
from praktik.demo.story import Talk, talks_with
from reports.models import Letter, LetterInterval, MonthlyReport, Notice, Target

COORDINATOR = "koordinator@example.se"
# Whom the letters say to call. The numbers of `people.Directory` begin with 01.
COORDINATOR_PHONE = "0611-555 00"
OFFICER = "handlaggare@example.se"
STEERING_GROUP = "styrgrupp@example.se"
# Those who log in, all with settings.DEMONSTRATION_PASSWORD: (address, name, role).
LOGINS = (
    (COORDINATOR, "Karin Hedlund", Role.COORDINATOR),
    (OFFICER, "Anders Nyström", Role.CASE_OFFICER),
    (STEERING_GROUP, "Birgitta Sandström", Role.STEERING_GROUP),
)
# The week before the first day of the project, when the coordinator got her desk.
_BEGINNING = datetime(2017, 3, 6, 8, 30, tzinfo=STOCKHOLM)


class NotEmptyError(Exception):
    """The database holds something that is not the demonstration's. The message says what, in Swedish."""


def is_built() -> bool:
    """Whether the demonstration is there, whatever has been done in it since."""
    return Dialogue.objects.filter(by__email=COORDINATOR).exists()


@transaction.atomic
def build() -> None:
    """Store the whole demonstration, or nothing. Takes a few seconds.

    Raises NotEmptyError when the database holds agencies, people or users that are not the demonstration's.
    """
    refuse_others()
    with told(_BEGINNING, None):
        users = {email: _user(email, name, role) for email, name, role in LOGINS}
        reference.add_municipalities()
        reference.add_offices()
        manned = officers.man(users[OFFICER])
        _begin_programmes()
    with told(_BEGINNING, users[COORDINATOR]):
        reference.add_agencies()
    stage = _stage(users[COORDINATOR], manned)
    talks = all_talks()
    all_steps = [*steps.done_steps(talks), *steps.open_steps(talks)]
    play(
        stage,
        chain(
            chapters.talks_and_steps(talks, people(stage.agencies), all_steps),
            chapters.obstacles_overcome(talks),
            chapters.obstacles_looked_at(talks),
            chapters.people_leaving(talks),
            chapters.facts_learnt(talks),
            lives_of_places(all_places(talks)),
            officers.leaving(),
            reporting.targets_set(),
            reporting.months_published(),
            letters.weekly_letters(),
            letters.newsletters(),
        ),
    )


def _stage(coordinator: User, manned: dict[str, User]) -> Stage:
    return Stage(
        coordinator,
        agencies={each.name: each for each in Agency.objects.all()},
        offices={each.name: each for each in Office.objects.all()},
        officers=manned,
        municipalities={each.name: each for each in Municipality.objects.all()},
        programmes={each.code: each for each in Programme.objects.all()},
        target_groups={each.code: each for each in TargetGroup.objects.all()},
    )


def refuse_others() -> None:
    """Raise NotEmptyError unless the database holds nothing but what the demonstration builds on."""
    ours = [profile.name for profile in PROFILES]
    stranger = Agency.objects.exclude(name__in=ours).order_by("pk").first()
    if stranger:
        raise NotEmptyError(f"Databasen innehåller redan {stranger}, som inte hör till demonstrationen.")
    if any(model.objects.exists() for model in (Contact, Dialogue, NextStep, Obstacle)):
        raise NotEmptyError("Databasen innehåller redan uppgifter om länets myndigheter.")
    if any(model.objects.exists() for model in (Placement, MatchingOrder, Handover)):
        raise NotEmptyError("Databasen innehåller redan platser.")
    if any(model.objects.exists() for model in (Target, MonthlyReport)):
        raise NotEmptyError("Databasen innehåller redan mål eller månadsrapporter.")
    if any(model.objects.exists() for model in (Letter, LetterInterval, Notice)):
        raise NotEmptyError("Databasen innehåller redan brev.")
    for facts, groups in PROGRAMMES:
        rules = {name: facts[name] for name in ("code", "months_per_decision", "months_in_all")}
        stored = Programme.objects.filter(**rules, target_groups__code__in=groups)
        if stored.count() != len(groups):
            raise NotEmptyError(f"Insatsen {facts['code']} eller dess målgrupper är ändrade i databasen.")
    # An administrator may have come first; anybody else has work of their own here.
    ours_too = [*(each[0] for each in LOGINS), *officers.addresses()]
    taken = User.objects.exclude(role=Role.ADMINISTRATOR) | User.objects.filter(email__in=ours_too)
    somebody = taken.order_by("pk").first()
    if somebody:
        raise NotEmptyError(f"Databasen innehåller redan användaren {somebody.email}.")


def all_talks() -> dict[str, list[Talk]]:
    """Every talk of the story, by agency."""
    diary, latest, towns = Diary(each.on for each in GATHERINGS), steps.latest_talks(), _towns()
    return {
        profile.name: talks_with(profile, towns[profile.name], diary, latest.get(profile.name)) for profile in PROFILES
    }


def people(agencies: dict[str, Agency]) -> dict[tuple[str, int], Contact]:
    """The cast as contacts with names, addresses and numbers, not yet stored, by agency and seat."""
    by_name = {each.name: each for each in Municipality.objects.all()}
    rng = dice("people")
    named, directory, towns = names(rng), Directory(), _towns()
    cast = {}
    for profile in PROFILES:
        for place, seat in enumerate(profile.seats):
            name, town = next(named), seat.town or towns[profile.name]
            cast[profile.name, place] = Contact(
                agency=agencies[profile.name],
                name=name,
                title=seat.title,
                role=seat.role,
                unit=seat.unit,
                email=directory.address(name),
                # Some never gave their number.
                phone=directory.number(town) if rng.random() < 0.92 else "",
                municipality=by_name[town],
            )
    return cast


def _towns() -> dict[str, str]:
    """The town of each agency: the first municipality it stands with."""
    by_code = {row["code"]: row["name"] for row in reference.rows("municipalities")}
    return {row["name"]: by_code[row["municipalities"].split(";")[0]] for row in reference.rows("agencies")}


def _user(email: str, name: str, role: Role) -> User:
    phone = COORDINATOR_PHONE if email == COORDINATOR else ""
    return User.objects.create_user(email, settings.DEMONSTRATION_PASSWORD, name=name, role=role, phone=phone)


def _begin_programmes() -> None:
    """The programmes as the story knows them: nobody has heard yet that the jobs will stop.

    What the migration wrote of them into the history becomes the story's beginning too.
    """
    for model in (TargetGroup, Programme):
        model.history.filter(history_user=None).update(history_date=_BEGINNING)
    jobs = Programme.objects.get(code="MBJ")
    jobs.last_day = None
    jobs.save_record(target_groups=list(jobs.target_groups.all()))
