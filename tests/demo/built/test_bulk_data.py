"""The county of `manage.py bulk_data`: the built demonstration with more talks and letters, three times."""

import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models, transaction
from django.db.models import F, Min, Q

from agencies.models import Agency, Contact, Dialogue, NextStep, Obstacle, Office
from agencies.search import DIALOGUE_WORDS
from agencies.validators import LONGEST_NOTE
from placements.choices import Verb
from placements.lifecycle.deeds import put_back
from placements.models import Confirmation, Deed, Handover, MatchingOrder, Placement
from praktik.accounts.models import User
from praktik.bulk import build, county, words
from praktik.bulk.copies import COPIED, Copies, different, is_moved, tables
from praktik.records import Record
from praktik.search import Found, parse
from reports.letters.changes import known_deeds
from reports.models import Delivery, Letter, LetterCopy, MonthlyReport, Target
from tests.demo.built.conftest import database_in
from tests.demo.conftest import Demo

TIMES = 3
ROOMS = ("agencies", "placements", "reports", "accounts")
MODELS = tables()
ONCE = (Target, Target.history.model)
# JSON that is read for what it names: `Copies.follow` looks after these.
READ_THROUGH = {(Deed, "before")}

pytestmark = [pytest.mark.once, pytest.mark.django_db, pytest.mark.usefixtures("tripled")]


def rows() -> dict[type[models.Model], int]:
    """How many rows each of the rooms' tables has."""
    every = (model for room in ROOMS for model in apps.get_app_config(room).get_models(include_auto_created=True))
    return {model: model._default_manager.count() for model in every}


def news() -> int:
    """The deeds that a letter written now would tell of."""
    latest = LetterCopy.objects.latest("letter__sent_at")
    return Deed.objects.filter(Q(pk__gt=latest.deeds_until) | Q(pk__in=latest.deeds_unseen)).count()


@pytest.fixture(scope="module")
def tripled(
    demo: Demo, demonstration: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Any]]:
    """The county three times in place of the demonstration; what it was before."""
    file = tmp_path_factory.mktemp("bulk") / "county.sqlite3"
    shutil.copy(demo.as_built, file)
    with django_db_blocker.unblock(), database_in(file):
        chance = Random(1723)
        county.more_talks(chance)
        county.first_letters()
        # Something that was not to be seen when the latest letter was written.
        latest = LetterCopy.objects.latest("letter__sent_at")
        LetterCopy.objects.filter(pk=latest.pk).update(deeds_unseen=[5, 9], deeds_until=F("deeds_until") - 4)
        # An order that an undoing would give back to its place.
        recalled = Deed.objects.filter(verb=Verb.START, placement__order__isnull=False).earliest("pk")
        recalled.before["order_id"] = str(recalled.placement.order_id)
        recalled.save()
        before = {"rows": rows(), "news": news(), "acts": Counter(Deed.objects.values_list("act", flat=True))}
        words.store(chance)
        copies, made = Copies(TIMES, words.HOW_MANY), []
        with transaction.atomic():
            before["rows told"] = copies.set_aside()
            copies.make(made.append)
            copies.follow()
        yield before | {"rows made": sum(made)}


def test_everything_is_there_three_times_and_what_is_shared_once(tripled):
    before, now = tripled["rows"], rows()
    offices = Delivery.objects.filter(contact=None).count()
    assert offices
    for model, was in before.items():
        if model is Delivery:
            assert now[model] == (was - offices) * TIMES + offices
        elif model in MODELS and model not in ONCE:
            assert now[model] == was * TIMES, model
        else:
            assert now[model] == was, model
    assert tripled["rows made"] == tripled["rows told"] == sum(before[model] for model in MODELS) * TIMES
    assert all(now[model] for model in COPIED if model.__name__ != "Reminder")


def test_every_reference_leads_to_a_row():
    connection.check_constraints()
    for model in MODELS:
        own = getattr(model, "instance_type", None)
        if own in COPIED:  # what is in the history is there, unless an undoing took it
            gone = model._default_manager.exclude(id__in=own._default_manager.values("pk"))
            assert not gone.exclude(id__in=model._default_manager.filter(history_type="-").values("id")).exists(), model


