"""What was sent as files for the register: PDF, and the message byte for byte."""

import re
from email import message_from_bytes, policy
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from placements import lifecycle as places
from praktik import clock
from reports import lifecycle
from reports.choices import LetterKind
from reports.models import Delivery
from tests.factories import ContactFactory, OfficeFactory, PlacementFactory
from tests.placements.pages import agreed
from tests.reports.letters.written import WEEK, drafted, frozen

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def sent(weekly, coordinator):
    """A weekly letter to two offices, about one place."""
    OfficeFactory(name="Arbetsförmedlingen Ånge", letter_email="ange@af.example.se")
    agreed(coordinator, duties="Växel och överlämning")
    return frozen(weekly, coordinator)


def file_of(letter, form):
    return reverse("reports:letter-file", args=[letter.pk, form])


def message_to(delivery):
    return reverse("reports:delivery-file", args=[delivery.letter_id, delivery.pk])


def mail(answer):
    return message_from_bytes(answer.content, policy=policy.default)


def test_the_pdf_has_the_letter_in_it(sent, coordinator, as_officer):
    lifecycle.register(sent, by=coordinator, number="851-77-2019")
    answer = as_officer.get(file_of(sent, "pdf"))
    assert answer["Content-Type"] == "application/pdf"
    assert 'filename="veckobrev-v-1-2019.pdf"' in answer["Content-Disposition"]
    assert answer.content.startswith(b"%PDF")
    paper = PdfReader(BytesIO(answer.content))
    told = re.sub(r"\s+", " ", " ".join(each.extract_text() for each in paper.pages))
    assert str(sent) in paper.metadata.title
    for words in (str(sent), "Hej alla!", "Växel och överlämning", "2 mottagare", "851-77-2019", "Karin Koordinator"):
        assert words in told


def test_the_message_is_the_same_whenever_it_is_asked_for(sent, as_officer):
    first, again = (as_officer.get(file_of(sent, "eml")) for _ in range(2))
    assert first.content == again.content
    assert first["Content-Type"] == "message/rfc822"
    assert 'filename="veckobrev-v-1-2019.eml"' in first["Content-Disposition"]
    text, html = mail(first).iter_parts()
    assert (text.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    assert "Hej alla!" in text.get_content()
    assert "<strong>alla</strong>" in html.get_content()


def test_each_delivery_has_its_own_recipient(sent, as_coordinator):
    bodies = set()
    for delivery in Delivery.objects.all():
        found = mail(as_coordinator.get(message_to(delivery)))
        assert (found["To"], found["Message-ID"]) == (delivery.address, delivery.message_id)
        bodies.add(found.get_body(("html",)).get_content())
    assert len(bodies) == 1


def test_the_register_gets_a_message_that_went(sent, as_officer):
    last = Delivery.objects.last()
    Delivery.objects.filter(pk=last.pk).update(sent_at=timezone.now(), next_at=None)
    assert mail(as_officer.get(file_of(sent, "eml")))["To"] == last.address


def test_a_draft_has_no_files(weekly, as_coordinator, as_own_officer):
    for browser in (as_coordinator, as_own_officer):
        for form in ("pdf", "eml"):
            assert browser.get(file_of(weekly, form)).status_code == 404


@pytest.mark.parametrize("form", ["docx", "html", "pdfx"])
def test_there_is_no_other_form(sent, as_coordinator, form):
    assert as_coordinator.get(file_of(sent, form)).status_code == 404


def test_another_letters_delivery_is_not_found(sent, coordinator, as_coordinator):
    ContactFactory()
    other = frozen(drafted(coordinator, LetterKind.NEWSLETTER, intro="Hej"), coordinator)
    there = reverse("reports:delivery-file", args=[other.pk, sent.deliveries.first().pk])
    assert as_coordinator.get(there).status_code == 404
    assert as_coordinator.get(reverse("reports:delivery-file", args=[sent.pk, 999_999])).status_code == 404


def test_what_is_corrected_later_changes_no_file_and_no_page(sent, coordinator, as_coordinator, today):
    page = reverse("reports:letter", args=[sent.pk])

    def everything():
        """Page, paper and message, as they read."""
        paper = PdfReader(BytesIO(as_coordinator.get(file_of(sent, "pdf")).content))
        told = as_coordinator.get(page).context["content"].as_json()
        return told, [each.extract_text() for each in paper.pages], as_coordinator.get(file_of(sent, "eml")).content

    before = everything()
    [place] = coordinator.placements.all()
    places.change(place, by=coordinator, duties="Något helt annat")
    PlacementFactory(ongoing=True)
    coordinator.name = "Karin Nygift"
    coordinator.save()
    frozen(drafted(coordinator, week=WEEK + 7 * (clock.today().resolution), intro="Nästa"), coordinator)
    assert everything() == before
