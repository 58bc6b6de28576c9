"""The test suite: fast hashing, plain static files, a database under `var/` or by DATABASE_URL."""

import os

from .base import *  # noqa: F403  (settings modules build on one another)
from .base import DATABASES, INSTALLED_APPS, MIDDLEWARE, VAR_DIR

VAR_DIR.mkdir(parents=True, exist_ok=True)
SECRET_KEY = "only-for-tests-" + "0123456789abcdef" * 4
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PRAKTIK_TODAY = "2018-12-31"
SITE = "http://testserver"

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: the browser tests' server runs in a thread with a connection of its own.
    DATABASES["default"]["TEST"] = {"NAME": VAR_DIR / f"test-{os.getpid()}.sqlite3"}
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 0

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# A page that asks the database once for each row fails its test.
INSTALLED_APPS = [*INSTALLED_APPS, "zeal"]
# By its own name, or pytest-django's live server does not serve the static files.
INSTALLED_APPS[INSTALLED_APPS.index("praktik.apps.LeanStaticFilesConfig")] = "django.contrib.staticfiles"
MIDDLEWARE = ["zeal.middleware.zeal_middleware", *(name for name in MIDDLEWARE if "whitenoise" not in name)]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}

# Every test counts for itself.
CACHES = {name: {"BACKEND": "django.core.cache.backends.dummy.DummyCache"} for name in ("default", "answers")}
