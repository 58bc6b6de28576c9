"""What a reminder says, as a mail program reads it."""

from datetime import date
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from agencies.models import Office
from praktik.accounts.models import User
from reports.mail import HEAVIEST, envelope
from reports.models import Delivery, Notice
from reports.reminders import remind, remind_all
from reports.reminders.message import MOST
from tests.factories import AgencyFactory, MatchingOrderFactory, MunicipalityFactory, PlacementFactory
from tests.reports.letters.test_mail import Page, harmless
from tests.reports.reminders.conftest import COORDINATOR, EVERYBODY, OFFICE, SENT

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def mails() -> list[EmailMessage]:
    """The first delivery of each message, whole."""
    firsts = [notice.deliveries.first() for notice in Notice.objects.all()]
    return [message_from_bytes(envelope(each, each.notice.message), policy=policy.default) for each in firsts]


def both(mail: EmailMessage) -> tuple[str, str]:
    """Its plain text and its HTML."""
    text, html = (part.get_content().replace("\r\n", "\n") for part in mail.iter_parts())
    return text, html


@pytest.fixture
def forest():
    """Two places at an agency in one town."""
    agency, town = AgencyFactory(name="Skogsstyrelsen"), MunicipalityFactory(name="Härnösand")
    return PlacementFactory.create_batch(2, agency=agency, municipality=town, duties="Röjer hemliga stigar")


def test_it_tells_agency_places_and_how_long_each_has_waited(waiting, office, coordinator, forest):
    User.objects.filter(pk=coordinator.pk).update(phone="0611-555 00")
    first, second = waiting(places=forest, prepared="Ett hemligt rum"), waiting(sent_on=date(2018, 12, 12))
    remind_all(on=date(2018, 12, 19))
    [mail] = mails()
    assert mail["Subject"] == "2 order väntar på svar"
    assert mail["Reply-To"] == coordinator.email
    assert mail["Auto-Submitted"] == "auto-generated"
    for said in both(mail):
        words = " ".join((Page(said).words if "<html" in said else said).split())
        assert "Skogsstyrelsen: 2 platser i Härnösand" in words
        assert "Väntar sedan 2018-12-10, 7 arbetsdagar. Svar senast 2019-01-07" in words
        assert words.index("7 arbetsdagar") < words.index("5 arbetsdagar")
        assert "0611-555 00" in words
        assert f"Påminnelse till {office}." in words
        for order in (first, second):
            assert f"http://testserver{order.get_absolute_url()}" in said
        assert ".." not in words
        assert "hemlig" not in said.lower()


def test_the_html_does_no_harm_whatever_an_agency_is_called(waiting):
    place = PlacementFactory(agency=AgencyFactory(name='<img src="https://elak.example/x.png"> Polisen'))
    waiting(places=[place])
    remind_all(on=OFFICE)
    text, html = both(mails()[0])
    harmless(html)
    assert '<img src="https://elak.example/x.png"> Polisen: 1 plats' in Page(html).words
    assert Page(html).tags[0] == ("html", {"lang": "sv"})
    assert all(attrs.get("style") for tag, attrs in Page(html).tags if tag in ("body", "h1"))
    assert max(map(len, text.split("\n"))) <= 78


def test_the_whole_office_is_told_why_everybody_gets_it(waiting):
    waiting()
    remind_all(on=EVERYBODY)
    assert "hela kontoret" in both(mails()[0])[0]


def test_the_coordinator_is_told_which_office_and_what_to_do(waiting, office, coordinator):
    waiting()
    remind_all(on=COORDINATOR)
    [mail] = mails()
    text = " ".join(both(mail)[0].split())
    assert mail["To"] == coordinator.email
    assert mail["Reply-To"] != coordinator.email
    assert mail["Subject"] == "1 order väntar på svar"
    assert str(office) in text
    assert "Ring dem, eller återta ordern" in text


def test_of_a_closed_office_it_is_said(waiting, office):
    waiting()
    Office.objects.filter(pk=office.pk).update(closed_on=date(2018, 12, 12))
    remind_all(on=OFFICE)
    assert f"{office}, som är stängt sedan 2018-12-12" in " ".join(both(mails()[0])[0].split())


def test_asked_for_by_hand_it_says_who_asks(waiting, coordinator, today):
    remind(waiting(), by=coordinator, on=today)
    assert "Karin Koordinator påminner om en order" in " ".join(both(mails()[0])[0].split())


def test_an_office_with_very_many_orders_gets_a_mail_that_is_not_cut_off(waiting, office, coordinator):
    town = MunicipalityFactory(name="Örnsköldsvik")
    agency = AgencyFactory(name="Skogsstyrelsen i Västernorrlands län, distriktet i inlandet")
    for _ in range(MOST + 3):
        place = PlacementFactory(agency=agency, municipality=town, coordinator=coordinator)
        MatchingOrderFactory(office=office, by=coordinator, sent_on=SENT, places=[place])
    assert remind_all(on=OFFICE) == 1
    assert "och 3 till" in both(mails()[0])[1]
    assert len(envelope(Delivery.objects.get(), Notice.objects.get().message)) < HEAVIEST
