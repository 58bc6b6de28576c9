"""What the walks over every address share: the addresses there are, and what each answers whom."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import Permission
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RegexPattern, RoutePattern
from pytest_django.asserts import assertContains

from praktik.accounts.models import User
from praktik.accounts.roles import PERMISSIONS, Role
from praktik.views.history import KINDS
from tests.agencies.browsing import HTMX

# What stands in the changing part of an address, by its name or, failing that, by its kind.
PARTS = {
    "kind": "myndighet",
    "uidb64": "MQ",
    "token": "set-password",
    "app_label": "agencies",
    "url": "nowhere",
    "uuid": "00000000-0000-4000-8000-000000000000",
    "year": "2018",
    "month": "2018-05",
    "what": "resultat",
    "form": "csv",
    "code": "PIS",
}
GET, POST, BOTH = ("GET",), ("POST",), ("GET", "POST")


def addresses(resolver: URLResolver | None = None, before: str = "/") -> Iterator[str]:
    """One address for every pattern there is, also those of the admin site."""
    for each in (resolver or get_resolver()).url_patterns:
        path = before + written_out(each.pattern)
        if isinstance(each, URLResolver):
            yield from addresses(each, path)
        else:
            assert isinstance(each, URLPattern)
            yield path


def written_out(pattern: RoutePattern | RegexPattern) -> str:
    """A pattern with something in each of its changing parts."""
    if isinstance(pattern, RoutePattern):
        return re.sub(r"<(?:(\w+):)?(\w+)>", lambda found: PARTS.get(found[2], PARTS.get(found[1], "1")), str(pattern))
    plain = re.sub(r"\(\?P<(\w+)>[^)]*\)", lambda found: PARTS.get(found[1], "1"), str(pattern))
    return plain.strip("^$").replace(r"\Z", "")


def history_of_everything() -> int:
    """How many entries there are in the histories of all records."""
    return sum(model.history.count() for model, _ in KINDS.values())


@dataclass
class Room:
    """The addresses of one room; `methods` tells which each answers, by name."""

    urlpatterns: list[URLPattern]
    methods: dict[str, tuple[str, ...]]
    done_with_nothing: frozenset[str] = frozenset()
    """Those whose form may be sent as empty as it is."""

    def __post_init__(self) -> None:
        self.views = {each.name or "": each for each in self.urlpatterns}

    def is_whole(self) -> None:
        """Every address is walked, and none shares its name with another."""
        assert set(self.views) == set(self.methods)
        assert len(self.views) == len(self.urlpatterns)

    def with_method(self, method: str) -> list[str]:
        """The names of those that answer the method."""
        return [name for name, methods in self.methods.items() if method in methods]

    def permission(self, name: str) -> str:
        """What a view says that it takes."""
        return str(getattr(self.views[name].callback, "permission", ""))

    def says_its_permission(self, name: str) -> None:
        """A permission that there is, and that the coordinator holds."""
        app, codename = self.permission(name).split(".")
        there = Permission.objects.filter(content_type__app_label=app, codename=codename)
        assert there.exists(), self.permission(name)
        assert self.permission(name) in PERMISSIONS[Role.COORDINATOR]

    def answers_who_may(
        self, name: str, address: str, log_in: Callable[[User], Client], people: dict[Role, User]
    ) -> None:
        """Roles with the permission get the page or are led on, the others are told who may; all is then as before."""
        for role, user in people.items():
            browser = log_in(user)
            for method in self.methods[name]:
                with undone_afterwards():
                    response = getattr(browser, method.lower())(address)
                    if self.permission(name) in PERMISSIONS[role]:
                        done = method == "POST" and (self.methods[name] == POST or name in self.done_with_nothing)
                        assert response.status_code == (302 if done else 200), (name, role, method)
                        continue
                    assertContains(response, "Den visas för koordinator", status_code=403, msg_prefix=name)
                    assertContains(response, f"Du är inloggad som {role.label}.", status_code=403)
                    assert browser.get(address, headers=HTMX).status_code in (403, 405)

    def refuses_other_methods(self, name: str, address: str, browser: Client) -> None:
        """405 for every method that is not its own, and nothing is written."""
        before = history_of_everything()
        for method in ("get", "post", "put", "patch", "delete"):
            if method.upper() not in self.methods[name]:
                assert getattr(browser, method)(address).status_code == 405, (name, method)
        assert history_of_everything() == before

    def refuses_another_site(self, name: str, address: str, browser: Client, **typed: Any) -> None:
        """A form without the token of our own pages is refused, and nothing is written."""
        browser.handler.enforce_csrf_checks = True
        before = history_of_everything()
        assert browser.post(address, typed).status_code == 403, name
        assert history_of_everything() == before


@contextmanager
def undone_afterwards() -> Iterator[None]:
    """What the block writes is gone when it is over."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def looking_writes_nothing(browser: Client, address: str) -> None:
    """A page that is only looked at leaves the database alone."""
    browser.get("/konto/")  # The session's end is moved on at the first request, and then rarely.
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(address).status_code == 200, address
    assert [each["sql"] for each in queries if each["sql"].startswith(("INSERT", "UPDATE", "DELETE"))] == [], address