@pytest.mark.parametrize(
    ("model", "other", "agency"),
    [
        (Dialogue, "contacts__agency", "agency"),
        (NextStep, "dialogue__agency", "agency"),
        (Obstacle, "dialogue__agency", "agency"),
        (Contact, "successor__agency", "agency"),
        (MatchingOrder, "tutor__agency", "agency"),
        (Placement, "order__agency", "agency"),
        (Placement, "contact__agency", "agency"),
        (Placement, "manager__agency", "agency"),
        (Placement, "tutor__agency", "agency"),
        (Confirmation, "contact__agency", "placement__agency"),
        (Confirmation, "previous__agency", "placement__agency"),
        (Deed, "order__agency", "placement__agency"),
        (Deed, "handover__placement", "placement"),
        (Deed, "extension__placement", "placement"),
        (Deed, "confirmation__placement", "placement"),
    ],
)
def test_what_belongs_to_an_agency_stays_with_it(model, other, agency):
    named = model.objects.filter(**{f"{other}__isnull": False})
    assert named.exists()
    assert not named.exclude(**{other: F(agency)}).exists()
    if issubclass(model, Record) and "contacts" not in other and "agency" in agency:
        kept = model.history.filter(**{f"{other}__isnull": False})
        assert not kept.exclude(**{other: F(agency)}).exists()


def test_the_history_of_a_row_follows_it():
    for model in (Dialogue, Placement, MatchingOrder, NextStep, Handover):
        latest = {row.pop("id"): row for row in model.history.order_by("history_id").values()}
        for row in model.objects.values():
            for name, value in row.items():
                assert name == "id" or latest[row["id"]][name] == value, (model, name)
    of_entries = Dialogue.contacts.through.objects.values_list("pk", "dialogue_id", "contact_id").order_by("pk")
    kept = apps.get_model("agencies", "HistoricalDialogue_contacts")
    told = kept.objects.exclude(history__id=F("dialogue_id"))
    assert not told.exists()
    assert set(kept.objects.values_list("id", "dialogue_id", "contact_id")) == set(of_entries)


def test_what_came_later_has_the_higher_number():
    for place in Placement.objects.annotate(first=Min("deeds__pk")).select_related("agency")[:50]:
        assert Deed.objects.get(pk=place.first).verb == Verb.AGREE
    assert [pk % TIMES for pk in Agency.objects.order_by("pk").values_list("pk", flat=True)] == [0, 1, 2] * 42
    each_day = [
        list(Deed.objects.annotate(k=F("pk") % TIMES).filter(k=k).order_by("pk").values_list("verb", "on"))
        for k in range(TIMES)
    ]
    assert each_day[0] == each_day[1] == each_day[2]


def test_names_and_addresses_are_each_one_s_own():
    names = Agency.objects.values_list("name", flat=True)
    assert len(set(names)) == len(names) == 42 * TIMES
    addresses = Contact.objects.exclude(email="").values_list("email", flat=True)
    assert len(set(addresses)) == len(addresses) == 110 * TIMES
    people = Counter(Contact.objects.values_list("name", flat=True))
    assert len(people) > 300
    assert max(people.values()) < 4
    assert not Delivery.objects.filter(contact__isnull=False).exclude(address=F("contact__email")).exists()


def test_an_act_stays_within_its_copy(tripled):
    copies: dict[Any, set[int]] = {}
    for act, pk in Deed.objects.values_list("act", "pk"):
        copies.setdefault(act, set()).add(pk % TIMES)
    assert all(len(each) == 1 for each in copies.values())
    acts = Counter(Deed.objects.values_list("act", flat=True))
    assert sorted(acts.values()) == sorted(list(tripled["acts"].values()) * TIMES)
    assert acts.keys() > tripled["acts"].keys()


def test_the_next_letter_has_three_times_the_news(tripled):
    assert tripled["news"] > 4
    assert news() == tripled["news"] * TIMES
    latest = LetterCopy.objects.latest("letter__sent_at")
    assert latest.deeds_unseen == [15, 16, 17, 27, 28, 29]
    assert latest.deeds_until < known_deeds().until


def test_what_an_undoing_would_put_back_is_the_agency_s_own():
    named = Counter()
    for deed in Deed.objects.select_related("placement"):
        place = deed.placement
        put_back(place, {name: value for name, value in deed.before.items() if name != "handover"})
        for name in ("contact", "order", "manager", "tutor"):
            if deed.before.get(f"{name}_id"):
                named[name] += 1
                assert getattr(place, name).agency_id == place.agency_id
    assert named["contact"] >= 9 * TIMES
    assert named["order"] == TIMES


