"""What other rooms show beside an agency, a contact or an office.

A room registers an aside from its AppConfig: a template, what it needs to know, and the permission to read it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model


@dataclass(frozen=True)
class Aside:
    """A section of somebody else's page."""

    about: str
    """Beside what: the name of a model."""
    permission: str
    template: str
    context: Callable[[Any, Any], dict[str, Any]]
    """(what the page is about, user) -> what the template is given as `aside`."""


@dataclass(frozen=True)
class Shown:
    """An aside ready to be included."""

    template: str
    context: dict[str, Any]


_asides: dict[tuple[str, str], Aside] = {}


def register(name: str, aside: Aside) -> None:
    """Add an aside under a name of its own; registering the same name again replaces it."""
    _asides[aside.about, name] = aside


def beside(subject: Model, user: Any) -> list[Shown]:
    """The asides of a page that the reader may see, in the order they were registered."""
    mine = [each for (about, _), each in _asides.items() if about == subject._meta.model_name]
    return [Shown(each.template, each.context(subject, user)) for each in mine if user.has_perm(each.permission)]
