"""The demonstration: its own day, its own database under `var/`, mail as files, one known password."""

from django.utils.crypto import get_random_string

from .base import *  # noqa: F403  (settings modules build on one another)
from .base import VAR_DIR, env

DEMONSTRATION = True
PRAKTIK_TODAY = "2018-12-31"
DEBUG = env.bool("DEBUG", default=False)

VAR_DIR.mkdir(parents=True, exist_ok=True)


def _own_secret() -> str:
    """A secret of this checkout, made at its first start and kept out of the repository."""
    place = VAR_DIR / "secret-key"
    if not place.exists():
        place.touch(mode=0o600)
        place.write_text(get_random_string(64))
    return place.read_text()


SECRET_KEY = _own_secret()
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *env.list("ALLOWED_HOSTS", default=[])]
EMAIL_BACKEND = "praktik.demo.mail.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mail"
