"""A server starts safely or not at all: Django finds nothing to warn of, and a missing secret is told in words."""

import ast
import subprocess
import sys

import pytest
from django.conf import settings

pytestmark = [
    pytest.mark.once,
    pytest.mark.skipif((settings.BASE_DIR / ".env").exists(), reason="A .env here fills in what is to be missing."),
]
REQUIRED = ["SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "EMAIL_URL", "PRAKTIK_FROM_EMAIL"]


def manage(*arguments, environment):
    return subprocess.run(
        [sys.executable, "-W", "error", "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env=environment,
        text=True,
        capture_output=True,
    )


def test_django_has_nothing_to_warn_of(server_environment):
    done = manage("check", "--deploy", "--fail-level", "WARNING", environment=server_environment)
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


@pytest.mark.parametrize("without", [None, ""], ids=["unset", "empty"])
@pytest.mark.parametrize("name", REQUIRED)
def test_a_missing_setting_stops_the_start_in_words(name, without, server_environment):
    del server_environment[name]
    if without is not None:
        server_environment[name] = without
    done = manage("check", environment=server_environment)
    assert done.returncode != 0
    assert done.stderr.startswith(f"{name} is not set. Praktik does not start without it: ")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("weak", ["short", "a" * 60])
def test_a_weak_secret_stops_the_start_in_words(weak, server_environment):
    done = manage("check", environment={**server_environment, "SECRET_KEY": weak})
    assert done.returncode != 0
    assert done.stderr.startswith("SECRET_KEY is too weak")


def test_the_server_says_what_is_missing_too(server_environment):
    del server_environment["SECRET_KEY"]
    done = subprocess.run(
        [sys.executable, "-c", "import praktik.wsgi"],
        cwd=settings.BASE_DIR,
        env=server_environment,
        text=True,
        capture_output=True,
    )
    assert done.returncode != 0
    assert "SECRET_KEY is not set. Praktik does not start without it" in done.stderr.splitlines()[-1]


def test_production_is_strict_unless_told_otherwise(server_environment):
    strict = {
        "DEBUG": False,
        "DEMONSTRATION": False,
        "PRAKTIK_TODAY": None,
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SECURE_SSL_REDIRECT": True,
        "SECURE_PROXY_SSL_HEADER": None,
        "SITE": "https://praktik.example.se",
    }
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            f"from django.conf import settings; print({{name: getattr(settings, name) for name in {list(strict)}}})",
        ],
        cwd=settings.BASE_DIR,
        env=server_environment,
        text=True,
        capture_output=True,
        check=True,
    )
    assert ast.literal_eval(done.stdout) == strict
