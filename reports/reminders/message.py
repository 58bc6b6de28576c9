"""What a reminder says. Of an order it tells agency, places and towns, as lists do, and nothing of who is sought."""

from datetime import date
from typing import Any

from django.urls import reverse

from agencies.readers import everybody_at
from praktik.accounts.models import User
from praktik.templatetags.swedish_words import number_of
from praktik.working_days import working_days_since
from reports.choices import ReminderLevel
from reports.mail import Group, Listing, Row
from reports.notices import composed
from reports.reminders.due import Bundle, leads

MOST = 60
"""Orders that are told one by one; of more, only their number: there is a limit to a mail's weight."""
_ANSWER = "Svara i Praktik: föreslå någon, skriv att ingen finns just nu, eller fråga koordinatorn."
_WHOLE = "Påminnelsen går till hela kontoret, så att ordern inte blir liggande hos den som är borta."
_LEAD = "Kontoren har inte svarat. Ring dem, eller återta ordern och skicka den till ett annat kontor."


def message_of(bundle: Bundle, *, on: date, by: User | None = None) -> str:
    """The composed message; `by` is who asked for it, where it did not go by itself."""
    orders = [each.order for each in bundle.due]
    title = f"{number_of(len(orders), 'order,order')} väntar på svar"
    rows = tuple(_row(order, on=on, of_office=bundle.office is not None) for order in orders[:MOST])
    left = len(orders) - MOST
    group = Group(
        heading="",
        rows=rows,
        more=f"och {left} till" if left > 0 else "",
        more_url=reverse("placements:order-list"),
    )
    sender = by or next((order.by for order in orders if bundle.office and leads(order.by)), None)
    listing = Listing(
        title=title,
        lead=_lead(bundle, by),
        groups=(group,),
        why=f"Påminnelse till {bundle.office}." if bundle.office else "Du får mejlet för att du är koordinator.",
        way="Allt som väntar på dig",
        way_url=reverse("start"),
        sender=tuple(filter(None, [sender.name, sender.phone])) if sender else (),
    )
    return composed(listing, subject=title, reply_to=sender.email if sender and leads(sender) else "")


def _lead(bundle: Bundle, by: User | None) -> tuple[str, ...]:
    if bundle.office is None:
        return (_LEAD,)
    if by is not None:
        return (f"{by.name} påminner om en order till {bundle.office}.", _ANSWER)
    whole = any(each.level == ReminderLevel.EVERYBODY for each in bundle.due)
    return (_ANSWER, _WHOLE) if whole else (_ANSWER,)


def _row(order: Any, *, on: date, of_office: bool) -> Row:
    days = working_days_since(order.waits_since, on=on)
    towns = f" i {order.towns}" if order.towns else ""
    waits = f"Väntar sedan {order.waits_since}, {number_of(days, 'arbetsdag,arbetsdagar')}"
    return Row(
        what=f"{order.agency}: {number_of(order.places, 'plats,platser')}{towns}",
        url=order.get_absolute_url(),
        said=f"{waits}. Svar senast {order.answer_by}",
        where=order.programmes if of_office else f"{_office(order, on=on)} · {order.programmes}",
        late=order.answer_by < on,
    )


def _office(order: Any, *, on: date) -> str:
    """The office's name, and why it has not been reminded itself."""
    if order.office.has_closed(on=on):
        return f"{order.office}, som är stängt sedan {order.office.closed_on}"
    return str(order.office) if everybody_at(order.office) else f"{order.office}, där ingen läser mejl"
