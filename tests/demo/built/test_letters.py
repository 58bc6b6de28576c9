"""The demonstration's letters: a run of sent ones through the two years, and one that is begun."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from praktik.demo.diary import is_working_day
from praktik.demo.phrases.gatherings import GATHERINGS
from praktik.demo.phrases.newsletters import MEETINGS
from praktik.morning import morning
from reports.choices import DeliveryState, LetterKind
from reports.letters.rhythm import turns
from reports.mail import HEAVIEST, weight
from reports.models import Delivery, Letter, LetterCopy

LAST_DAY = date(2018, 12, 31)

pytestmark = [pytest.mark.once, pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


def sent(kind: LetterKind) -> list[Letter]:
    """The letters of a kind that were sent, the earliest first."""
    return list(Letter.objects.filter(kind=kind, sent_at__isnull=False).order_by("sent_at"))


def day(letter: Letter) -> date:
    """The day a letter was sent, in Sweden."""
    assert letter.sent_at
    return timezone.localtime(letter.sent_at).date()


@pytest.mark.parametrize(
    ("kind", "number", "first", "last", "pause"),
    [
        (LetterKind.WEEKLY, 42, date(2017, 3, 30), date(2018, 12, 17), timedelta(weeks=6)),
        (LetterKind.NEWSLETTER, 14, date(2017, 5, 5), date(2018, 12, 14), timedelta(weeks=10)),
    ],
)
def test_letters_went_out_through_the_two_years_with_a_pause_in_summer(kind, number, first, last, pause):
    letters = sent(kind)
    days = [day(letter) for letter in letters]
    assert (len(letters), days[0], days[-1]) == (number, first, last)
    assert all(is_working_day(each) and letter.week <= each for each, letter in zip(days, letters, strict=True))
    assert max(after - before for before, after in pairwise(days)) == pause
    assert all(before.intro != after.intro for before, after in pairwise(letters))


def test_the_next_weekly_letter_is_begun_and_due_on_the_demonstration_s_day():
    draft = Letter.objects.get(sent_at=None)
    assert (str(draft), bool(draft.intro), bool(draft.notices)) == ("Veckobrev v. 1 2019", True, True)
    weekly, newsletter = turns()
    assert (weekly.draft, weekly.due_on) == (draft, LAST_DAY)
    assert newsletter.due_on
    assert newsletter.due_on > LAST_DAY


def test_every_letter_was_kept_as_it_was_sent():
    for copy in LetterCopy.objects.select_related("letter"):
        assert copy.content["day"] == day(copy.letter).isoformat()
        assert f"\r\nDate: {timezone.localtime(copy.letter.sent_at):%a, %d %b %Y %H:%M}" in copy.message
        assert weight(copy.message) < HEAVIEST
    assert LetterCopy.objects.count() == 56


def test_the_history_has_the_moments_of_the_story():
    for letter in Letter.objects.filter(sent_at__isnull=False):
        written, sending = letter.history.filter(intro__gt="").order_by("history_id")[:2]
        assert written.history_date < sending.history_date == letter.sent_at
        assert written.history_user == sending.history_user == letter.sent_by


def test_nothing_waits_to_be_sent_and_two_addresses_were_closed():
    assert not Delivery.objects.queued().exists()
    # The demonstration was started once: the next morning's work stands in the queue.
    assert not DBTaskResult.objects.exclude(task_path=morning.module_path).exists()
    weekly = Delivery.objects.filter(letter__kind=LetterKind.WEEKLY)
    assert weekly.count() == 42 * 6
    assert weekly.filter(tries=2, sent_at__isnull=False).count() == 1
    closed = Delivery.objects.filter(sent_at=None).select_related("letter", "contact")
    assert len(closed) == 2
    for each in closed:
        assert (each.state, each.answer[:3]) == (DeliveryState.FAILED, "550")
        assert each.contact
        assert timedelta() < each.contact.left_on - day(each.letter) < timedelta(days=15)


def test_newsletters_go_to_those_met_and_tell_of_what_is_to_come():
    numbers = []
    for letter in sent(LetterKind.NEWSLETTER):
        numbers.append(letter.deliveries.filter(contact__isnull=False, office=None).count())
        assert numbers[-1] == letter.deliveries.count()
        assert letter.example
        assert letter.quote
        assert letter.quoted
        announced = [on for on, words in MEETINGS.items() if words in letter.meetings]
        assert all(on > day(letter) for on in announced)
        assert bool(announced) == bool(letter.meetings)
    assert numbers[0] < numbers[4] < numbers[-1] <= 110
    assert [each.on for each in GATHERINGS] == list(MEETINGS)


def test_most_letters_until_the_middle_of_2018_are_registered():
    registered = Letter.objects.exclude(register_number="")
    assert len(set(registered.values_list("register_number", flat=True))) == registered.count() == 36
    assert not registered.filter(sent_at__date__gt=date(2018, 6, 30)).exists()
