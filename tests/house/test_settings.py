"""What the settings promise, whatever way Praktik is run."""

from django.conf import settings
from django.utils.module_loading import import_string

from praktik.settings import base


def test_the_content_security_policy_allows_nothing_inline_and_no_other_host():
    directives = base.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    allowed = {source for sources in directives.values() for source in sources}
    assert allowed <= {"'self'", "'none'", "data:"}
    assert "data:" not in directives["script-src"] + directives["style-src"] + directives["default-src"]


def test_idle_sessions_end_after_eight_hours():
    assert settings.SESSION_COOKIE_AGE == 8 * 60 * 60


def test_passwords_are_kept_by_argon2():
    assert [import_string(path).algorithm for path in base.PASSWORD_HASHERS] == ["argon2"]


def test_everything_needs_a_login_unless_it_says_otherwise():
    assert "django.contrib.auth.middleware.LoginRequiredMiddleware" in settings.MIDDLEWARE


def test_only_the_demonstration_is_a_demonstration():
    assert base.DEMONSTRATION is False
    assert settings.DEMONSTRATION is False
