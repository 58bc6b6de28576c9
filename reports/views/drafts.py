"""Letters that are being written: new ones, their words, who gets them, how they will arrive, and sending."""

from csp.decorators import csp_replace
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET, require_http_methods

from placements.views.doing import do
from praktik.accounts.editing import saved
from praktik.accounts.permissions import Request, requires
from praktik.accounts.submissions import typed
from praktik.navigation import page_of
from reports.choices import LetterKind
from reports.forms import DiscardForm, LetterForm, NewLetterForm, ReadersForm, RolesForm, SendForm
from reports.letters.recipients import recipients
from reports.lifecycle import readied
from reports.mail import parts_of
from reports.models import Letter
from reports.permissions import READ_LETTERS, WRITE_LETTERS
from reports.views.letters import kind_of

_NOTHING, _SELF = "'none'", "'self'"


@require_http_methods(["GET", "POST"])
@requires(WRITE_LETTERS)
def letter_new(request: Request, kind: str) -> HttpResponse:
    """For which week; one that has a draft leads to it."""
    which = kind_of(kind)
    form = NewLetterForm(typed(request), by=request.user, kind=which)
    begun = Letter.objects.drafts().filter(kind=which, week=form.chosen).first() if form.is_bound else None
    if begun:
        messages.info(request, "Det fanns redan ett utkast för den veckan. Här är det.")
        return redirect(begun)
    answer = saved(request, form, form.act)
    if answer is not None:
        return redirect("reports:letter-draft", answer["pk"])
    context = {"form": form, "kind": which, "back": reverse("reports:letter-list")}
    return render(request, "reports/letter_new.html", context)


def _draft(pk: int) -> Letter:
    letter: Letter = get_object_or_404(Letter, pk=pk)
    return letter


def _gone(letter: Letter, request: Request) -> HttpResponse | None:
    """Where a page of a draft leads once the letter is sent; what is posted the verb refuses in words."""
    return redirect("reports:letter-deliveries", letter.pk) if letter.sent_at and request.method == "GET" else None


@require_http_methods(["GET", "POST"])
@requires(WRITE_LETTERS)
def letter_draft(request: Request, pk: int) -> HttpResponse:
    """The words and the parts of a draft."""
    letter = _draft(pk)
    if gone := _gone(letter, request):
        return gone
    form = LetterForm(typed(request), by=request.user, instance=letter)
    if saved(request, form, form.store) is not None:
        address = reverse("reports:letter-draft", args=[pk])
        if form.moves:
            return redirect(f"{address}#delar")
        if "granska" in form.data:
            return redirect("reports:letter-review", pk)
        messages.success(request, "Utkastet är sparat.")
        return redirect(address)
    context = {"letter": letter, "form": form, "back": reverse("reports:letter-list")}
    return render(request, "reports/letter_draft.html", context)


@require_http_methods(["GET", "POST"])
@requires(WRITE_LETTERS)
def letter_discard(request: Request, pk: int) -> HttpResponse:
    """Throw a draft away; asks first."""
    letter = _draft(pk)
    if gone := _gone(letter, request):
        return gone
    form = DiscardForm(typed(request), by=request.user, letter=letter)
    return do(
        request,
        form,
        form.act,
        template="reports/letter_discard.html",
        context={"letter": letter},
        told=lambda answer: f"Utkastet till {str(letter).lower()} är kastat.",
        back=reverse("reports:letter-list"),
    )


@require_http_methods(["GET", "POST"])
@requires(WRITE_LETTERS)
def letter_recipients(request: Request, pk: int) -> HttpResponse:
    """Who gets a draft, and whom it would miss."""
    letter = _draft(pk)
    if gone := _gone(letter, request):
        return gone
    to = recipients(letter)
    kind = ReadersForm if letter.kind == LetterKind.WEEKLY else RolesForm
    form = kind(typed(request), by=request.user, letter=letter, to=to)
    if saved(request, form, form.act) is not None:
        messages.success(request, "Mottagarna är sparade.")
        return redirect("reports:letter-recipients", pk)
    context = {"letter": letter, "form": form, "to": to, "page": page_of(request, to.everyone)}
    return render(request, "reports/letter_recipients.html", context)


@require_http_methods(["GET", "POST"])
@requires(WRITE_LETTERS)
def letter_review(request: Request, pk: int) -> HttpResponse:
    """The letter exactly as it will arrive, on a computer, on a phone and as plain text; and the button that sends."""
    letter = _draft(pk)
    if gone := _gone(letter, request):
        return gone
    form = SendForm(typed(request), by=request.user, letter=letter, site=site_of(request))
    answer = saved(request, form, form.act)
    if answer is not None:
        return redirect("reports:letter-deliveries", answer["pk"])
    letter.refresh_from_db()
    if letter.sent_at:
        for error in form.non_field_errors():
            messages.error(request, str(error))
        return redirect("reports:letter-deliveries", pk)
    width = request.GET.get("visa", "dator")
    ready = readied(letter, request.user, site=site_of(request))
    context = {"letter": letter, "form": form, "ready": ready, "width": width}
    return render(request, "reports/letter_review.html", context)


@require_GET
@xframe_options_sameorigin
@csp_replace(
    {
        "default-src": [_NOTHING],
        "style-src": ["'unsafe-inline'"],
        "img-src": [_NOTHING],
        "script-src": [_NOTHING],
        "form-action": [_NOTHING],
        "frame-ancestors": [_SELF],
    }
)
@requires(READ_LETTERS)
def letter_frame(request: Request, pk: int) -> HttpResponse:
    """The HTML of a letter by itself, as a mail program shows it: what was sent, or what a draft would be."""
    letter = get_object_or_404(Letter.objects.select_related("copy"), pk=pk)
    if letter.sent_at:
        _, html = parts_of(letter.copy.message)
    else:
        if not request.user.has_perm(WRITE_LETTERS):
            return redirect("reports:letter", pk)
        html = readied(letter, request.user, site=site_of(request)).html
    # In a frame its links open beside it.
    return HttpResponse(html.replace("<head>", '<head><base target="_blank">', 1))


def site_of(request: Request) -> str:
    """Scheme and host of the house, as the links of a letter have them."""
    return request.build_absolute_uri("/").rstrip("/")
