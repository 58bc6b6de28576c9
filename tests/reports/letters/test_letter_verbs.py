"""Letters are drafted, written, sent once, and never changed after that."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from placements import lifecycle as places
from praktik import clock
from praktik.records import LifecycleError
from reports import lifecycle
from reports.choices import PARTS, LetterKind, LetterPart
from reports.mail import parts_of
from reports.models import Delivery, Letter, LetterCopy
from reports.validators import LONGEST_WORDS
from tests.factories import ContactFactory, LetterFactory, OfficeFactory
from tests.placements.lives import IDENTITY
from tests.placements.pages import agreed, begun
from tests.reports.letters.written import SITE, WEEK, drafted, frozen, part_of, sent_content, told

pytestmark = [pytest.mark.django_db, pytest.mark.once]
WEEKS = timedelta(weeks=1)


def nothing_is_sent(queued):
    assert Letter.objects.sent().count() == LetterCopy.objects.count() == Delivery.objects.count() == queued() == 0


# Drafts


@pytest.mark.parametrize("week", [WEEK + timedelta(days=1), WEEK + 9 * WEEKS, WEEK - 9 * WEEKS, date(2015, 12, 28)])
def test_a_wrong_week_is_refused(coordinator, week):
    with pytest.raises(LifecycleError, match="Välj en vecka") as refused:
        drafted(coordinator, week=week)
    assert refused.value.field == "week"
    letter = drafted(coordinator, week=WEEK)
    with pytest.raises(LifecycleError):
        lifecycle.write_letter(letter, by=coordinator, week=week)
    assert Letter.objects.get().week == WEEK


def test_a_week_has_one_letter_of_each_kind(coordinator):
    drafted(coordinator)
    with pytest.raises(LifecycleError, match=r"Det finns redan ett veckobrev för v\. 1 2019") as refused:
        drafted(coordinator)
    assert refused.value.field == "week"
    other = drafted(coordinator, week=WEEK + WEEKS)
    with pytest.raises(LifecycleError, match="Det finns redan"):
        lifecycle.write_letter(other, by=coordinator, week=WEEK, intro="Hej")
    drafted(coordinator, LetterKind.NEWSLETTER)
    assert set(Letter.objects.values_list("kind", "week", "intro")) == {
        ("weekly", WEEK, ""),
        ("weekly", WEEK + WEEKS, ""),
        ("newsletter", WEEK, ""),
    }


@pytest.mark.parametrize("field", lifecycle.WORDS)
def test_words_that_cannot_be_kept_are_refused_at_their_field(coordinator, field):
    letter = drafted(coordinator, LetterKind.NEWSLETTER)
    for words in (f"Hon heter {IDENTITY}.", "x" * (lifecycle.WORDS[field][1] + 1)):
        with pytest.raises(LifecycleError) as refused:
            lifecycle.write_letter(letter, by=coordinator, **{field: words})
        assert refused.value.field == field
    assert getattr(Letter.objects.get(), field) == ""
    assert max(longest for _, longest in lifecycle.WORDS.values()) == LONGEST_WORDS


@pytest.mark.parametrize("number", [IDENTITY, "x" * 51])
def test_a_register_number_that_cannot_be_kept_is_refused(weekly, coordinator, number):
    letter = frozen(weekly, coordinator)
    with pytest.raises(LifecycleError) as refused:
        lifecycle.register(letter, by=coordinator, number=number)
    assert refused.value.field == "register_number"
    assert Letter.objects.get().register_number == ""


def test_only_a_sent_letter_has_a_register_number(weekly, coordinator):
    with pytest.raises(LifecycleError, match="inte skickat än"):
        lifecycle.register(weekly, by=coordinator, number="851-1-2019")
    letter = lifecycle.register(frozen(weekly, coordinator), by=coordinator, number=" 851-1-2019 ")
    assert (letter.register_number, letter.history.first().history_user) == ("851-1-2019", coordinator)


@pytest.mark.parametrize("parts", [[], [("notices", True)], [("notices", True)] * 5])
def test_every_part_is_there_once(weekly, coordinator, parts):
    with pytest.raises(LifecycleError, match="delar stämmer inte"):
        lifecycle.write_letter(weekly, by=coordinator, parts=parts)


def test_a_new_letter_has_the_parts_of_the_one_before(weekly, coordinator):
    parts = [(part, part != LetterPart.HARD) for part in reversed(PARTS[LetterKind.WEEKLY])]
    lifecycle.write_letter(weekly, by=coordinator, parts=parts)
    following = drafted(coordinator, week=WEEK + WEEKS)
    assert following.parts == [[part, shown] for part, shown in parts]
    assert following.intro == ""


# Sending


def test_a_letter_is_sent_to_everybody_by_one_task(weekly, coordinator, queued):
    OfficeFactory(name="Ånge", letter_email="ange@af.example.se")
    seen = lifecycle.readied(weekly, coordinator, site=SITE).stamp
    letter = lifecycle.send(weekly, by=coordinator, site=SITE, seen=seen)
    assert letter.sent_by == coordinator
    assert clock.today() == letter.sent_at.date()
    assert {each.state for each in Delivery.objects.filter(letter=letter)} == {"queued"}
    assert Delivery.objects.count() == len(set(Delivery.objects.values_list("message_id"))) == 2
    assert queued() == 1
    assert [entry.history_user for entry in letter.history.all()] == [coordinator] * 3
    assert all(f"{SITE}/brev/{letter.pk}/" in form for form in parts_of(letter.copy.message))


@pytest.mark.parametrize("kind", LetterKind)
def test_an_empty_letter_is_not_sent(coordinator, office, queued, kind):
    ContactFactory()
    letter = drafted(coordinator, kind, intro=" \n ")
    lifecycle.write_letter(letter, by=coordinator, parts=[(part, False) for part in PARTS[kind]])
    with pytest.raises(LifecycleError, match="Brevet är tomt"):
        frozen(letter, coordinator)
    nothing_is_sent(queued)


def test_a_weekly_letter_of_a_county_where_nothing_goes_on_is_empty(coordinator, office, queued):
    with pytest.raises(LifecycleError, match="Brevet är tomt"):
        frozen(drafted(coordinator), coordinator)
    begun(coordinator)
    frozen(Letter.objects.get(), coordinator)


def test_a_letter_that_mail_programs_would_cut_is_not_sent(coordinator, office, queued):
    words = {"intro": "åäö " * 2_400, "notices": "åäö " * 2_400}
    with pytest.raises(LifecycleError, match=r"Brevet är \d{3} kB, och mejlprogram klipper av vid 100 kB"):
        frozen(drafted(coordinator, **words), coordinator)
    nothing_is_sent(queued)


def started_meanwhile(coordinator, letter, office):
    begun(coordinator)


def added_meanwhile(coordinator, letter, office):
    lifecycle.choose_readers(letter, by=coordinator, left_out={}, added={office: "ny@af.example.se"})


def written_meanwhile(coordinator, letter, office):
    lifecycle.write_letter(letter, by=coordinator, notices="Mer")


def hidden_meanwhile(coordinator, letter, office):
    parts = [(LetterPart(part), part != "hard") for part, _ in letter.parts]
    lifecycle.write_letter(letter, by=coordinator, parts=parts)


@pytest.mark.parametrize("what", [started_meanwhile, added_meanwhile, written_meanwhile, hidden_meanwhile])
def test_what_is_no_longer_as_it_was_seen_is_not_sent(weekly, coordinator, office, queued, what):
    seen = lifecycle.readied(weekly, coordinator, site=SITE).stamp
    what(coordinator, weekly, office)
    with pytest.raises(LifecycleError, match=r"har ändrats sedan du förhandsgranskade\. Inget är skickat"):
        lifecycle.send(weekly, by=coordinator, site=SITE, seen=seen)
    nothing_is_sent(queued)
    frozen(weekly, coordinator)


@pytest.mark.parametrize("seen", ["", "0" * 24])
def test_what_nobody_has_seen_is_not_sent(weekly, coordinator, queued, seen):
    with pytest.raises(LifecycleError, match="har ändrats"):
        lifecycle.send(weekly, by=coordinator, site=SITE, seen=seen)
    nothing_is_sent(queued)


# A sent letter


def test_a_sent_letter_is_not_written_readdressed_or_sent_again(weekly, newsletter, coordinator, office):
    ContactFactory()
    for letter in (weekly, newsletter):
        frozen(letter, coordinator)
    stored = list(Letter.objects.values())
    who = r"skickades 2018-12-31 \d\d\.\d\d av Karin Koordinator"
    for verb in (
        lambda: lifecycle.write_letter(weekly, by=coordinator, intro="Nytt"),
        lambda: lifecycle.choose_readers(weekly, by=coordinator, left_out={}, added={}),
        lambda: lifecycle.choose_roles(newsletter, by=coordinator, roles=[]),
        lambda: frozen(weekly, coordinator),
        lambda: lifecycle.send(newsletter, by=coordinator, site=SITE, seen=""),
    ):
        with pytest.raises(LifecycleError, match=who):
            verb()
    assert list(Letter.objects.values()) == stored
    assert LetterCopy.objects.count() == Delivery.objects.count() == 2


def test_what_was_sent_is_stored_once(weekly, coordinator):
    copy = frozen(weekly, coordinator).copy
    copy.text = "Något annat"
    with pytest.raises(TypeError):
        copy.save()
    with pytest.raises(TypeError):
        LetterCopy.objects.update_or_create(letter=weekly, defaults={"text": "Något annat"})
    again = LetterCopy(letter=weekly, content={}, text="", message="", deeds_until=0)
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save()
    assert "Hej alla!" in LetterCopy.objects.get().text


def test_what_happens_later_changes_nothing_that_was_sent(weekly, coordinator):
    [place] = agreed(coordinator, duties="Växel")
    letter = frozen(weekly, coordinator)
    stored = LetterCopy.objects.values().get()
    places.change(place, by=coordinator, duties="Arkiv")
    begun(coordinator)
    assert LetterCopy.objects.values().get() == stored
    [[[what, *_]]] = told(part_of(sent_content(letter), LetterPart.COMING)).values()
    assert what.startswith("PIS Växel")


def test_a_letter_that_is_gone_is_told(coordinator):
    letter = LetterFactory()
    Letter.objects.all().delete()
    with pytest.raises(LifecycleError, match="finns inte längre"):
        lifecycle.write_letter(letter, by=coordinator, intro="Hej")


def test_trying_again_takes_what_has_not_arrived(weekly, coordinator, queued):
    OfficeFactory(letter_email="ange@af.example.se")
    letter = frozen(weekly, coordinator)
    arrived, failed = Delivery.objects.all()
    Delivery.objects.filter(pk=arrived.pk).update(sent_at=clock.now(), next_at=None)
    Delivery.objects.filter(pk=failed.pk).update(next_at=None, tries=4, answer="550 Nej")
    assert lifecycle.try_again(letter) == 1
    assert [(each.state, each.tries) for each in Delivery.objects.all()] == [("sent", 0), ("queued", 0)]
    assert queued() == 1
    Delivery.objects.update(sent_at=clock.now(), next_at=None)
    with pytest.raises(LifecycleError, match="Alla har fått brevet"):
        lifecycle.try_again(letter)
    assert queued() == 1
