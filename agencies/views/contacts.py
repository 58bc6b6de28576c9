"""Contact persons: adding, changing, and marking as gone."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agencies import asides, lifecycle
from agencies.forms import ContactForm, GoneForm, same_address
from agencies.models import Agency, Contact
from agencies.views.keeping import keep, put_away, tell
from praktik import clock
from praktik.accounts.editing import saved
from praktik.accounts.permissions import Request, requires
from praktik.accounts.submissions import typed
from praktik.navigation import page_of, way_back


@require_GET
@requires("agencies.view_contact")
def contact_page(request: Request, pk: int) -> HttpResponse:
    """One contact: how to reach them, and the dialogues they took part in."""
    contact = get_object_or_404(Contact.objects.select_related("agency", "municipality", "successor"), pk=pk)
    context = {
        "contact": contact,
        "agency": contact.agency,
        "has_left": contact.has_left(on=clock.today()),
        "page": page_of(request, contact.dialogues.held().as_read_by(request.user)),
        "latest": contact.latest_entry(),
        "asides": asides.beside(contact, request.user),
    }
    return render(request, "agencies/contact_page.html", context)


@require_http_methods(["GET", "POST"])
@requires("agencies.add_contact")
def contact_new(request: Request, pk: int) -> HttpResponse:
    """A new contact at an agency."""
    agency = get_object_or_404(Agency, pk=pk)
    if put_away(request, agency):
        return redirect(agency)
    form = ContactForm(typed(request), by=request.user, instance=Contact(agency=agency))
    back = way_back(request, agency.get_absolute_url())

    def save() -> dict[str, Any]:
        lifecycle.add_contact(form.save(commit=False))
        return {}

    return keep(request, form, title="Ny kontakt", agency=agency, back=back, told="Kontakten är sparad.", save=save)


@require_http_methods(["GET", "POST"])
@requires("agencies.change_contact")
def contact_edit(request: Request, pk: int) -> HttpResponse:
    """Change a contact's facts."""
    contact = get_object_or_404(Contact.objects.select_related("agency"), pk=pk)
    form = ContactForm(typed(request), by=request.user, instance=contact)
    back = way_back(request, contact.get_absolute_url())
    return keep(request, form, title="Ändra kontakt", agency=contact.agency, back=back, told="Ändringen är sparad.")


@require_http_methods(["GET", "POST"])
@requires("agencies.change_contact")
def contact_gone(request: Request, pk: int) -> HttpResponse:
    """Mark a contact as gone, with the day and who comes after."""
    contact = get_object_or_404(Contact.objects.select_related("agency"), pk=pk)
    form = GoneForm(typed(request), by=request.user, contact=contact)

    def save() -> dict[str, Any]:
        lifecycle.mark_gone(contact, **{name: form.cleaned_data[name] for name in ("left_on", "successor")})
        return {}

    if saved(request, form, save) is None:
        context = {"form": form, "contact": contact, "agency": contact.agency, "back": contact.get_absolute_url()}
        return render(request, "agencies/contact_gone.html", context)
    undo = reverse("agencies:contact-back", args=[contact.pk])
    messages.success(request, f"{contact.name} är markerad som slutad och kan inte längre väljas.", extra_tags=undo)
    return redirect(contact.agency)


@require_POST
@requires("agencies.change_contact")
def contact_back(request: Request, pk: int) -> HttpResponse:
    """Take back that a contact left."""
    contact = get_object_or_404(Contact, pk=pk)
    verb = partial(lifecycle.mark_back, contact)
    return tell(request, verb, f"{contact.name} är kvar på myndigheten.", back=contact.get_absolute_url())


@require_GET
@requires("agencies.add_contact")
def contact_address(request: Request) -> HttpResponse:
    """Asked while one types: does another contact have this address already?"""
    address = next((str(value) for name, value in request.GET.items() if name.endswith("email")), "")
    besides = request.GET.get("utom", "")
    others = Contact.objects.with_address(address.replace("\0", "")).select_related("agency")
    if besides.isascii() and besides.isdigit() and len(besides) < 19:
        others = others.exclude(pk=int(besides))
    other = others.first()
    return render(request, "agencies/contact_address.html", {"sentence": same_address(other) if other else ""})
