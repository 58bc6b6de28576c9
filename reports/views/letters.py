"""Letters that were sent: the archive, a letter as a page and as files, its number in the register."""

from django.db.models import F
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_GET, require_http_methods

from placements.views.doing import do
from praktik.accounts.permissions import Request, requires
from praktik.accounts.submissions import typed
from praktik.navigation import page_of
from reports.choices import LetterKind
from reports.forms import ArchiveForm, IntervalForm, RegisterForm
from reports.letters import Content, interval
from reports.letters.rhythm import turns
from reports.mail import envelope
from reports.models import Delivery, Letter
from reports.paper import Document, Section, pdf
from reports.permissions import READ_LETTERS, WRITE_LETTERS


@require_GET
@requires(READ_LETTERS)
def letter_list(request: Request) -> HttpResponse:
    """The archive, the latest first, searched in what was sent; for the coordinator also what is due and drafted."""
    writes = request.user.has_perm(WRITE_LETTERS)
    form = ArchiveForm(request.GET)
    asked = form.cleaned_data
    sent = Letter.objects.none() if "sok" in form.errors else Letter.objects.sent()
    rows = sent.search(asked.get("sok", "")).select_related("sent_by")
    if asked.get("slag"):
        rows = rows.filter(kind=asked["slag"])
    stand = turns() if writes else []
    shown = [turn.draft.pk for turn in stand if turn.draft]
    context = {
        "filter_form": form,
        "page": page_of(request, rows.order_by("-sent_at", "-pk")),
        "turns": stand,
        "drafts": Letter.objects.drafts().exclude(pk__in=shown).order_by("week", "kind") if writes else [],
    }
    return render(request, "reports/letter_list.html" + ("#found" if request.htmx else ""), context)


def sent_letter(pk: int) -> Letter:
    """A letter that was sent, with what was. Raises Http404 for any other."""
    letters = Letter.objects.sent().select_related("copy", "sent_by")
    letter: Letter = get_object_or_404(letters, pk=pk)
    return letter


@require_GET
@requires(READ_LETTERS)
def letter_page(request: Request, pk: int) -> HttpResponse:
    """A letter as it was sent. Whoever writes letters is led on to what is still a draft."""
    writes = request.user.has_perm(WRITE_LETTERS)
    if writes and Letter.objects.drafts().filter(pk=pk).exists():
        return redirect("reports:letter-draft", pk)
    letter = sent_letter(pk)
    context = {
        "letter": letter,
        "content": Content.from_json(letter.copy.content),
        "numbers": Delivery.objects.filter(letter=letter).numbers() if writes else None,
    }
    return render(request, "reports/letter_page.html", context)


@require_GET
@requires(READ_LETTERS)
def letter_file(request: Request, pk: int, form: str) -> HttpResponse:
    """A letter for the official register: as PDF, or as the message that the first recipient got."""
    letter = sent_letter(pk)
    if form == "pdf":
        return _download(letter, _paper(letter), "application/pdf", "pdf")
    # The earliest that went: it stays the earliest, so that the register gets the same file each time.
    delivery = letter.deliveries.order_by(F("sent_at").asc(nulls_last=True), "pk").first()
    if form != "eml" or delivery is None:
        raise Http404
    return message_file(letter, delivery)


def message_file(letter: Letter, delivery: Delivery) -> HttpResponse:
    """The message to one address, byte for byte as it was sent."""
    return _download(letter, envelope(delivery, letter.copy.message), "message/rfc822", "eml")


def _download(letter: Letter, content: bytes, kind: str, form: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{slugify(str(letter))}.{form}"'
    return response


def _paper(letter: Letter) -> bytes:
    content = Content.from_json(letter.copy.content)
    facts = [
        ("Skickat", f"{timezone.localtime(letter.sent_at):%Y-%m-%d}"),
        ("Till", f"{letter.deliveries.count()} mottagare"),
    ]
    if letter.register_number:
        facts.append(("Diarienummer", letter.register_number))
    sections = [
        Section(part.heading, tables=part.tables, words=part.words if part.tells else part.nothing)
        for part in content.parts
    ]
    return pdf(
        Document(
            title=content.title,
            subtitle=", ".join(content.sender),
            organisation=content.organisation,
            day=content.day,
            facts=facts,
            words=content.intro,
            words_heading="Inledning",
            sections=sections,
        )
    )


@require_http_methods(["GET", "POST"])
@requires(WRITE_LETTERS)
def letter_register(request: Request, pk: int) -> HttpResponse:
    """The number that a letter has in the official register."""
    letter = sent_letter(pk)
    form = RegisterForm(typed(request), by=request.user, letter=letter)
    return do(
        request,
        form,
        form.act,
        template="reports/letter_register.html",
        context={"letter": letter},
        told=lambda answer: "Diarienumret är sparat.",
        back=letter.get_absolute_url(),
    )


@require_http_methods(["GET", "POST"])
@requires("reports.change_letterinterval")
def letter_interval(request: Request, kind: str) -> HttpResponse:
    """How often a kind of letter goes."""
    which = kind_of(kind)
    form = IntervalForm(typed(request), by=request.user, kind=which, weeks=interval(which))
    return do(
        request,
        form,
        form.act,
        template="reports/letter_interval.html",
        context={"kind": which},
        told=lambda answer: f"{which.label.capitalize()}: takten är sparad.",
        back=reverse("reports:letter-list"),
    )


def kind_of(word: str) -> LetterKind:
    """The kind that an address names by its Swedish word. Raises Http404 for any other."""
    for kind in LetterKind:
        if kind.label == word:
            return kind
    raise Http404
