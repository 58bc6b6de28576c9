"""A form is saved once, and what was typed in it survives a lost session.

Each form carries a signed token: a random key and the user who opened it. The key makes a second sending
of the same form answer with the first one's result; when something else is typed in it by then, as after the
browser's "back", the user is told that it was saved before. The signature lets a form that arrives after the
session has ended be kept, in the browser's new session, until the same person has logged in again.
"""

import hashlib
import json
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core import signing
from django.db import IntegrityError, transaction
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from praktik.accounts.models import Submission, User

FIELD = "form_token"
_CSRF = "csrfmiddlewaretoken"
_KEPT = "kept_forms"
_MOST_KEPT = 5  # one for each tab that somebody may have open
_SALT = "praktik.submissions"
_LARGEST = 200_000  # characters of form data that are kept; far above the longest note a form accepts
_REMEMBERED = timedelta(days=30)


def new_token(user: User) -> str:
    """A token for one opening of a form."""
    return signing.dumps([user.pk, uuid.uuid4().hex], salt=_SALT)


def _read(token: str) -> tuple[int, uuid.UUID] | None:
    try:
        owner, key = signing.loads(token, salt=_SALT, max_age=_REMEMBERED)
        return int(owner), uuid.UUID(key)
    except (signing.BadSignature, ValueError, TypeError):
        return None


class SavedBefore(Exception):
    """The form has been saved, and something else is typed in it now."""


def fingerprint(typed: "MultiValueDict[str, Any]") -> str:
    """Tells whether two sendings of a form hold the same."""
    held = sorted((name, values) for name, values in typed.lists() if name != _CSRF)
    return hashlib.sha256(json.dumps(held, default=str).encode()).hexdigest()


def _answer(submission: Submission, sent: str) -> dict[str, Any]:
    if submission.answer["sent"] != sent:
        raise SavedBefore
    return dict(submission.answer["led_to"])


def save_once(user: User, token: str, sent: str, save: Callable[[], dict[str, Any] | None]) -> dict[str, Any] | None:
    """Call `save` unless this token has been saved before; the answer is the first saving's either way.

    `save` checks and stores; when it returns None nothing was stored, and the token is as good as before.
    Everything happens in one transaction. A second sending that arrives while the first is still being saved
    waits for it. A missing or foreign token gives no such promise: the form is then simply saved.
    Raises SavedBefore when the first sending held something else than `sent`, the fingerprint of what is typed.
    """
    read = _read(token)
    with transaction.atomic():
        if read is None or read[0] != user.pk:
            return save()
        try:
            with transaction.atomic():
                submission = Submission.objects.create(key=read[1], user=user)
        except IntegrityError:
            return _answer(Submission.objects.get(key=read[1]), sent)
        led_to = save()
        if led_to is None:
            transaction.set_rollback(True)
            return None
        submission.answer = {"sent": sent, "led_to": led_to}
        submission.save(update_fields=["answer"])
        Submission.objects.filter(user=user, sent_at__lt=timezone.now() - _REMEMBERED).delete()
        return _answer(submission, sent)


def keep_typed(request: HttpRequest) -> bool:
    """Keep what was typed until its author is back; False when the form is not one of ours."""
    read = _read(request.POST.get(FIELD, ""))
    if read is None:
        return False
    data = request.POST.copy()
    data.pop(_CSRF, None)
    encoded = data.urlencode()
    if len(encoded) > _LARGEST:
        return False
    path = request.get_full_path()
    others = {where: form for where, form in request.session.get(_KEPT, {}).items() if where != path}
    latest = list(others.items())[1 - _MOST_KEPT :]
    request.session[_KEPT] = {**dict(latest), path: {"owner": read[0], "data": encoded}}
    return True


def typed(request: HttpRequest) -> QueryDict | None:
    """What the user has typed in this page's form: as just sent, as kept from a lost session, or None."""
    if request.method == "POST":
        return request.POST
    forms = request.session.get(_KEPT, {})
    kept = forms.get(request.get_full_path())
    if kept is None:
        return None
    request.session[_KEPT] = {where: form for where, form in forms.items() if form is not kept}
    if kept["owner"] != request.user.pk:
        return None
    request.typed_before_login = QueryDict(kept["data"])  # type: ignore[attr-defined]  # read by the page and the way back
    return request.typed_before_login  # type: ignore[attr-defined]  # set above
