"""The weekly letter's places and orders: whose they are, how they stand, and nothing of who is in them."""

import re
from datetime import date, timedelta

import pytest

from placements import lifecycle as places
from placements.choices import AnswerKind, FollowUp, Outcome, Requirement, Sex, State
from placements.models import Placement, TargetGroup
from praktik.accounts.roles import Role
from reports.choices import LetterKind, LetterPart
from reports.letters import drafted_content
from reports.letters.rows import MOST
from reports.letters.weekly import MOST_OF_ALL
from reports.lifecycle import readied
from tests.factories import AgencyFactory, OfficeFactory, UserFactory, ongoing_place
from tests.placements.lives import lived
from tests.placements.pages import agreed, begun, ordered, owned
from tests.reports.letters.written import SITE, drafted, part_now, told

pytestmark = [pytest.mark.django_db, pytest.mark.once]
SENT, ANSWERED = date(2018, 12, 10), date(2018, 12, 17)


def by_office(part):
    """{the last word of an office's name: its rows}."""
    return {title.rpartition(":")[0].split()[-1]: rows for title, rows in told(part).items()}


def test_ongoing_places_stand_by_their_office_with_their_planned_end(weekly, coordinator, office, own_officer):
    other = OfficeFactory(name="Arbetsförmedlingen Ånge")
    owned(begun(coordinator, duties="Ägt"), coordinator, own_officer)
    [ordered_place] = agreed(coordinator, duties="Beställt")
    ordered([ordered_place], coordinator, other)
    days = {"started_on": date(2018, 12, 20), "planned_end": date(2019, 5, 31)}
    group = ordered_place.target_groups.first()
    Placement.objects.filter(pk=ordered_place.pk).update(sex=Sex.MAN, target_group=group, **days)
    begun(coordinator, duties="Ingens", planned_end=date(2019, 1, 31))
    agreed(coordinator, duties="Inte än")
    told_of = by_office(part_now(weekly, coordinator, LetterPart.ONGOING))
    assert {name: [(row[0].split(",")[0], row[1]) for row in rows] for name, rows in told_of.items()} == {
        "Sollefteå": [("PIS Ägt", "2019-02-28")],
        "Ånge": [("PIS Beställt", "2019-05-31")],
        "koordinatorn": [("PIS Ingens", "2019-01-31")],
    }


def test_an_owner_goes_before_the_office_of_the_order(weekly, coordinator, own_officer):
    [place] = agreed(coordinator)
    ordered([place], coordinator, OfficeFactory(name="Arbetsförmedlingen Ånge"))
    owned(place, coordinator, own_officer, on=SENT)
    days = {"started_on": ANSWERED, "planned_end": date(2019, 5, 31)}
    places.start(place, by=own_officer, target_group=place.target_groups.first(), sex=Sex.WOMAN, **days)
    assert list(by_office(part_now(weekly, coordinator, LetterPart.ONGOING))) == ["Sollefteå"]


@pytest.mark.parametrize(("day", "rows"), [(date(2018, 12, 30), 1), (date(2018, 12, 31), 1), (date(2019, 1, 1), 0)])
def test_the_last_day_still_counts(weekly, coordinator, day, rows):
    ongoing_place(ended_on=date(2018, 12, 31), outcome=Outcome.STUDIES)
    part = part_now(weekly, coordinator, LetterPart.ONGOING, on=day)
    assert sum(map(len, told(part).values())) == rows
    assert part.nothing


def test_coming_places_stand_by_their_planned_start(weekly, coordinator):
    for day in (21, 7, 14):
        agreed(coordinator, planned_start=date(2019, 1, day))
    [rows] = told(part_now(weekly, coordinator, LetterPart.COMING)).values()
    assert [row[1] for row in rows] == ["2019-01-07", "2019-01-14", "2019-01-21"]


def asked_for(stage, coordinator, office, own_officer):
    """A place whose order has come to a stage."""
    made = agreed(coordinator)
    if stage == "none":
        return
    sent = ordered(made, coordinator, office)
    said = {"by": own_officer, "office": office, "on": ANSWERED, "text": "Vad?"}
    if stage in ("asked", "replied"):
        given = places.answer(sent, kind=AnswerKind.MORE_INFORMATION, **said)
    if stage == "replied":
        places.reply(given, by=coordinator, on=ANSWERED, text="Det.")
    if stage in (AnswerKind.CANDIDATE, AnswerKind.NONE_NOW):
        places.answer(sent, kind=stage, **said)
    if stage == "other":
        away = UserFactory(role=Role.CASE_OFFICER)
        there = OfficeFactory(name="Arbetsförmedlingen Ånge", officers=[away])
        places.flag_hard(sent, by=coordinator, on=ANSWERED, requirement=Requirement.LICENCE)
        places.answer(sent, kind=AnswerKind.CANDIDATE, **said | {"by": away, "office": there})


