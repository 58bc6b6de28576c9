"""A letter as mail: HTML that fetches nothing, plain text that wraps, and the message that carries both."""

import re
from datetime import date
from email import message_from_bytes, policy
from email.message import EmailMessage
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from placements import lifecycle as places
from placements.choices import Requirement
from reports import lifecycle
from reports.choices import LetterKind
from reports.lifecycle import readied
from reports.mail import envelope, parts_of
from reports.models import Delivery
from tests.factories import AgencyFactory, ContactFactory
from tests.placements.pages import agreed, ordered
from tests.reports.letters.written import SITE, drafted, frozen

pytestmark = [pytest.mark.django_db, pytest.mark.once]

FIELDS = ["intro", "notices", "example", "quote", "quoted", "meetings"]
HOSTILE = {
    '<script>alert("ord")</script>': 'alert("ord")',
    '<img src="https://elak.example/x.png" onerror="alert(1)"> ord': "ord",
    "![spår](https://elak.example/x.png) ord": "ord",
    "[ord](javascript:alert)": "javascript:alert",
    "[ord](data:text/html,hej)": "data:text/html,hej",
    "[ord](//elak.example/x)": "elak.example",
    '<a href="https://elak.example" onclick="x()">ord</a>': "ord",
    "<style>body{background:url(https://elak.example/x)}</style> ord": "ord",
    '<link rel="stylesheet" href="https://elak.example/x.css"> ord': "ord",
    "</main></body></html><iframe src=https://elak.example></iframe> ord": "ord",
    "<http://a.example/?q=url(x)> ord": "ord",
}
# What a letter is made of; everything else would be something that somebody typed.
TAGS = """
    html head meta title style body main h1 h2 h3 h4 p br span strong em a ul ol li blockquote hr code pre
    table caption thead tbody tr th td
""".split()  # noqa: SIM905  # a list of words reads best as words
FETCHING = ("src", "srcset", "background", "action")


