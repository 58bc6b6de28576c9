"""A form is saved once, and what was typed in it survives a lost session, for its author only."""

from html import unescape
from urllib.parse import urlencode

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core import signing
from django.http import QueryDict
from django.test import Client

from agencies.models import Agency, Contact, Dialogue, Municipality, NextStep
from praktik.accounts.models import Submission
from praktik.accounts.submissions import FIELD, SavedBefore, fingerprint, new_token, save_once
from praktik.records import LifecycleError
from tests.agencies.browsing import opened
from tests.conftest import BACKEND
from tests.factories import (
    PASSWORD,
    AgencyFactory,
    ContactFactory,
    DialogueFactory,
    MunicipalityFactory,
    NextStepFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


# The token.

SAME = fingerprint(QueryDict("notes=Samma"))


class Saver:
    """Something to save: counts how often it was."""

    def __init__(self):
        self.times = 0

    def __call__(self):
        self.times += 1
        return {"pk": self.times}


def test_a_form_that_is_sent_twice_is_saved_once_and_answers_the_same(coordinator):
    token, save = new_token(coordinator), Saver()
    assert [save_once(coordinator, token, SAME, save) for _ in range(3)] == [{"pk": 1}] * 3
    assert save.times == 1


def test_a_saving_that_leads_nowhere_in_particular_is_remembered_too(coordinator):
    token, save = new_token(coordinator), Saver()
    assert save_once(coordinator, token, SAME, dict) == {}
    assert save_once(coordinator, token, SAME, save) == {}
    assert save.times == 0


def test_each_opening_of_a_form_is_saved_on_its_own(coordinator):
    save = Saver()
    answers = [save_once(coordinator, new_token(coordinator), SAME, save) for _ in range(2)]
    assert answers == [{"pk": 1}, {"pk": 2}]


def test_a_form_with_something_else_in_it_is_not_taken_for_the_saved_one(coordinator):
    token, save = new_token(coordinator), Saver()
    save_once(coordinator, token, SAME, save)
    other = fingerprint(QueryDict("notes=Annat"))
    with pytest.raises(SavedBefore):
        save_once(coordinator, token, other, save)
    assert save.times == 1


def test_a_fingerprint_is_of_what_is_typed():
    def same(one, other):
        return fingerprint(QueryDict(one)) == fingerprint(QueryDict(other))

    assert same("a=1&b=2", "b=2&a=1")
    assert same("a=1&csrfmiddlewaretoken=x", "a=1&csrfmiddlewaretoken=y")
    assert not same("a=1&a=2", "a=1")
    assert not same("a=1&b=", "a=1")
    assert not same("a=12", "a=1&a=2")


def test_a_refused_saving_is_not_remembered(coordinator):
    token, save = new_token(coordinator), Saver()

    def refuse():
        raise LifecycleError

    with pytest.raises(LifecycleError):
        save_once(coordinator, token, SAME, refuse)
    assert save_once(coordinator, token, SAME, save) == {"pk": 1}


def test_a_saving_that_found_something_wrong_stores_nothing_and_is_not_remembered(coordinator):
    token, save = new_token(coordinator), Saver()

    def find_something_wrong():
        MunicipalityFactory()

    assert save_once(coordinator, token, SAME, find_something_wrong) is None
    assert not Municipality.objects.exists()
    assert not Submission.objects.exists()
    assert save_once(coordinator, token, SAME, save) == {"pk": 1}


# Tokens that nobody was given.
USELESS = {
    "missing": lambda user: "",
    "nonsense": lambda user: "x",
    "changed": lambda user: new_token(user).swapcase(),
    "signed for something else": lambda user: signing.dumps([user.pk, "00" * 16], salt="elsewhere"),
    "not a pair": lambda user: signing.dumps("x", salt="praktik.submissions"),
    "not a key": lambda user: signing.dumps([user.pk, "x"], salt="praktik.submissions"),
    "of nobody": lambda user: signing.dumps([None, "00" * 16], salt="praktik.submissions"),
}


@pytest.mark.parametrize("kind", USELESS)
def test_a_form_with_a_useless_token_is_simply_saved(kind, coordinator):
    token, save = USELESS[kind](coordinator), Saver()
    answers = [save_once(coordinator, token, SAME, save) for _ in range(2)]
    assert answers == [{"pk": 1}, {"pk": 2}]
    assert not Submission.objects.exists()


def test_nobody_gets_the_answer_to_somebody_elses_form(coordinator):
    author = UserFactory()
    token = new_token(author)
    save_once(author, token, SAME, lambda: {"pk": 17})
    assert save_once(coordinator, token, SAME, lambda: {"pk": 18}) == {"pk": 18}
    assert save_once(author, token, SAME, lambda: {"pk": 19}) == {"pk": 17}


def test_a_token_is_good_for_thirty_days_and_its_answer_goes_after_them(coordinator):
    with time_machine.travel("2018-12-01T12:00+01:00", tick=False) as clock:
        token, save = new_token(coordinator), Saver()
        save_once(coordinator, token, SAME, save)
        clock.move_to("2018-12-31T11:59+01:00")
        assert save_once(coordinator, token, SAME, save) == {"pk": 1}
        clock.move_to("2018-12-31T12:01+01:00")
        assert save_once(coordinator, token, SAME, save) == {"pk": 2}
        save_once(coordinator, new_token(coordinator), SAME, save)
        assert Submission.objects.count() == 1


# The pages: a second sending.


@pytest.fixture
def agency():
    return AgencyFactory(name="Skogsstyrelsen")


@pytest.fixture
def path(agency):
    return f"/myndigheter/{agency.pk}/dialoger/ny/"


def test_a_double_click_logs_one_dialogue_and_leads_to_the_same_place(as_coordinator, agency, path):
    form = opened(as_coordinator.get(path)) | {"notes": "Ring igen.", "tillbaka": "/myndigheter/?sida=2"}
    answers = [as_coordinator.post(path, form) for _ in range(2)]
    assert [(each.status_code, each["Location"]) for each in answers] == [(302, "/myndigheter/?sida=2")] * 2
    assert agency.dialogues.count() == 1


def test_what_is_added_after_going_back_is_not_lost_and_not_saved_twice_unasked(as_coordinator, agency, path):
    form = opened(as_coordinator.get(path)) | {"notes": "Ring igen."}
    as_coordinator.post(path, form)
    answer = as_coordinator.post(path, form | {"notes": "Ring igen på måndag."})
    assert answer.status_code == 200
    assert "redan sparat en gång" in answer.context["form"].non_field_errors()[0]
    assert answer.context["form"]["notes"].value() == "Ring igen på måndag."
    assert agency.dialogues.count() == 1
    # Asked for once more, it is another dialogue.
    assert as_coordinator.post(path, opened(answer)).status_code == 302
    assert set(agency.dialogues.values_list("notes", flat=True)) == {"Ring igen.", "Ring igen på måndag."}


def test_what_is_added_to_a_record_after_going_back_is_saved(as_coordinator, agency):
    path = f"/myndigheter/{agency.pk}/andra/"
    form = opened(as_coordinator.get(path)) | {"note": "Ring på."}
    as_coordinator.post(path, form)
    assert as_coordinator.post(path, form | {"employees": "12"}).status_code == 302
    agency.refresh_from_db()
    assert (agency.note, agency.employees) == ("Ring på.", 12)


def test_what_is_changed_in_a_record_after_going_back_is_compared_with_what_was_saved(as_coordinator, agency):
    path = f"/myndigheter/{agency.pk}/andra/"
    form = opened(as_coordinator.get(path)) | {"note": "Ring på."}
    as_coordinator.post(path, form)
    answer = as_coordinator.post(path, form | {"note": "Ring inte på."})
    assert [(each.now, each.typed) for each in answer.context["form"].meanwhile] == [("Ring på.", "Ring inte på.")]
    assert as_coordinator.post(path, opened(answer)).status_code == 302
    agency.refresh_from_db()
    assert agency.note == "Ring inte på."


# The pages: a lost session.


@pytest.fixture
def typed(agency, as_coordinator, path):
    """A dialogue as typed, with contacts, notes and a next step, not sent yet."""
    people = [ContactFactory(agency=agency) for _ in range(3)]
    return opened(as_coordinator.get(path)) | {
        "contacts": [str(each.pk) for each in people[:2]],
        "channel": "video",
        "notes": "De vill veta mer <om> praktik.\nRing i januari.",
        "step_what": "Skicka profil",
        "step_due_on": "2019-01-10",
        "new-0-name": "Åsa Öst",
        "new-0-role": "hr",
    }


def lose_sessions():
    Session.objects.all().delete()


def log_in_at(client, answer, user, password=PASSWORD):
    """Follow the answer to the login path, log in there, and follow to where that leads."""
    login = client.get(answer["Location"])
    assert login.status_code == 200
    done = client.post(
        "/logga-in/", {"username": user.email, "password": password, "next": login.context["next"]}, follow=True
    )
    assert done.wsgi_request.user == user
    return done


def test_what_is_sent_after_the_session_ended_is_there_after_the_login(as_coordinator, coordinator, path, typed):
    lose_sessions()
    answer = as_coordinator.post(path, typed)
    assert answer.status_code == 302
    assert answer["Location"] == "/logga-in/?" + urlencode({"next": path, "sparat": "1"})
    assert "Det du skrev finns kvar" in as_coordinator.get(answer["Location"]).content.decode()

    shown = log_in_at(as_coordinator, answer, coordinator)
    assert shown.redirect_chain == [(path, 302)]
    form = shown.context["form"]
    for name in ("contacts", "channel", "step_what", "step_due_on"):
        assert form[name].value() == typed[name]
    assert form["notes"].value() == "De vill veta mer <om> praktik.\nRing i januari."
    assert form.people.forms[0]["name"].value() == "Åsa Öst"
    html = unescape(shown.content.decode())
    assert "Du hann bli utloggad" in html
    assert typed["notes"] in html
    assert html.count(" checked") == 4  # two contacts, channel and phase
    assert not any(model.objects.exists() for model in (Dialogue, NextStep, Contact.dialogues.through))
    assert Contact.objects.count() == 3

    assert as_coordinator.post(path, opened(shown)).status_code == 302
    dialogue = Dialogue.objects.get()
    assert dialogue.notes == typed["notes"]
    assert dialogue.contacts.count() == 3
    assert dialogue.next_steps.get().what == "Skicka profil"


def test_a_night_over_the_keyboard_loses_nothing(log_in, coordinator, agency, path):
    with time_machine.travel("2018-12-30T16:00+01:00", tick=False) as clock:
        client = log_in(coordinator)
        form = opened(client.get(path)) | {"notes": "Skrivet på eftermiddagen."}
        clock.move_to("2018-12-31T08:00+01:00")
        answer = client.post(path, form)
        assert "sparat=1" in answer["Location"]
        shown = log_in_at(client, answer, coordinator)
        assert shown.context["form"]["notes"].value() == "Skrivet på eftermiddagen."
    assert not agency.dialogues.exists()


def test_kept_text_is_shown_once_on_its_own_page_only(as_coordinator, coordinator, path, typed):
    lose_sessions()
    answer = as_coordinator.post(f"{path}?tillbaka=/kontor/", typed)
    as_coordinator.get(answer["Location"])
    as_coordinator.post("/logga-in/", {"username": coordinator.email, "password": PASSWORD})
    for elsewhere in (path, f"/myndigheter/{AgencyFactory().pk}/dialoger/ny/", "/myndigheter/ny/"):
        assert not as_coordinator.get(elsewhere).context["form"].is_bound
    assert as_coordinator.get(f"{path}?tillbaka=/kontor/").context["form"].is_bound
    again = as_coordinator.get(f"{path}?tillbaka=/kontor/")
    assert not again.context["form"].is_bound
    assert "Du hann bli utloggad" not in again.content.decode()


def test_nobody_else_who_logs_in_sees_what_was_typed(as_coordinator, coordinator, path, typed):
    lose_sessions()
    answer = as_coordinator.post(path, typed)
    other = UserFactory()
    shown = log_in_at(as_coordinator, answer, other)
    assert not shown.context["form"].is_bound
    assert typed["notes"] not in unescape(shown.content.decode())
    assert "Skicka profil" not in shown.content.decode()
    assert "Du hann bli utloggad" not in shown.content.decode()
    # Nor does anything of it stay in the other one's session.
    assert all("Skicka" not in str(each.get_decoded()) for each in Session.objects.all())


def test_what_was_typed_in_several_tabs_is_there_in_each(as_coordinator, coordinator):
    paths = [f"/myndigheter/{AgencyFactory().pk}/andra/" for _ in range(5)]
    forms = {path: opened(as_coordinator.get(path)) | {"note": f"Ur {path}"} for path in paths}
    lose_sessions()
    for path in paths:
        answer = as_coordinator.post(path, forms[path])
    log_in_at(as_coordinator, answer, coordinator)
    # The last one has been shown after the login.
    for path in paths[:-1]:
        assert as_coordinator.get(path).context["form"]["note"].value() == f"Ur {path}"


def test_what_is_sent_again_from_the_same_tab_takes_the_place_of_what_was_kept(
    as_coordinator, coordinator, path, typed
):
    lose_sessions()
    as_coordinator.post(path, typed)
    answer = as_coordinator.post(path, typed | {"notes": "Det senaste."})
    assert log_in_at(as_coordinator, answer, coordinator).context["form"]["notes"].value() == "Det senaste."


def test_no_more_than_five_forms_are_kept(as_coordinator, coordinator):
    paths = [f"/myndigheter/{AgencyFactory().pk}/andra/" for _ in range(7)]
    forms = {path: opened(as_coordinator.get(path)) | {"note": f"Ur {path}"} for path in paths}
    lose_sessions()
    for path in paths:
        answer = as_coordinator.post(path, forms[path])
    log_in_at(as_coordinator, answer, coordinator)
    bound = [as_coordinator.get(path).context["form"].is_bound for path in paths[:-1]]
    assert bound == [False, False, True, True, True, True]


def test_kept_text_of_a_record_is_compared_with_what_somebody_else_has_saved_since(
    as_coordinator, coordinator, agency, log_in
):
    path = f"/myndigheter/{agency.pk}/andra/"
    form = opened(as_coordinator.get(path)) | {"note": "Ring på."}
    lose_sessions()
    answer = as_coordinator.post(path, form)
    other = log_in(UserFactory(name="Eva Ek"))
    other.post(path, opened(other.get(path)) | {"note": "Ta hissen."})
    shown = log_in_at(as_coordinator, answer, coordinator)
    assert "Ändrat medan du skrev, av Eva Ek" in shown.content.decode()
    assert shown.context["form"]["note"].value() == "Ring på."
    assert Agency.objects.get(pk=agency.pk).note == "Ta hissen."


def test_what_was_wrong_in_kept_text_is_told_when_it_is_shown(as_coordinator, coordinator, path, typed):
    lose_sessions()
    answer = as_coordinator.post(path, typed | {"held_on": "2019-06-01"})
    form = log_in_at(as_coordinator, answer, coordinator).context["form"]
    assert form.errors["held_on"]
    assert form["notes"].value() == typed["notes"]


@pytest.mark.parametrize("kind", USELESS)
def test_a_form_with_a_useless_token_is_not_kept(kind, as_coordinator, coordinator, path, typed):
    lose_sessions()
    answer = as_coordinator.post(path, typed | {FIELD: USELESS[kind](coordinator)}, headers={"Referer": "/kontor/"})
    assert answer["Location"] == "/logga-in/?" + urlencode({"next": "/kontor/"})
    assert not Session.objects.exists()


def test_a_form_of_somebody_who_never_logged_in_here_is_kept_for_its_author(client, coordinator, path, typed):
    """The form was opened in one browser window and is sent from another one that lost its cookies."""
    answer = client.post(path, typed)
    assert log_in_at(client, answer, coordinator).context["form"].is_bound


def test_a_token_of_more_than_thirty_days_keeps_nothing(client, coordinator, path, typed):
    with time_machine.travel("2018-12-01T12:00+01:00", tick=False):
        old = new_token(coordinator)
    with time_machine.travel("2019-01-01T12:00+01:00", tick=False):
        assert "sparat" not in client.post(path, typed | {FIELD: old})["Location"]


def test_the_longest_note_is_kept_and_more_than_any_form_takes_is_not(as_coordinator, coordinator, path, typed):
    lose_sessions()
    longest = "🙂" * 10_000
    answer = as_coordinator.post(path, typed | {"notes": longest})
    assert log_in_at(as_coordinator, answer, coordinator).context["form"]["notes"].value() == longest
    lose_sessions()
    assert "sparat" not in as_coordinator.post(path, typed | {"notes": "x" * 250_000})["Location"]
    assert not Session.objects.exists()


@pytest.mark.parametrize(
    ("came_from", "leads_to"),
    [
        ("http://testserver/myndigheter/?sida=2", "http://testserver/myndigheter/?sida=2"),
        ("https://evil.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("//evil.example/", "/"),
        ("", "/"),
    ],
)
def test_a_button_pressed_after_the_session_ended_leads_past_the_login_to_the_page_it_stood_on(
    client, came_from, leads_to
):
    step = NextStepFactory()
    answer = client.post(f"/nasta-steg/{step.pk}/klart/", headers={"Referer": came_from})
    assert answer["Location"] == "/logga-in/?" + urlencode({"next": leads_to})
    step.refresh_from_db()
    assert step.done_on is None


def test_a_page_asked_for_without_a_session_leads_past_the_login_to_that_page(client):
    assert client.get("/myndigheter/?sida=2")["Location"] == "/logga-in/?next=/myndigheter/%3Fsida%3D2"


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_fragment_asked_for_without_a_session_is_refused_in_a_word(method, client, path, typed):
    answer = getattr(client, method)(path, typed, headers={"HX-Request": "true"})
    assert (answer.status_code, answer.content) == (401, b"")
    assert not client.cookies


# The pages: a form from before a new login.


@pytest.fixture
def strict(coordinator):
    """The coordinator's browser, with the check of forged requests that test clients usually leave out."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(coordinator, backend="praktik.accounts.backends.PasswordBackend")
    return client


def test_a_form_from_before_a_new_login_is_shown_again_with_its_text(strict, path, typed):
    answer = strict.post(path, typed | {"csrfmiddlewaretoken": "x" * 64})
    assert (answer.status_code, answer["Location"]) == (302, path)
    shown = strict.get(path)
    assert shown.context["form"]["notes"].value() == typed["notes"]
    assert shown.context["form"]["contacts"].value() == typed["contacts"]
    assert "Granska texten och spara igen" in shown.content.decode()
    assert not Dialogue.objects.exists()
    # With the page's own mark it is saved.
    assert (
        strict.post(path, opened(shown) | {"csrfmiddlewaretoken": str(shown.context["csrf_token"])}).status_code == 302
    )
    assert Dialogue.objects.count() == 1


def test_a_form_from_before_a_new_login_shows_its_text_to_its_author_only(strict, path, typed):
    answer = strict.post(path, typed | {FIELD: new_token(UserFactory())})
    assert answer["Location"] == path
    assert not strict.get(path).context["form"].is_bound


def test_a_forged_form_is_refused_and_kept_nowhere(strict, path, typed):
    answer = strict.post(path, typed | {FIELD: ""})
    assert answer.status_code == 403
    assert "Sidan hade blivit för gammal" in answer.content.decode()
    assert "De vill veta mer" not in str(dict(strict.session))
    assert not Dialogue.objects.exists()


def test_the_mark_against_forged_requests_is_not_kept_with_the_text(as_coordinator, path, typed):
    lose_sessions()
    as_coordinator.post(path, typed | {"csrfmiddlewaretoken": "secret-of-the-old-session"})
    (kept,) = (str(each.get_decoded()) for each in Session.objects.all())
    assert "Skicka" in kept
    assert "secret-of-the-old-session" not in kept


def test_an_old_dialogue_is_not_touched_by_what_is_kept_for_it(as_coordinator, coordinator):
    dialogue = DialogueFactory(notes="Som det var.")
    path = f"/dialoger/{dialogue.pk}/andra/"
    form = opened(as_coordinator.get(path)) | {"notes": "Som det blev."}
    lose_sessions()
    shown = log_in_at(as_coordinator, as_coordinator.post(path, form), coordinator)
    dialogue.refresh_from_db()
    assert dialogue.notes == "Som det var."
    assert as_coordinator.post(path, opened(shown)).status_code == 302
    dialogue.refresh_from_db()
    assert dialogue.notes == "Som det blev."


def test_every_form_that_creates_something_is_kept(as_coordinator, coordinator, agency):
    town = MunicipalityFactory()
    for path, typed_in in {
        "/myndigheter/ny/": {"name": "Skogsverket", "municipalities": [town.pk]},
        f"/myndigheter/{agency.pk}/kontakter/ny/": {"name": "Eva Ek", "role": "hr"},
        f"/myndigheter/{agency.pk}/hinder/nytt/": {"kind": "other", "words": "Ombyggnad", "noted_on": "2018-12-01"},
        f"/myndigheter/{agency.pk}/nasta-steg/nytt/": {"what": "Ring", "due_on": "2019-01-10"},
        f"/kontakter/{ContactFactory(agency=agency).pk}/slutat/": {"left_on": "2018-11-30"},
    }.items():
        form = opened(as_coordinator.get(path)) | typed_in
        lose_sessions()
        shown = log_in_at(as_coordinator, as_coordinator.post(path, form), coordinator).context["form"]
        assert shown.is_bound, path
        assert {name: shown[name].value() for name in typed_in} == {
            name: [str(each) for each in value] if isinstance(value, list) else value
            for name, value in typed_in.items()
        }


def test_the_way_back_survives_the_lost_session_too(client, coordinator, agency):
    client.force_login(coordinator, backend=BACKEND)
    page = f"/myndigheter/{agency.pk}/dialoger/ny/"
    sent = opened(client.get(f"{page}?tillbaka=/kontor/")) | {"notes": "Kvar"}
    client.cookies.clear()
    client.post(page, sent)
    client.force_login(coordinator, backend=BACKEND)
    assert opened(client.get(page))["tillbaka"] == ["/kontor/"]
