"""Every template is used by something, and everything that is named is there."""

import re

import pytest
from django.conf import settings
from django.template import engines
from django.template.exceptions import TemplateDoesNotExist
from django.template.loader import get_template
from django.template.utils import get_app_template_dirs

TEMPLATES = settings.BASE_DIR / "templates"
pytestmark = pytest.mark.once
OURS = sorted(str(file.relative_to(TEMPLATES)) for file in TEMPLATES.rglob("*") if file.is_file())
# Django asks for these by itself.
ERRORS = {"400.html", "403.html", "404.html", "500.html"}
NAME = re.compile(r"""["']([\w/-]+\.(?:html|txt))(?:#\w+)?["']""")


def sources():
    """Everything that may name a template: our Python files and the templates."""
    for folder in ("praktik", "agencies", "placements", "reports"):
        yield from (settings.BASE_DIR / folder).rglob("*.py")
    yield from (TEMPLATES / name for name in OURS)


NAMED = {
    (name, str(file.relative_to(settings.BASE_DIR)))
    for file in sources()
    for name in NAME.findall(file.read_text("utf-8"))
    if file != TEMPLATES / name
}


def stands_in_for_anothers(template):
    """Whether an installed package asks for it: the admin site, or Django's own form fields."""
    return any((folder / template).exists() for folder in get_app_template_dirs("templates"))


@pytest.mark.parametrize("template", OURS)
def test_a_template_is_used(template):
    named = template in {name for name, _ in NAMED}
    assert named or template in ERRORS or stands_in_for_anothers(template), f"Use {template} or delete it."


@pytest.mark.parametrize("template", OURS)
def test_a_template_compiles(template):
    engines["django"].engine.get_template(template)


@pytest.mark.parametrize(("name", "file"), sorted(NAMED))
def test_a_named_template_is_there(name, file):
    try:
        get_template(name)
    except TemplateDoesNotExist:
        pytest.fail(f"{file} names {name}, which does not exist.")