class Page(HTMLParser):
    """Every tag of a document, and the words in it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.words = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.words += data


def harmless(html: str) -> None:
    """The document runs nothing, fetches nothing, and leads to ordinary addresses only."""
    for tag, attrs in Page(html).tags:
        assert tag in TAGS
        assert not [
            name for name in attrs if name.startswith("on") or name in ("src", "srcset", "background", "action")
        ]
        assert "url(" not in attrs.get("style", "")
        if "href" in attrs:
            assert tag == "a"
            assert attrs["href"].startswith(("https://", "http://", "mailto:"))


@pytest.mark.parametrize("field", FIELDS)
def test_what_is_typed_does_no_harm_and_can_be_read(coordinator, field):
    kind = LetterKind.WEEKLY if field == "notices" else LetterKind.NEWSLETTER
    letter = drafted(coordinator, kind, quote="Bra")
    for typed, readable in HOSTILE.items():
        letter = lifecycle.write_letter(letter, by=coordinator, **{field: typed})
        ready = readied(letter, coordinator, site=SITE)
        harmless(ready.html)
        for text in (Page(ready.html).words, ready.text):
            assert readable in re.sub(r"\n(> )?", " ", text), typed


def test_names_of_places_and_people_do_no_harm(coordinator, office):
    typed = '<img src="https://elak.example/x.png">'
    coordinator.name = typed
    coordinator.save()
    made = agreed(coordinator, agency=AgencyFactory(name=f"{typed} Polisen"), duties=typed)
    sent = ordered(made, coordinator, office)
    blocked = {"requirement": Requirement.OTHER, "words_on_it": typed}
    places.flag_hard(sent, by=coordinator, on=date(2018, 12, 20), **blocked)
    ready = readied(drafted(coordinator), coordinator, site=SITE)
    harmless(ready.html)
    assert f"{typed} Polisen" in Page(ready.html).words


def test_the_html_is_a_document_with_its_styles_inline(weekly, coordinator):
    agreed(coordinator)
    html = readied(weekly, coordinator, site=SITE).html
    page = Page(html)
    tags = [tag for tag, _ in page.tags]
    assert page.tags[0] == ("html", {"lang": "sv"})
    assert tags.count("title") == tags.count("h1") == 1
    assert not {"link", "img", "script"} & set(tags)
    styled = [attrs.get("style") for tag, attrs in page.tags if tag in ("body", "h1", "h2", "p", "table", "tr", "th")]
    assert styled
    assert all(styled)
    # What cannot be inline is only for small screens: without it the letter reads as well.
    for left in re.findall(r"(?s)<style>(.*?)</style>", html):
        assert re.fullmatch(r"(?s)(\s*@media[^{]*\{(\s*[^{}]+\{[^{}]*\})*\s*\})*\s*", left)
        assert "url(" not in left
        assert "@import" not in left


def test_headings_of_the_words_stand_under_those_of_the_letter(weekly, coordinator):
    weekly.intro, weekly.notices = "# Stor", "# Stor\n\n###### Liten"
    tags = [tag for tag, _ in Page(readied(weekly, coordinator, site=SITE).html).tags]
    levels = [int(tag[1]) for tag in tags if re.fullmatch(r"h\d", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


LONG = "Registrering och arkivläggning av handlingar från länets alla myndigheter " * 9


def test_the_plain_text_has_headings_links_and_no_markup(coordinator):
    words = f"# Rubrik\n\nHej **alla** och *någon*, [läs](https://a.example/sida)\n\n- ett\n- {LONG}\n\n> {LONG}"
    made = agreed(coordinator, duties=LONG[:150])
    text = readied(drafted(coordinator, intro=words, notices=words), coordinator, site=SITE).text
    assert made
    assert not re.search(r"</?[a-z][^>]*>|\*\*|\]\(|^#", text, re.MULTILINE)
    assert text.count("läs (https://a.example/sida)") == 2
    for heading in ("PÅ VÄG", "NOTISER"):
        assert re.search(rf"^{heading}\n[-=]{{{len(heading)}}}$", text, re.MULTILINE)
    assert max(map(len, text.split("\n"))) <= 78
    assert not [line for line in text.split("\n") if line != line.rstrip() and line != "-- "]


def test_what_belongs_to_a_list_or_a_quote_stands_under_it(coordinator):
    text = readied(drafted(coordinator, intro=f"- {LONG}\n\n> {LONG}"), coordinator, site=SITE).text
    lines = [line for line in text.split("\n") if "arkivläggning" in line or "myndigheter" in line]
    assert {line[:2] for line in lines} == {"- ", "  ", "> "}


def test_a_word_that_is_too_long_for_a_line_stays_whole(coordinator):
    address = "https://" + "lang-adress." * 12 + "example.se"
    text = readied(drafted(coordinator, intro=f"Läs på {address} om du vill."), coordinator, site=SITE).text
    assert address in text


def test_a_mail_address_stays_whole_in_a_table(coordinator, office):
    """Cut at a hyphen it could neither be clicked nor found again."""
    coordinator.email = "karin-margareta.koordinator-andersson@lansstyrelsen-vasternorrland.example.se"
    coordinator.save()
    sent = ordered(agreed(coordinator), coordinator, office)
    places.flag_hard(sent, by=coordinator, on=date(2018, 12, 20), requirement=Requirement.SWEDISH)
    text = readied(drafted(coordinator, intro="Hej"), coordinator, site=SITE).text
    _, _, table = text.partition("Kontakta")
    assert coordinator.email in table.partition("PÅ VÄG")[0]


# The message


def mail(raw: bytes) -> EmailMessage:
    return message_from_bytes(raw, policy=policy.default)


@pytest.mark.parametrize("kind", LetterKind)
def test_the_message_has_both_forms_and_says_whom_to_answer(coordinator, office, kind):
    ContactFactory()
    letter = frozen(drafted(coordinator, kind, intro="Hej **alla** på öarna!"), coordinator)
    delivery = Delivery.objects.get()
    raw = envelope(delivery, letter.copy.message)
    message = mail(raw)
    assert (message["Subject"], message["Reply-To"]) == (str(letter), coordinator.email)
    assert (message["To"], message["Message-ID"]) == (delivery.address, delivery.message_id)
    assert "Länsstyrelsen" in message["From"]
    assert message["Date"].datetime.date() == date(2018, 12, 31)
    assert ("List-Unsubscribe" in message) == (kind == LetterKind.NEWSLETTER)
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    text, html = (part.get_content().replace("\r\n", "\n") for part in message.iter_parts())
    assert text == letter.copy.text
    assert parts_of(letter.copy.message) == (text, html)
    assert "Hej <strong>alla</strong> på öarna!" in html


def test_the_message_can_go_over_any_wire(weekly, coordinator):
    weekly.notices = "Å" * 3_000 + "\n.\n.. punkt\nFrom någon"
    raw = readied(weekly, coordinator, site=SITE).message().encode("ascii")
    assert all(len(line) <= 998 for line in raw.split(b"\r\n"))
    assert not re.search(rb"[^\r]\n|\r[^\n]", raw)


@pytest.mark.parametrize("kind", LetterKind)
def test_an_address_with_swedish_letters_can_be_answered(coordinator, office, kind):
    """An encoded word has no place in an address (RFC 2047, 5): mail programs would answer to nobody."""
    coordinator.email = "karin@länsstyrelsen.example.se"
    coordinator.save()
    message = readied(drafted(coordinator, kind, intro="Hej"), coordinator, site=SITE).message()
    head = message.partition("\r\n\r\n")[0].replace("\r\n ", "").split("\r\n")
    said = [line for line in head if line.startswith(("Reply-To:", "List-Unsubscribe:"))]
    assert len(said) == (2 if kind == LetterKind.NEWSLETTER else 1)
    for line in said:
        assert f"karin@{'länsstyrelsen'.encode('idna').decode()}.example.se" in line


def test_a_recipient_with_swedish_letters_in_the_domain_is_written_as_mail_servers_read_it(weekly, coordinator):
    letter = frozen(weekly, coordinator)
    delivery = Delivery(address="post@ånge.example.se", message_id="<a@b.example>", letter=letter)
    there = "ånge".encode("idna").decode()
    assert mail(envelope(delivery, letter.copy.message))["To"] == f"post@{there}.example.se"


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r", "\0"])
def test_no_address_brings_headers_of_its_own(weekly, coordinator, end):
    letter = frozen(weekly, coordinator)
    delivery = Delivery(address=f"a@b.example{end}Bcc: x@elak.example", message_id="<a@b.example>", letter=letter)
    with pytest.raises((ValueError, UnicodeError)):
        envelope(delivery, letter.copy.message)
