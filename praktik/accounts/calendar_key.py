"""The secret address of a person's calendar: made, found again, and revoked."""

from uuid import UUID, uuid4

from django.core import signing

from praktik.accounts.models import User

MAY = "placements.work_placement"
"""Whoever holds it has days to look at."""
_signer = signing.Signer(sep="~", salt="praktik.calendar")


def token(user: User) -> str:
    """The secret part of the address; empty when there is none.

    It is signed: what lies in the database does not open anybody's calendar.
    """
    return _signer.sign(f"{user.pk}-{user.calendar_key.hex}") if user.calendar_key else ""


def whose(secret: str) -> User | None:
    """Whose calendar it opens; None when it never did, or does no longer."""
    try:
        pk, _, key = _signer.unsign(secret).partition("-")
    except signing.BadSignature:
        return None
    user = User.objects.filter(pk=int(pk), calendar_key=UUID(key), is_active=True).first()
    return user if user and user.has_perm(MAY) else None


def renew(user: User) -> None:
    """Give the calendar an address that nobody knows yet; the earlier one leads nowhere any more."""
    User.objects.filter(pk=user.pk).update(calendar_key=uuid4())


def revoke(user: User) -> None:
    """Switch the calendar off."""
    User.objects.filter(pk=user.pk).update(calendar_key=None)
