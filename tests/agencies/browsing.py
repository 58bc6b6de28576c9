"""What a browser does with a page: reads the form in it, fills it in and sends it."""

import threading
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

from django.contrib.messages import get_messages
from django.db import connection, connections
from django.http import HttpResponse

HTMX = {"HX-Request": "true"}


class _Forms(HTMLParser):
    """Every form of a page: its action, and its fields as they stand when it is opened."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[str, dict[str, list[str]]]] = []
        self.inside = False
        self.select = self.textarea = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        if tag == "form":
            self.forms.append((given.get("action", ""), {}))
            self.inside = True
        elif not self.inside:
            return
        elif tag == "input" and name:
            kind = given.get("type", "text")
            if kind not in ("checkbox", "radio") or "checked" in given:
                self.add(name, given.get("value", "on" if kind == "checkbox" else ""))
        elif tag == "textarea":
            self.textarea = name
            self.add(name, "")
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select and "selected" in given:
            self.add(self.select, given.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        elif tag == "textarea":
            self.textarea = ""
        elif tag == "select":
            self.select = ""

    def handle_data(self, data: str) -> None:
        if self.textarea:
            # A browser leaves out the newline that stands first.
            self.forms[-1][1][self.textarea][-1] += data.removeprefix("\n")

    def add(self, name: str, value: str) -> None:
        self.forms[-1][1].setdefault(name, []).append(value)


def forms_of(response: HttpResponse) -> list[tuple[str, dict[str, list[str]]]]:
    """(action, fields) of every form in the page."""
    parser = _Forms()
    parser.feed(response.content.decode())
    return parser.forms


def opened(response: HttpResponse) -> dict[str, list[str]]:
    """The fields of the one form in the page that is saved once, as they stand."""
    (found,) = [fields for _, fields in forms_of(response) if "form_token" in fields]
    return found


def filled(response: HttpResponse, **typed: Any) -> dict[str, Any]:
    """What is sent when somebody fills in the page's form. `new_0_name` is the field `new-0-name`."""
    return opened(response) | {_field(name): value for name, value in typed.items()}


def _field(name: str) -> str:
    return name.replace("_", "-", 2) if name.startswith("new_") else name


def told(response: HttpResponse) -> list[str]:
    """The messages that the next page shows."""
    return [str(message) for message in get_messages(response.wsgi_request)]


def errors(response: HttpResponse) -> dict[str, list[str]]:
    """What the page's form says is wrong, by field."""
    assert response.status_code == 200, "The form was not shown again."
    return {name: list(found) for name, found in response.context["form"].errors.items()}


def at_the_same_moment(asked: str, *sendings: Callable[[], HttpResponse]) -> list[HttpResponse]:
    """Send from as many threads at once; the answers, in the order of the sendings.

    None goes on before all have read the table `asked`, so that none can know of the others. The test needs
    `django_db(transaction=True)`, or the threads do not see its rows.
    """
    all_have_asked = threading.Barrier(len(sendings), timeout=20)
    answers: dict[int, HttpResponse] = {}

    def send(number: int) -> None:
        waited = False

        def wait_for_the_others(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            nonlocal waited
            result = execute(sql, params, many, context)
            if not waited and sql.startswith("SELECT") and f'FROM "{asked}"' in sql:
                waited = True
                all_have_asked.wait()
            return result

        try:
            with connection.execute_wrapper(wait_for_the_others):
                answers[number] = sendings[number]()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send, args=(number,)) for number in range(len(sendings))]
    for each in threads:
        each.start()
    for each in threads:
        each.join(60)
    return [answers[number] for number in range(len(sendings))]
