"""The suite is as hostile as it says: what is to fail a test does."""

import warnings

import pytest
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.template import Context, Origin, Template
from django.urls import path
from zeal import NPlusOneError

from agencies.models import Dialogue
from praktik import clock
from tests.conftest import LONG, TOGETHER
from tests.factories import PASSWORD, AgencyFactory, DialogueFactory, UserFactory


def rendered(source: str, where: str) -> str:
    return Template(source, origin=Origin(where)).render(Context({"known": ""}))


OURS = str(settings.BASE_DIR / "templates" / "some.html")


@pytest.mark.parametrize(
    "source",
    [
        "{{ unknown }}",
        "{{ known.attribute }}",
        "{% if not known %}{{ unknown|upper }}{% endif %}",
        "{% with a=unknown %}{% endwith %}",
    ],
)
def test_an_undefined_variable_in_a_template_of_ours_fails(source):
    with pytest.raises(AssertionError, match=r"templates/some\.html, line 1: .* is undefined"):
        rendered(source, OURS)


def test_asking_whether_there_is_a_variable_is_allowed():
    assert (
        rendered("{% if unknown %}a{% else %}b{% endif %}{% for row in unknown %}c{% endfor %}{{ known }}", OURS) == "b"
    )


def test_templates_of_others_may_do_as_they_do():
    assert rendered("a{{ unknown }}b{{ unknown|default:'c' }}", "/elsewhere/some.html") == "abc"


@login_not_required
def row_by_row(request):
    return HttpResponse([dialogue.agency.name for dialogue in Dialogue.objects.all()])


urlpatterns = [path("", row_by_row)]
handler500 = "praktik.views.errors.server_error"


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_a_page_that_asks_once_for_each_row_fails(client):
    DialogueFactory()
    assert client.get("/").status_code == 200
    DialogueFactory()
    with pytest.raises(NPlusOneError):
        client.get("/")


def test_a_warning_fails():
    with pytest.raises(DeprecationWarning):
        warnings.warn("old", DeprecationWarning, stacklevel=1)


def test_today_is_the_day_of_the_demonstration(today):
    assert today.isoformat() == clock.today().isoformat() == "2018-12-31"


@pytest.mark.django_db
def test_made_records_have_one_entry_of_history_with_their_choices():
    agency = AgencyFactory()
    version = agency.history.get()
    assert [each.municipality for each in version.municipalities.all()] == list(agency.municipalities.all())


@pytest.mark.django_db
def test_made_users_log_in(client):
    user = UserFactory()
    assert client.post("/logga-in/", {"username": user.email, "password": PASSWORD}).status_code == 302


def test_what_is_said_of_the_order_of_tests_is_of_tests_there_are():
    assert [place for place in TOGETHER if not (settings.BASE_DIR / place).exists()] == []
    told = "".join(file.read_text() for file in (settings.BASE_DIR / "tests").rglob("test_*.py"))
    assert [name for name in LONG if f"\ndef {name}" not in told] == []
