"""What every way of running Praktik shares. Nothing here is a secret or a default of convenience."""

from pathlib import Path
from typing import Any

import environ
from csp.constants import NONE, SELF
from django.urls import reverse_lazy

BASE_DIR = Path(__file__).resolve().parents[2]
env = environ.Env()

VAR_DIR = Path(env("PRAKTIK_VAR", default=str(BASE_DIR / "var"))).resolve()

DEBUG = False
DEMONSTRATION = False
# An ISO date freezes praktik.clock; None lets it follow the real calendar.
PRAKTIK_TODAY: str | None = None
# The one password of the demonstration's users; never accepted unless DEMONSTRATION is on.
DEMONSTRATION_PASSWORD = "praktik-i-staten"
ORGANISATION = env("PRAKTIK_ORGANISATION", default="Länsstyrelsen Västernorrland")

INSTALLED_APPS = [
    # These two first: roles are written after Django has made the permissions they name.
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "praktik",
    "praktik.accounts",
    "agencies",
    "placements",
    "reports",
    "django.contrib.admin",
    "django.contrib.sessions",
    "django.contrib.messages",
    "praktik.apps.LeanStaticFilesConfig",
    "django.forms",
    "axes",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_filters",
    "django_htmx",
    "django_include_bootstrap",
    "django_tasks",
    "django_tasks_db",
    "simple_history",
    "template_partials",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "praktik.accounts.middleware.FreshPagesMiddleware",
    "praktik.accounts.middleware.IdleSessionMiddleware",
    "praktik.accounts.middleware.KeepTypedTextMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "praktik.middleware.WaitingNumberMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "praktik.middleware.OnTheSpotMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "praktik.urls"
WSGI_APPLICATION = "praktik.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "praktik.context.house",
            ],
        },
    }
]
FORM_RENDERER = "praktik.widgets.Renderer"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

DATABASES: dict[str, dict[str, Any]] = {
    "default": env.db_url_config(env("DATABASE_URL", default="") or f"sqlite:///{VAR_DIR / 'praktik.sqlite3'}")
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 600
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # Compiling a query of results takes longer than running it; what is prepared (praktik.prepared) is planned once,
    # whatever the key.
    DATABASES["default"].setdefault("OPTIONS", {})["options"] = "-c jit=off -c plan_cache_mode=force_generic_plan"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "praktik.accounts.backends.PasswordBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "praktik.accounts.backends.NotTheDemonstrationPassword"},
]
LOGIN_URL = reverse_lazy("login")
LOGIN_REDIRECT_URL = reverse_lazy("start")
LOGOUT_REDIRECT_URL = reverse_lazy("login")
PASSWORD_RESET_TIMEOUT = 3 * 60 * 60

# Idle sessions end after eight hours; IdleSessionMiddleware moves the end on as one works.
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "praktik.views.csrf_failure"

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = ["username"]
# What Django's login form calls the address; axes would look for the model's own word and lock nobody.
AXES_USERNAME_FORM_FIELD = "username"
# Axes would rather lock the address one comes from; here a whole office comes from one.
SILENCED_SYSTEM_CHECKS = ["axes.W006"]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "accounts/locked.html"
AXES_SENSITIVE_PARAMETERS = ["password"]
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False

X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "sv"
TIME_ZONE = "Europe/Stockholm"
USE_TZ = True
USE_I18N = True
FORMAT_MODULE_PATH = ["praktik.formats"]

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
# The user guide: what the project's docs say, with its pictures.
GUIDE_DIR = BASE_DIR / "docs" / "guide"
STATICFILES_DIRS = [BASE_DIR / "static", ("guide", GUIDE_DIR / "bilder")]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ["map", "png", "svgz", "woff2"]

# Figures that have been counted (reports.kept), and which rows a list has (praktik.kept); each process keeps its own.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 60}},
    "answers": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "answers",
        "OPTIONS": {"MAX_ENTRIES": 2_000},
    },
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

# Days without a dialogue after which an agency counts as silent.
SILENT_DAYS = env.int("PRAKTIK_SILENT_DAYS", default=60)

# Seconds: for the mail server to let us in, and then to answer for each message.
EMAIL_TIMEOUT = 20
EMAIL_ANSWER_TIMEOUT = 120
DEFAULT_FROM_EMAIL = env("PRAKTIK_FROM_EMAIL", default="praktik@example.se")
# Scheme and host, without a final slash: where the links lead of a mail that is sent by itself. The others lead to
# where the sender was.
SITE = env("PRAKTIK_SITE", default="").rstrip("/") or "http://localhost:8000"
# Where somebody writes who cannot use a page.
ACCESSIBILITY_EMAIL = env("PRAKTIK_ACCESSIBILITY_EMAIL", default="") or DEFAULT_FROM_EMAIL
ACCESSIBILITY_PHONE = env("PRAKTIK_ACCESSIBILITY_PHONE", default="")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