@pytest.mark.parametrize(
    ("stage", "words"),
    [
        ("none", r"inte beställd än"),
        ("waiting", r"väntar på svar från \w+ Sollefteå"),
        ("asked", r"\w+ Sollefteå behöver veta mer"),
        ("replied", r"väntar på svar från \w+ Sollefteå"),
        (AnswerKind.CANDIDATE, r"\w+ Sollefteå föreslår någon"),
        (AnswerKind.NONE_NOW, r"\w+ Sollefteå har ingen just nu"),
        ("other", r"\w+ Ånge föreslår någon"),
    ],
)
def test_how_an_order_stands_is_told_in_words(weekly, coordinator, office, own_officer, stage, words):
    asked_for(stage, coordinator, office, own_officer)
    [[[_, _, said]]] = told(part_now(weekly, coordinator, LetterPart.COMING)).values()
    assert re.fullmatch(words, said)


def hard_rows(letter, by):
    """What blocks, how long and whom to call, of each hard-to-match order; None when there is no table."""
    part = part_now(letter, by, LetterPart.HARD)
    return [row for rows in told(part).values() for row in rows]


@pytest.mark.parametrize(("phone", "reached"), [("0611-555 01", "0611-555 01"), ("", "karin@example.se")])
def test_a_hard_order_says_what_blocks_how_long_and_whom_to_call(weekly, coordinator, office, phone, reached):
    coordinator.phone, coordinator.email = phone, "karin@example.se"
    coordinator.save()
    made = agreed(coordinator, 3, agency=AgencyFactory(name="Polisen"), duties="Passkontroll")
    sent = ordered(made, coordinator, office)
    assert hard_rows(weekly, coordinator) == []
    blocked = {"requirement": Requirement.LICENCE, "words_on_it": "Bara C"}
    places.flag_hard(sent, by=coordinator, on=ANSWERED, **blocked)
    [[what, obstacle, days, call]] = hard_rows(weekly, coordinator)
    assert all(each in what for each in ("PIS", "Passkontroll", "3 platser", "Polisen"))
    assert obstacle == "körkort: Bara C"
    assert re.match(r"21\b", days)
    assert call == f"Karin Koordinator, {reached}"


def test_a_hard_order_is_told_for_as_long_as_it_is_open(weekly, coordinator, office):
    orders = [ordered(agreed(coordinator), coordinator, office) for _ in range(3)]
    for sent in orders:
        places.flag_hard(sent, by=coordinator, on=ANSWERED, requirement=Requirement.SWEDISH)
    assert len(hard_rows(weekly, coordinator)) == 3
    places.recall(orders[0], by=coordinator, on=ANSWERED)
    places.unflag(orders[1], by=coordinator)
    assert len(hard_rows(weekly, coordinator)) == 1


def test_rows_that_read_the_same_are_one_with_how_many(weekly, coordinator):
    town = {"agency": AgencyFactory(name="Polisen"), "duties": "Arkiv"}
    agreed(coordinator, 4, **town)
    agreed(coordinator, 1, **town | {"duties": "Växel"})
    [(title, rows)] = told(part_now(weekly, coordinator, LetterPart.COMING)).items()
    assert title.endswith(": 5")
    assert sorted(("4 platser" in row[0], "Växel" in row[0]) for row in rows) == [(False, True), (True, False)]


@pytest.mark.parametrize("more", [0, 1, 30])
def test_a_long_table_says_how_many_more_there_are(weekly, coordinator, more):
    [place] = agreed(coordinator)
    numbers = range(MOST + more - 1)
    copies = [Placement(**fields_of(place) | {"duties": f"Nummer {number}"}) for number in numbers]
    Placement.objects.bulk_create(copies)
    [table] = part_now(weekly, coordinator, LetterPart.COMING).tables
    assert len(table.rows) == MOST
    assert table.title.endswith(f": {MOST + more}")
    assert (f"Och {more} till" in table.note) == bool(more)


def test_what_is_one_row_counts_as_many_among_those_that_are_left_out(weekly, coordinator):
    [place] = agreed(coordinator, 5, duties="Lika")[:1]
    others = [Placement(**fields_of(place) | {"duties": f"Nummer {number}"}) for number in range(MOST + 5)]
    Placement.objects.bulk_create(others)
    [table] = part_now(weekly, coordinator, LetterPart.COMING).tables
    assert len(table.rows) == MOST
    assert "Och 6 till" in table.note


