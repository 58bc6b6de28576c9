"""A real server. Every secret comes from the environment; a missing one stops the start, in words."""

import environ
from django.core.exceptions import ImproperlyConfigured

from .base import *  # noqa: F403  (settings modules build on one another)
from .base import env


def _required(name: str, meaning: str) -> str:
    value = env(name, default="")
    if not value:
        raise ImproperlyConfigured(f"{name} is not set. Praktik does not start without it: {meaning}")
    return str(value)


SECRET_KEY = _required("SECRET_KEY", "at least 50 random characters that sign sessions and links.")
if len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 5:
    raise ImproperlyConfigured("SECRET_KEY is too weak: use at least 50 random characters.")
_hosts = _required("ALLOWED_HOSTS", "the host names Praktik answers to, separated by commas.")
ALLOWED_HOSTS = [host.strip() for host in _hosts.split(",") if host.strip()]
_required("DATABASE_URL", "for example postgres://praktik:PASSWORD@db/praktik, or sqlite:////srv/praktik.sqlite3.")
_required("PRAKTIK_FROM_EMAIL", "the address that letters and password links come from.")
globals().update(
    environ.Env.email_url_config(
        _required("EMAIL_URL", "the mail server, for example smtp+tls://user:password@host:587.")
    )
)
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[f"https://{host}" for host in ALLOWED_HOSTS])

# HTTPS=false is for trying the containers on one's own machine, where no certificate is at hand.
HTTPS = env.bool("HTTPS", default=True)
_host = next((host.lstrip(".") for host in ALLOWED_HOSTS if host != "*"), "localhost")
SITE = env("PRAKTIK_SITE", default="").rstrip("/") or f"{'https' if HTTPS else 'http'}://{_host}"
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^halsa/$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", default=False) else None
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