@pytest.mark.parametrize("model", [model for model in COPIED if issubclass(model, Record)])
def test_copies_are_rows_that_a_form_would_take(model):
    for row in [*model.objects.order_by("pk")[1:3], *model.objects.order_by("-pk")[:2]]:
        row.full_clean()


def test_notes_differ_and_the_search_knows_them():
    longest = max(map(len, Dialogue.objects.values_list("notes", flat=True)))
    assert longest <= LONGEST_NOTE
    for typed, least, most in (("truckkort", 1, 100), ("receptionen", 200, 800)):
        (word,) = parse(typed).words
        found = Dialogue.objects.filter(Found(DIALOGUE_WORDS, word)).count()
        assert least <= found <= most
        assert found == Dialogue.objects.filter(notes__icontains=typed).count()


def test_a_month_that_was_published_tells_of_all_copies():
    report = MonthlyReport.objects.filter(published_on__isnull=False).latest("month", "pk")
    MonthlyReport.objects.exclude(pk=report.pk).delete()
    told: list[Any] = []
    build._count_months(lambda *begun: told.append(begun) or told.append)
    assert told == [("Månader", 1), 1]
    then, now = (
        {table["key"]: table for table in figures["tables"]}
        for figures in (report.figures, MonthlyReport.objects.get().figures)
    )
    place = [key for key, *_ in then["summary"]["columns"]].index("started")
    for before, after in zip(then["summary"]["rows"], now["summary"]["rows"], strict=True):
        assert after[2][place] == before[2][place] * TIMES > 0


def test_there_are_as_many_talks_and_letters_as_in_a_county():
    assert Dialogue.objects.count() == county.DIALOGUES * TIMES
    assert Letter.objects.count() == county.LETTERS
    for talk in Dialogue.objects.filter(pk__gte=600 * TIMES).prefetch_related("contacts").order_by("pk")[::150]:
        assert talk.held_on.weekday() < 5
        assert talk.history.get().history_date.date() == talk.held_on
        assert not any(contact.has_left(on=talk.held_on) for contact in talk.contacts.all())


def test_the_first_letters_went_out_in_their_weeks():
    sent = Letter.objects.filter(sent_at__isnull=False).order_by("week")
    assert len({(each.kind, each.week) for each in sent}) == len(sent)
    for letter in sent.filter(copy__deeds_until=TIMES - 1).prefetch_related("deliveries"):
        assert timedelta() < letter.sent_at.date() - letter.week < timedelta(days=7)
        assert letter.history.get().history_date == letter.sent_at
        assert letter.history.get().history_user == letter.sent_by
        for delivery in letter.deliveries.all():
            assert timedelta() <= delivery.sent_at - letter.sent_at < timedelta(minutes=10)
            assert len(delivery.message_id) < 80


def test_every_table_that_names_a_copied_row_is_copied():
    """Whoever adds a model decides whether it is copied (`praktik.bulk.copies.COPIED`)."""
    copied = set(MODELS)
    for room in ROOMS:
        for model in apps.get_app_config(room).get_models(include_auto_created=True):
            named = [each for each in model._meta.concrete_fields if each.is_relation and each.related_model in copied]
            assert model in copied or not named, f"{model.__name__} is not copied but has {named}"
            texts = {(model, each.name) for each in model._meta.concrete_fields if isinstance(each, models.JSONField)}
            assert model not in copied or texts <= READ_THROUGH, f"{texts} may name copied rows"
    assert set(COPIED) <= copied
    assert not copied & {Office, User, Letter, LetterCopy}


def test_what_has_to_be_unique_is_another_in_each_copy():
    """A unique constraint holds among copies when it is of a copied row, or of what is made different."""
    copied, made = set(MODELS), different()
    for model in copied - set(ONCE):
        fields = {each.name: each for each in model._meta.concrete_fields}
        own = getattr(model, "instance_type", model)
        unique = [(name,) for name, each in fields.items() if each.unique]
        unique += [each.fields for each in model._meta.constraints if isinstance(each, models.UniqueConstraint)]
        unique += list(model._meta.unique_together)
        for names in unique:
            differs = [is_moved(model, fields[name], copied) or (own, name) in made for name in names]
            assert any(differs), f"{model.__name__}: {names} would be the same in each copy"
