"""A letter as mail: HTML with its styles inline, plain text, and the message that carries both."""

from reports.mail.html import as_mail_html
from reports.mail.listing import Group, Listing, Row, as_listing_html, as_listing_text
from reports.mail.message import HEAVIEST, Letterhead, compose, envelope, message_id, own_address, parts_of, weight
from reports.mail.plain import as_mail_text

__all__ = [
    "HEAVIEST",
    "Group",
    "Letterhead",
    "Listing",
    "Row",
    "as_listing_html",
    "as_listing_text",
    "as_mail_html",
    "as_mail_text",
    "compose",
    "envelope",
    "message_id",
    "own_address",
    "parts_of",
    "weight",
]