def fields_of(place):
    """What another place like it is made of."""
    names = [field.attname for field in Placement._meta.concrete_fields if field.name != "id"]
    return {name: getattr(place, name) for name in names}


def test_all_offices_together_are_cut_and_the_letter_says_so(weekly, coordinator):
    place = ongoing_place()
    offices = [OfficeFactory() for _ in range(MOST_OF_ALL // MOST + 2)]
    copies = [
        Placement(**fields_of(place) | {"office_id": office.pk, "duties": f"Nummer {number}"})
        for office in offices
        for number in range(MOST + 1)
    ]
    Placement.objects.bulk_create(copies)
    tables = part_now(weekly, coordinator, LetterPart.ONGOING).tables
    assert sum(len(table.rows) for table in tables) == MOST_OF_ALL
    assert "finns i Praktik" in tables[-1].note
    assert all(table.title.endswith((f": {MOST + 1}", ": 1")) for table in tables)


# Nothing of persons


_PERSONS = {
    "sex": [r"\bkvinn\w*", r"\bman\b", r"\bmän\b", r"inte angivet", r"\bwoman\b", r"kön"],
    "outcome": [re.escape(label) for label in Outcome.labels if label != "Annat"],
    "follow_up": [re.escape(label) for label in FollowUp.labels],
    "codes": [rf"\b{code}\b" for code in (*Outcome.values, *FollowUp.values) if code not in ("other", "none")],
    "typed": ["RECOGNISED"],
}


def populate(coordinator, office, own_officer):
    """A county where every kind of word about a person has been stored."""
    TargetGroup.objects.filter(code="newly_arrived").update(name="RECOGNISED-GROUP")
    words = "RECOGNISED-WORDS"
    groups, outcomes = TargetGroup.objects.all(), (Outcome.STUDIES, Outcome.ILLNESS, Outcome.OTHER)
    for group, sex, outcome in zip(groups, Sex, outcomes, strict=True):
        place = lived(State.ONGOING, by=coordinator)
        Placement.objects.filter(pk=place.pk).update(target_group=group, sex=sex)
        days = {"decided_on": date(2018, 8, 20), "new_end": date(2018, 12, 3)}
        places.extend(place, by=coordinator, reason=words, **days)
        places.end(place, by=coordinator, ended_on=date(2018, 9, 14), outcome=outcome)
        places.follow_up(place, by=coordinator, on=date(2018, 12, 20), outcome=FollowUp.STUDIES)
    places.end(begun(coordinator), by=coordinator, ended_on=date(2018, 12, 20), outcome=Outcome.BROKEN_BY_PERSON)
    places.withdraw(*agreed(coordinator), by=coordinator, on=ANSWERED, reason=words)
    owned(begun(coordinator), coordinator, own_officer)
    sent = ordered(agreed(coordinator, 2), coordinator, office)
    places.flag_hard(sent, by=coordinator, on=ANSWERED, requirement=Requirement.SKILL)
    places.answer(sent, by=own_officer, office=office, on=ANSWERED, kind=AnswerKind.CANDIDATE, text=words)


@pytest.mark.parametrize("kind", LetterKind)
def test_no_letter_tells_of_who_is_in_place(coordinator, office, own_officer, kind):
    populate(coordinator, office, own_officer)
    ready = readied(drafted(coordinator, kind, intro="Hej!"), coordinator, site=SITE)
    page = re.sub(r"(?s)<style>.*?</style>| style=\"[^\"]*\"", "", ready.html)
    kept = str(ready.content.as_json())
    assert len(ready.content.parts) == len(ready.letter.parts) - (1 if kind == LetterKind.WEEKLY else 3)
    for what, patterns in _PERSONS.items():
        for pattern in patterns:
            for text in (ready.text, page, kept):
                assert not re.search(pattern, text, re.IGNORECASE), f"{what}: {pattern}"


def test_what_is_kept_of_a_letter_reads_as_it_was_drafted(weekly, coordinator, office):
    sent = ordered(agreed(coordinator, 2), coordinator, office)
    places.flag_hard(sent, by=coordinator, on=ANSWERED, requirement=Requirement.SKILL)
    content = drafted_content(weekly, coordinator)
    again = type(content).from_json(content.as_json())
    assert [told(part) for part in again.parts] == [told(part) for part in content.parts]
    assert (again.title, again.sender, again.day) == (content.title, content.sender, content.day)
    assert content.day - timedelta(days=content.day.weekday()) == weekly.week
