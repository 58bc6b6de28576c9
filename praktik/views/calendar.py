"""The calendar feed: open to whoever knows its secret address, and to nobody else."""

from hashlib import sha256

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from praktik.accounts.calendar_key import whose
from praktik.calendar import feed


@login_not_required
@require_safe
def calendar(request: HttpRequest, secret: str) -> HttpResponse:
    """Somebody's days. An address that is wrong, revoked, or of somebody who may not log in is not found."""
    user = whose(secret)
    if user is None:
        raise Http404
    content = feed(user)
    etag = quote_etag(sha256(content).hexdigest()[:32])
    headers = {"ETag": etag, "Cache-Control": "private, no-cache", "X-Robots-Tag": "noindex"}
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)
    return get_conditional_response(request, etag=etag, response=response) or response
