"""The forms of a page, as a browser would send them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Form:
    """One form: where it is sent, and what it says when nobody changes it."""

    action: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)
    """The values of radio buttons, whether chosen or not."""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.inside = False
        self.select = self.textarea = ""
        self.first: str | None = None
        self.picked = self.several = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(told.get("action", "")))
            self.inside = True
        elif self.inside and tag == "input" and told.get("name"):
            self._input(told)
        elif self.inside and tag == "select":
            self.select, self.first = told.get("name", ""), None
            self.picked, self.several = False, "multiple" in told
        elif tag == "option" and self.select:
            if "selected" in told:
                self._add(self.select, told.get("value", ""))
                self.picked = True
            self.first = told.get("value", "") if self.first is None else self.first
        elif self.inside and tag == "textarea" and told.get("name"):
            self.textarea = told["name"]
            self._add(self.textarea, "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        elif tag == "textarea":
            self.textarea = ""
        elif tag == "select":
            if self.select and not self.picked and not self.several:
                self._add(self.select, self.first or "")
            self.select = ""

    def handle_data(self, data: str) -> None:
        if self.textarea:
            # A browser drops the line end after the tag.
            self.forms[-1].fields[self.textarea][-1] += data.removeprefix("\n")

    def _input(self, told: dict[str, str]) -> None:
        kind, name = told.get("type", "text"), told["name"]
        if kind == "radio":
            self.forms[-1].choices.setdefault(name, []).append(told.get("value", "on"))
        if kind not in ("radio", "checkbox") or "checked" in told:
            self._add(name, told.get("value", "on" if kind == "checkbox" else ""))

    def _add(self, name: str, value: str) -> None:
        self.forms[-1].fields.setdefault(name, []).append(value)


def forms_of(html: str) -> list[Form]:
    """All forms of a page, in its order."""
    reader = _Reader()
    reader.feed(html)
    return reader.forms


def form_with(html: str, name: str) -> Form:
    """The first form with such a field. LookupError when there is none."""
    for form in forms_of(html):
        if name in form.fields or name in form.choices:
            return form
    raise LookupError(f"no form has a field {name}")


def form_to(html: str, part: str) -> Form:
    """The first form whose address has such a part. LookupError when there is none."""
    for form in forms_of(html):
        if part in form.action:
            return form
    raise LookupError(f"no form leads to {part}")
