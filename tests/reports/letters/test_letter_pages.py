"""Who opens which page of a letter, writing and arranging it in the browser, and sending it from there."""

import re

import pytest
from django.urls import reverse

from placements.models import Deed
from reports import lifecycle
from reports.choices import PARTS, LetterKind
from reports.letters import drafted_content
from reports.models import Delivery, Letter, LetterCopy
from tests.agencies.browsing import errors, filled, forms_of, opened, told
from tests.factories import ContactFactory, OfficeFactory, UserFactory
from tests.placements.lives import IDENTITY
from tests.placements.pages import agreed, begun
from tests.reports.letters.written import drafted, frozen

pytestmark = [pytest.mark.django_db, pytest.mark.once]

LIST = reverse("reports:letter-list")
SECRET = "Hemlighet-i-utkastet"


def page(letter, name="letter-draft", *more):
    return reverse(f"reports:{name}", args=[letter.pk, *more])


def words(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", answer.content.decode()))


# Who may


READ = ["letter", "letter-frame"]
WRITTEN = ["letter-draft", "letter-recipients", "letter-review", "letter-deliveries", "letter-again", "letter-register"]


def every_address(letter):
    """{address: whether a case officer reads it}, of everything about letters."""
    addresses = {LIST: True} | {page(letter, name): name in READ for name in READ + WRITTEN}
    addresses |= {page(letter, "letter-file", form): True for form in ("pdf", "eml")}
    addresses |= {reverse(f"reports:{name}", args=["veckobrev"]): False for name in ("letter-new", "letter-interval")}
    return addresses | {page(letter, "delivery-file", each.pk): False for each in Delivery.objects.all()}


def opens(browser, address):
    """What the address answers; that of the button to try again is only sent to."""
    return (browser.post if address.endswith("/igen/") else browser.get)(address)


@pytest.mark.parametrize("who", ["as_steering", "as_administrator"])
def test_the_others_open_no_page_about_letters(weekly, coordinator, request, who):
    browser = request.getfixturevalue(who)
    for letter in (frozen(weekly, coordinator), drafted(coordinator, LetterKind.NEWSLETTER)):
        for address in every_address(letter):
            assert opens(browser, address).status_code == 403, address
            assert browser.post(address).status_code in (403, 405), address


def test_an_officer_reads_what_was_sent_and_nothing_else(weekly, coordinator, as_officer):
    for address, reads in every_address(frozen(weekly, coordinator)).items():
        assert opens(as_officer, address).status_code == (200 if reads else 403), address
        assert as_officer.post(address).status_code in (403, 405), address


def test_an_officer_sees_nothing_of_a_draft(coordinator, office, as_own_officer):
    letter = drafted(coordinator, intro=SECRET, notices=SECRET)
    for address, reads in every_address(letter).items():
        answer = opens(as_own_officer, address)
        assert answer.status_code in ((200, 302, 404) if reads else (403,)), address
        assert SECRET not in answer.content.decode()
    assert str(letter) not in words(as_own_officer.get(LIST))
    assert as_own_officer.get(page(letter, "letter")).status_code == 404
    assert as_own_officer.get(page(letter, "letter-frame"), follow=True).status_code == 404


def test_whoever_writes_letters_is_led_on(weekly, as_coordinator, coordinator):
    assert as_coordinator.get(page(weekly, "letter")).url == page(weekly)
    frozen(weekly, coordinator)
    for name in ("letter-draft", "letter-recipients", "letter-review"):
        assert as_coordinator.get(page(weekly, name)).url == page(weekly, "letter-deliveries")


@pytest.mark.parametrize("name", ["letter-new", "letter-interval"])
def test_there_is_no_other_kind_of_letter(as_coordinator, name):
    assert as_coordinator.get(reverse(f"reports:{name}", args=["manadsbrev"])).status_code == 404


# Writing


def test_a_letter_is_begun_written_and_reviewed(as_coordinator, coordinator, office):
    new = reverse("reports:letter-new", args=["veckobrev"])
    answer = as_coordinator.post(new, filled(as_coordinator.get(new)))
    letter = Letter.objects.get()
    assert answer.url == page(letter)
    again = as_coordinator.post(new, filled(as_coordinator.get(new), week="2018-12-31"))
    assert (again.url, Letter.objects.count()) == (page(letter), 1)
    typed = filled(as_coordinator.get(page(letter)), intro="Hej **alla**!", notices="Notis", granska="ja")
    assert as_coordinator.post(page(letter), typed).url == page(letter, "letter-review")
    frame = as_coordinator.get(page(letter, "letter-frame"))
    assert "Hej <strong>alla</strong>!" in frame.content.decode()
    assert "'none'" in frame["Content-Security-Policy"]
    assert "Hej alla!" in words(as_coordinator.get(page(letter, "letter-review") + "?visa=text"))


@pytest.mark.parametrize("week", ["2019-01-01", "2030-01-07", "2015-12-28", "nästa"])
def test_a_wrong_week_is_refused_at_its_field(as_coordinator, week):
    new = reverse("reports:letter-new", args=["nyhetsbrev"])
    assert list(errors(as_coordinator.post(new, filled(as_coordinator.get(new), week=week)))) == ["week"]
    assert not Letter.objects.exists()


@pytest.mark.parametrize("field", lifecycle.WORDS)
def test_words_that_cannot_be_kept_are_refused_at_their_field_and_stay(newsletter, as_coordinator, field):
    for typed in (f"Hon heter {IDENTITY}", "x" * (lifecycle.WORDS[field][1] + 1)):
        answer = as_coordinator.post(page(newsletter), filled(as_coordinator.get(page(newsletter)), **{field: typed}))
        assert list(errors(answer)) == [field]
        assert answer.context["form"][field].value() == typed
    assert Letter.objects.get().intro == "Hej **alla**!"


def test_an_identity_number_as_register_number_is_refused_at_its_field(weekly, coordinator, as_coordinator):
    address = page(frozen(weekly, coordinator), "letter-register")
    answer = as_coordinator.post(address, filled(as_coordinator.get(address), register_number=IDENTITY))
    assert list(errors(answer)) == ["register_number"]
    answer = as_coordinator.post(address, filled(as_coordinator.get(address), register_number="851-1-2019"))
    assert "851-1-2019" in words(as_coordinator.get(answer.url))


def test_parts_are_moved_and_hidden_with_what_was_typed_saved(weekly, as_coordinator, coordinator):
    def press(**typed):
        form = filled(as_coordinator.get(page(weekly)), **typed)
        return as_coordinator.post(page(weekly), form).url

    first, second, *rest = PARTS[LetterKind.WEEKLY]
    assert press(flytta=f"{second}:upp", intro="Nytt").endswith("#delar")
    assert press(flytta=f"{first}:upp", notices="Notis").endswith("#delar")
    press(flytta=f"{rest[-1]}:ned")  # the last one stays
    press(flytta="påhittad:upp")
    letter = Letter.objects.get()
    assert [part for part, _ in letter.parts] == [first, second, *rest]
    assert (letter.intro, letter.notices) == ("Nytt", "Notis")
    press(flytta=f"{rest[-1]}:upp", visas=[rest[-1], first])
    letter.refresh_from_db()
    assert letter.parts[-2:] == [[rest[-1], True], [rest[-2], False]]
    shown = [part.key for part in drafted_content(letter, coordinator).parts]
    assert shown == [first, rest[-1]]
    html = as_coordinator.get(page(letter, "letter-frame")).content.decode()
    assert html.index("Nytt sedan sist") < html.index("Notiser")
    assert "Pågår just nu" not in html


# Recipients


def test_the_last_reader_is_left_out_with_another_address_only(weekly, as_coordinator, office, own_officer):
    address = page(weekly, "letter-recipients")
    form = filled(as_coordinator.get(address)) | {f"readers-{office.pk}": []}
    assert list(errors(as_coordinator.post(address, form))) == [f"added-{office.pk}"]
    wrong = form | {f"added-{office.pk}": "inte en adress"}
    assert list(errors(as_coordinator.post(address, wrong))) == [f"added-{office.pk}"]
    assert Letter.objects.get().left_out == {}
    assert as_coordinator.post(address, form | {f"added-{office.pk}": "annan@af.example.se"}).url == address
    letter = Letter.objects.get()
    assert (letter.left_out, letter.added) == (
        {str(office.pk): [own_officer.email]},
        {str(office.pk): "annan@af.example.se"},
    )
    fields = opened(as_coordinator.get(address))
    assert f"readers-{office.pk}" not in fields
    assert fields[f"added-{office.pk}"] == ["annan@af.example.se"]


def test_an_office_that_nobody_reads_for_is_shown_and_stops_the_sending(weekly, as_coordinator):
    empty = OfficeFactory(name="Arbetsförmedlingen Ånge")
    shown = as_coordinator.get(page(weekly, "letter-recipients"))
    assert shown.context["to"].unread == [empty]
    assert "Ingen läser brevet för Arbetsförmedlingen Ånge" in words(shown)
    review = as_coordinator.get(page(weekly, "letter-review"))
    assert "Ingen läser brevet för Arbetsförmedlingen Ånge" in words(review)
    assert not [fields for _, fields in forms_of(review) if "sett" in fields]


def test_the_roles_of_a_newsletter_are_chosen(newsletter, as_coordinator):
    for role in ("hr", "hr", "head"):
        ContactFactory(role=role)
    ContactFactory(role="hr", email="")
    address = page(newsletter, "letter-recipients")
    assert "HR: 2, 1 saknar adress" in re.sub(r"Hr\b", "HR", words(as_coordinator.get(address)))
    as_coordinator.post(address, filled(as_coordinator.get(address), roles=["head"]))
    assert Letter.objects.get().roles == ["head"]
    assert len(as_coordinator.get(address).context["to"].everyone) == 1


# Sending


def sending(browser, letter):
    """What the button on the review page sends."""
    return filled(browser.get(page(letter, "letter-review")))


def test_a_double_click_sends_once(weekly, as_coordinator, queued):
    typed = sending(as_coordinator, weekly)
    answers = [as_coordinator.post(page(weekly, "letter-review"), typed) for _ in range(2)]
    assert [answer.url for answer in answers] == [page(weekly, "letter-deliveries")] * 2
    assert LetterCopy.objects.count() == Delivery.objects.count() == queued() == 1
    assert "kan inte ändras" not in words(as_coordinator.get(answers[1].url))


def test_a_colleague_who_sends_it_too_is_told_who_did(weekly, as_coordinator, log_in, queued):
    browser = log_in(UserFactory(name="Kalle Kollega"))
    typed = sending(browser, weekly)
    as_coordinator.post(page(weekly, "letter-review"), sending(as_coordinator, weekly))
    answer = browser.post(page(weekly, "letter-review"), typed, follow=True)
    assert "av Karin Koordinator och kan inte ändras" in words(answer)
    assert LetterCopy.objects.count() == queued() == 1


@pytest.mark.parametrize("name", ["letter-draft", "letter-recipients"])
def test_what_is_typed_when_the_letter_has_gone_is_refused_in_words(weekly, as_coordinator, coordinator, name):
    typed = filled(as_coordinator.get(page(weekly, name)), **({"intro": "Mer"} if name == "letter-draft" else {}))
    frozen(weekly, coordinator)
    answer = as_coordinator.post(page(weekly, name), typed)
    said = words(answer) if answer.status_code == 200 else " ".join(told(answer))
    assert "av Karin Koordinator och kan inte ändras" in said or "har ändrat uppgifterna" in said
    assert "Mer" not in Letter.objects.get().intro


def test_what_changed_since_it_was_reviewed_is_looked_at_again(weekly, as_coordinator, coordinator, queued):
    typed = sending(as_coordinator, weekly)
    begun(coordinator)
    assert Deed.objects.exists()
    answer = as_coordinator.post(page(weekly, "letter-review"), typed)
    assert "har ändrats sedan du förhandsgranskade" in " ".join(errors(answer)["__all__"])
    assert queued() == 0
    again = as_coordinator.post(page(weekly, "letter-review"), sending(as_coordinator, weekly))
    assert again.url == page(weekly, "letter-deliveries")
    assert queued() == 1


def test_a_day_in_a_table_stands_in_one_piece(weekly, coordinator, as_coordinator):
    agreed(coordinator)
    frozen(weekly, coordinator)
    html = as_coordinator.get(page(weekly, "letter")).content.decode()
    days = re.findall(r'<td class="([^"]*)"[^>]*>\s*\d{4}-\d\d-\d\d\s*</td>', html)
    assert days
    assert all("nowrap" in each for each in days)
