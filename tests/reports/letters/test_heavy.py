"""A letter about a whole county of years to come: as many questions to the database, and never too heavy to arrive."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.models import Agency, Municipality, Office
from placements.choices import AnswerKind, Requirement, Verb
from placements.models import Deed, OrderAnswer, Placement
from reports.choices import LetterKind, LetterPart
from reports.letters import drafted_content
from reports.letters.changes import known_deeds
from reports.letters.recipients import recipients
from reports.lifecycle import readied
from reports.mail import HEAVIEST
from reports.models import Letter
from tests.factories import LetterCopyFactory, LetterFactory, MatchingOrderFactory, OfficeFactory, ongoing_place
from tests.reports.letters.written import SITE, WEEK, drafted, part_now

pytestmark = pytest.mark.django_db
DAY, WEEKS = date(2018, 12, 13), timedelta(weeks=1)
AGENCY = "Arbetsmiljömyndigheten för Ådalens och Höga kustens samverkan"
DUTIES = "Registrering, arkivläggning och återställning av äldre handlingar"
BLOCKED = "Kräver vana av äldre handskrift. " * 7


def copies(row, facts):
    """Rows like one that is stored, each with facts of its own."""
    names = [field.attname for field in type(row)._meta.concrete_fields if field.name != "id"]
    like = {name: getattr(row, name) for name in names}
    return type(row).objects.bulk_create([type(row)(**like | each) for each in facts])


def fill(by, *, ongoing, coming, hard, changes):
    """A county with so many of everything, all with long names; the last letter told of what has since been undone."""
    began = Office.objects.count()
    numbers = range(began, began + 20)
    towns = Municipality.objects.bulk_create(Municipality(code=f"{each:04}", name=f"Sjö {each}") for each in numbers)
    offices = Office.objects.bulk_create(
        Office(name=f"Arbetsförmedlingen Örnsköldsvik och Ådalen {each}", letter_email=f"kontor{each}@af.example.se")
        for each in numbers
    )
    agencies = Agency.objects.bulk_create(Agency(name=f"{AGENCY} {each}") for each in numbers)
    first = ongoing_place(coordinator=by)

    def facts(number, **more):
        where = {"agency_id": agencies[number % 20].pk, "municipality_id": towns[number % 20].pk}
        return where | {"duties": f"{DUTIES} {number}", "office_id": offices[number % 20].pk} | more

    going = copies(first, [facts(number) for number in range(ongoing)])
    sent = flagged(by, offices, agencies, hard)
    unstarted = {"started_on": None, "planned_end": None, "target_group_id": None, "sex": "", "office_id": None}
    copies(first, [facts(each, **unstarted, order_id=sent[each % hard].pk) for each in range(coming)])
    do(going[:changes], by, sent[0])
    last = LetterFactory(sent=True, sent_by=by)
    LetterCopyFactory(letter=last, told=drafted_content(last, by, on=WEEK - 2 * WEEKS), deeds_until=known_deeds().until)
    Deed.objects.update(undone_on=DAY, undone_by=by)
    do(going[:changes], by, sent[0])


def flagged(by, offices, agencies, number):
    """So many hard-to-match orders, with somebody proposed for each."""
    like = MatchingOrderFactory(office=offices[0], agency=agencies[0], by=by)
    hard = {"hard_since": DAY, "blocked_by": Requirement.OTHER, "blocked_words": BLOCKED[:200]}
    sent = copies(like, [{"agency_id": agencies[each % 20].pk} | hard for each in range(number)])
    found = {"office": offices[1], "on": DAY, "kind": AnswerKind.CANDIDATE, "by": by}
    OrderAnswer.objects.bulk_create(OrderAnswer(order=each, **found) for each in sent)
    return sent


def do(going, by, order):
    """Something that a letter tells of, with each of the places."""
    verbs = [Verb.START, Verb.EXTEND, Verb.END, Verb.ORDER]
    Deed.objects.bulk_create(
        Deed(placement=place, verb=verbs[each % 4], on=DAY, by=by, act=uuid4(), order=order)
        for each, place in enumerate(going)
    )


FEW = {"ongoing": 3, "coming": 3, "hard": 3, "changes": 4}
MANY = {"ongoing": 1_000, "coming": 300, "hard": 60, "changes": 200}


def cost(call):
    with CaptureQueriesContext(connection) as queries:
        call()
    return len(queries)


@pytest.fixture
def few_and_many(coordinator):
    """What the calls cost with little in the county, and then with much: a function of what gives them."""

    def costs(kind):
        told = []
        for numbers in (FEW, MANY):
            fill(coordinator, **numbers)
            letter = Letter.objects.drafts().filter(kind=kind).first() or drafted(coordinator, kind, intro="Hej!")
            told.append(
                [
                    cost(lambda letter=letter: drafted_content(letter, coordinator)),
                    cost(lambda letter=letter: recipients(letter)),
                    cost(lambda letter=letter: readied(letter, coordinator, site=SITE)),
                ]
            )
        return told

    return costs


@pytest.mark.parametrize("kind", LetterKind)
def test_a_draft_costs_the_same_however_much_there_is(few_and_many, kind):
    few, many = few_and_many(kind)
    assert few == many
    content, to, whole = many
    assert content <= 12
    assert whole == content + to <= 15


def test_the_heaviest_letter_arrives_whole(coordinator):
    fill(coordinator, **MANY)
    ready = readied(drafted(coordinator, intro="Så här är läget. " * 50), coordinator, site=SITE)
    titles = {table.key for part in ready.content.parts for table in part.tables}
    changed = {f"changes-{each}" for each in ("start", "extend", "end", "order", "undone")}
    assert {"coming", "hard", "ongoing-0"} | changed <= titles
    assert ready.weight < HEAVIEST
    assert ready.why_not == ""


def test_what_no_office_has_in_hand_stands_last(coordinator):
    """The same on both databases, which sort what is missing differently: or a long letter would cut it off on one."""
    places = [ongoing_place(coordinator=coordinator) for _ in range(2)]
    Placement.objects.filter(pk=places[1].pk).update(office=OfficeFactory(name="Arbetsförmedlingen Östersund"))
    tables = part_now(drafted(coordinator), coordinator, LetterPart.ONGOING).tables
    assert [table.title.partition(":")[0].split()[-1] for table in tables] == ["Östersund", "koordinatorn"]
