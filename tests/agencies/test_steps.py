"""Next steps: done, opened again, moved and handed on with one action, from whatever list they stand in."""

from datetime import date, timedelta

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from agencies import lifecycle
from agencies.lifecycle import LifecycleError
from agencies.models import NextStep
from praktik.accounts.roles import Role
from tests.agencies.browsing import HTMX, at_the_same_moment, errors, filled, opened, told
from tests.factories import AgencyFactory, DialogueFactory, NextStepFactory, OfficeFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def agency():
    return AgencyFactory(name="Trafikverket")


@pytest.fixture
def colleague():
    return UserFactory(name="Olle Kollega")


@pytest.fixture
def step(agency, coordinator):
    return NextStepFactory(agency=agency, what="Skicka profil", due_on=date(2019, 1, 7), owner=coordinator)


@pytest.fixture
def done(agency, coordinator):
    return NextStepFactory(agency=agency, what="Boka besök", owner=coordinator, done_on=date(2018, 12, 20))


@pytest.fixture(autouse=True)
def stranger(db):
    """Another agency's step, of another coordinator."""
    agency = AgencyFactory(name="Kustbevakningen")
    return NextStepFactory(agency=agency, dialogue=DialogueFactory(agency=agency), what="Främmande steg")


def act(client, step, verb, *, htmx=False, **data):
    return client.post(f"/nasta-steg/{step.pk}/{verb}/", data, headers=HTMX if htmx else {})


def stored(step) -> tuple:
    return NextStep.objects.values_list("what", "due_on", "owner__name", "done_on").get(pk=step.pk)


UNTOUCHED = ("Skicka profil", date(2019, 1, 7), "Karin Koordinator", None)


# Done, and not done after all


def test_a_step_is_done_today_with_one_action(as_coordinator, coordinator, step, agency, today):
    response = act(as_coordinator, step, "klart")
    assertRedirects(response, agency.get_absolute_url(), fetch_redirect_response=False)
    assert told(response) == ["Klart: Skicka profil"]
    assert stored(step) == ("Skicka profil", date(2019, 1, 7), "Karin Koordinator", today)
    latest, first = step.history.all()
    assert (latest.history_user, latest.done_on, first.done_on) == (coordinator, today, None)


def test_it_can_be_undone_from_the_message(as_coordinator, step):
    response = act(as_coordinator, step, "klart")
    undo = f"/nasta-steg/{step.pk}/angra/?version={step.version()}"
    assertContains(as_coordinator.get(response.url), f'action="{undo}"')
    response = as_coordinator.post(undo)
    assert told(response) == ["Ångrat: Skicka profil"]
    assert stored(step) == UNTOUCHED


def test_a_step_that_is_done_is_opened_again(as_coordinator, done):
    response = act(as_coordinator, done, "oppna")
    assert told(response) == ["Öppet igen: Boka besök"]
    assert stored(done)[3] is None


@pytest.mark.parametrize(
    ("verb", "data"),
    [("klart", {}), ("flytta", {"dagar": "30"}), ("flytta", {"dag": "2019-05-05"}), ("lamna", {"till": "colleague"})],
)
@pytest.mark.parametrize("htmx", [False, True], ids=["page", "fragment"])
def test_whatever_was_done_to_a_step_can_be_undone(as_coordinator, step, colleague, verb, data, htmx):
    data = {name: colleague.pk if value == "colleague" else value for name, value in data.items()}
    act(as_coordinator, step, verb, htmx=htmx, **data)
    assert stored(step) != UNTOUCHED
    act(as_coordinator, step, "angra", htmx=htmx, version=step.version())
    assert stored(step) == UNTOUCHED
    assert step.history.count() == 3


@pytest.mark.parametrize("version", ["own", "", "0", "²", "9" * 30])
def test_undoing_never_takes_back_what_a_colleague_has_done_since(as_coordinator, step, colleague, version):
    act(as_coordinator, step, "flytta", dagar="30")
    own = step.version()
    lifecycle.hand_step(step, to=colleague)
    response = act(as_coordinator, step, "angra", version=own if version == "own" else version)
    assert told(response)[-1] == "Steget har ändrats igen sedan dess. Läs om sidan."
    assert stored(step) == ("Skicka profil", date(2019, 2, 6), colleague.name, None)


def test_a_step_that_nothing_was_done_to_has_nothing_to_undo(as_coordinator, step):
    assert told(act(as_coordinator, step, "angra", version=step.version())) == ["Det finns inget att ångra."]
    assert stored(step) == UNTOUCHED


def test_a_step_of_an_archived_agency_is_not_opened_by_undoing(as_coordinator, agency, step, today):
    act(as_coordinator, step, "klart")
    lifecycle.archive(agency, on=today)
    response = act(as_coordinator, step, "angra", version=step.version())
    assert told(response)[-1] == "Trafikverket är arkiverad. Återställ myndigheten innan du öppnar steget igen."
    assert stored(step)[3] == today


def test_a_step_is_done_only_once(as_coordinator, done):
    response = act(as_coordinator, done, "klart")
    assert told(response) == ["Steget är redan klart sedan 2018-12-20."]
    assert stored(done)[3] == date(2018, 12, 20)


def test_the_verb_itself_refuses_a_day_that_has_not_come(step, today):
    with pytest.raises(LifecycleError, match="Dagen har inte varit än"):
        lifecycle.finish_step(step, on=today + timedelta(days=1))
    assert stored(step) == UNTOUCHED


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_of_two_who_do_a_step_at_the_very_same_moment_one_is_told_that_it_was_done(
    log_in, coordinator, colleague, step
):
    mine, theirs = log_in(coordinator), log_in(colleague)
    answers = at_the_same_moment(
        NextStep._meta.db_table, *(lambda browser=each: act(browser, step, "klart") for each in (mine, theirs))
    )
    assert sorted(words for answer in answers for words in told(answer)) == [
        "Klart: Skicka profil",
        "Steget är redan klart sedan 2018-12-31.",
    ]
    assert step.history.count() == 2


def test_a_step_of_a_colleague_may_be_done(as_coordinator, stranger, today):
    act(as_coordinator, stranger, "klart")
    assert stored(stranger)[3] == today


def test_opening_an_open_step_leaves_it_open(as_coordinator, step):
    act(as_coordinator, step, "oppna")
    assert stored(step) == UNTOUCHED


def test_a_step_of_an_archived_agency_is_not_opened_again(as_coordinator, agency, done, today):
    lifecycle.archive(agency, on=today)
    response = act(as_coordinator, done, "oppna")
    assert told(response) == ["Trafikverket är arkiverad. Återställ myndigheten innan du öppnar steget igen."]
    assert stored(done)[3] == date(2018, 12, 20)


# Moved


@pytest.mark.parametrize(("days", "day"), [("0", "2018-12-31"), ("7", "2019-01-07"), ("14", "2019-01-14")])
def test_an_overdue_step_is_moved_so_many_days_from_today(as_coordinator, agency, coordinator, days, day):
    late = NextStepFactory(agency=agency, what="Sent", due_on=date(2018, 11, 1), owner=coordinator)
    response = act(as_coordinator, late, "flytta", dagar=days)
    assert told(response) == [f"Flyttat till {day}: Sent"]
    assert stored(late)[1].isoformat() == day


def test_a_step_that_is_not_overdue_is_moved_so_many_days_from_its_day(as_coordinator, step):
    act(as_coordinator, step, "flytta", dagar="7")
    assert stored(step)[1] == date(2019, 1, 14)


@pytest.mark.parametrize("day", ["2018-12-31", "2019-02-28", "2021-12-30"])
def test_a_step_is_moved_to_a_day(as_coordinator, step, day):
    act(as_coordinator, step, "flytta", dag=day)
    assert stored(step)[1].isoformat() == day


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"dag": "2018-12-30"}, "Dagen har redan varit. Välj i dag eller senare."),
        ({"dag": "0001-01-01"}, "Dagen har redan varit. Välj i dag eller senare."),
        ({"dag": "2021-12-31"}, "Dagen ligger mer än tre år fram."),
        ({"dag": "9999-12-31"}, "Dagen ligger mer än tre år fram."),
        ({"dag": "2019-02-30"}, "Välj en dag att flytta till."),
        ({"dag": "snart"}, "Välj en dag att flytta till."),
        ({"dag": "\0"}, "Välj en dag att flytta till."),
        ({"dag": ""}, "Välj en dag att flytta till."),
        ({}, "Välj en dag att flytta till."),
        ({"dagar": "-1"}, "Välj en dag att flytta till."),
        ({"dagar": "²"}, "Välj en dag att flytta till."),
        ({"dagar": "1000"}, "Välj en dag att flytta till."),
        ({"dagar": "9" * 5000}, "Välj en dag att flytta till."),
    ],
)
@pytest.mark.parametrize("htmx", [False, True], ids=["page", "fragment"])
def test_a_day_that_cannot_be_is_refused_in_words(as_coordinator, step, sent, words, htmx):
    response = act(as_coordinator, step, "flytta", htmx=htmx, **sent)
    if htmx:
        assertContains(response, words)
    else:
        assert told(response) == [words]
    assert stored(step) == UNTOUCHED
    assert step.history.count() == 1


def test_a_step_that_is_done_is_not_moved(as_coordinator, done):
    response = act(as_coordinator, done, "flytta", dagar="7")
    assert told(response) == ["Steget är redan klart sedan 2018-12-20."]
    assert stored(done)[1] == date(2019, 1, 7)


# Handed on


def test_a_step_is_handed_to_another_coordinator(as_coordinator, coordinator, step, colleague):
    response = act(as_coordinator, step, "lamna", till=colleague.pk)
    assert told(response) == ["Lämnat till Olle Kollega: Skicka profil"]
    assert stored(step) == ("Skicka profil", date(2019, 1, 7), "Olle Kollega", None)
    assert step.history.first().history_user == coordinator


@pytest.mark.parametrize("role", [Role.CASE_OFFICER, Role.STEERING_GROUP, Role.ADMINISTRATOR])
def test_a_step_is_not_handed_to_another_role(as_coordinator, step, role):
    response = act(as_coordinator, step, "lamna", till=UserFactory(role=role).pk)
    assert told(response) == ["Den personen kan inte ta över steg."]
    assert stored(step) == UNTOUCHED


def test_a_step_is_not_handed_to_somebody_who_may_no_longer_log_in(as_coordinator, step):
    response = act(as_coordinator, step, "lamna", till=UserFactory(is_active=False).pk)
    assert told(response) == ["Den personen kan inte ta över steg."]
    assert stored(step) == UNTOUCHED


@pytest.mark.parametrize("key", ["", "0", "-1", "olle", "²", "9" * 19, "9" * 30, "9" * 5000, "\0", None])
def test_a_step_is_not_handed_to_somebody_who_is_not_there(as_coordinator, step, key):
    response = act(as_coordinator, step, "lamna", **({} if key is None else {"till": key}))
    assert told(response) == ["Den personen kan inte ta över steg."]
    assert stored(step) == UNTOUCHED


def test_a_step_that_is_done_is_not_handed_on(as_coordinator, done, colleague):
    response = act(as_coordinator, done, "lamna", till=colleague.pk)
    assert told(response) == ["Steget är redan klart sedan 2018-12-20."]


@pytest.mark.parametrize("who", [{"role": Role.CASE_OFFICER}, {"is_active": False}])
def test_the_verb_itself_refuses_who_cannot_own_steps(step, who):
    other = UserFactory(name="Ingen Ägare", **who)
    with pytest.raises(LifecycleError, match="Ingen Ägare kan inte ha hand om steg"):
        lifecycle.hand_step(step, to=other)
    with pytest.raises(LifecycleError, match="Ingen Ägare kan inte ha hand om steg"):
        lifecycle.plan_step(step.agency, what="Ring", due_on=step.due_on, owner=other)
    assert stored(step) == UNTOUCHED
    assert step.agency.next_steps.count() == 1


# In place, and by going back


@pytest.mark.parametrize(
    ("verb", "data", "words"),
    [
        ("klart", {}, "Klart."),
        ("flytta", {"dagar": "7"}, "Flyttat till 2019-01-14."),
        ("oppna", {}, "Öppet igen."),
    ],
)
def test_htmx_gets_the_row_again(as_coordinator, step, verb, data, words):
    response = act(as_coordinator, step, verb, htmx=True, **data)
    assertContains(response, f'id="step-{step.pk}"')
    assertContains(response, f'role="status"><span class="muted">{words}</span>')
    assertNotContains(response, "<html")
    assert told(response) == []


def test_the_row_of_a_step_that_is_done_offers_to_undo_it(as_coordinator, step):
    response = act(as_coordinator, step, "klart", htmx=True)
    assertContains(response, "Klart 2018-12-31")
    assertContains(response, f'hx-post="/nasta-steg/{step.pk}/oppna/"')
    assertNotContains(response, "/flytta/")


def test_the_row_names_the_new_owner(as_coordinator, step, colleague):
    response = act(as_coordinator, step, "lamna", htmx=True, till=colleague.pk)
    assertContains(response, "· Olle Kollega")
    assertContains(response, "Lämna till Karin Koordinator")


def test_a_refusal_stands_in_the_row(as_coordinator, done):
    response = act(as_coordinator, done, "klart", htmx=True)
    assertContains(response, 'role="alert">Steget är redan klart sedan 2018-12-20.')


@pytest.mark.parametrize("place", ["/", "/myndigheter/?steg=har"])
def test_it_leads_back_to_where_one_was(as_coordinator, step, place):
    assertRedirects(act(as_coordinator, step, "klart", tillbaka=place), place, fetch_redirect_response=False)


@pytest.mark.parametrize("place", ["https://ond.example.com", "//ond.example.com", "/\\ond.example.com"])
def test_another_site_is_no_place_to_go_back_to(as_coordinator, step, agency, place):
    response = act(as_coordinator, step, "klart", tillbaka=place)
    assertRedirects(response, agency.get_absolute_url(), fetch_redirect_response=False)
    assertNotContains(act(as_coordinator, step, "oppna", htmx=True, tillbaka=place), "ond.example.com")


def test_markup_in_a_step_is_shown_as_text(as_coordinator, agency):
    step = NextStepFactory(agency=agency, what="<script>alert(1)</script>")
    assertNotContains(act(as_coordinator, step, "flytta", htmx=True, dagar="7"), "<script>alert(1)")
    response = act(as_coordinator, step, "klart")
    assertNotContains(as_coordinator.get(response.url), "<script>alert(1)")


# Planned without a dialogue, and changed


def plan(client, agency, **typed):
    address = f"/myndigheter/{agency.pk}/nasta-steg/nytt/"
    return client.post(address, filled(client.get(address), **typed))


def test_a_step_is_planned_without_a_dialogue(as_coordinator, coordinator, agency):
    response = plan(as_coordinator, agency, what="Ring chefen", due_on="2019-01-15")
    assertRedirects(response, agency.get_absolute_url(), fetch_redirect_response=False)
    assert told(response) == ["Nästa steg är sparat."]
    step = agency.next_steps.get()
    assert (step.what, step.due_on, step.owner, step.dialogue) == ("Ring chefen", date(2019, 1, 15), coordinator, None)
    entry = step.history.get()
    assert (entry.history_type, entry.history_user) == ("+", coordinator)


def test_a_step_is_planned_for_a_colleague(as_coordinator, agency, colleague):
    plan(as_coordinator, agency, what="Ring chefen", due_on="2019-01-15", owner=colleague.pk)
    assert agency.next_steps.get().owner == colleague


def test_a_double_click_plans_one_step(as_coordinator, agency):
    address = f"/myndigheter/{agency.pk}/nasta-steg/nytt/"
    data = filled(as_coordinator.get(address), what="Ring chefen", due_on="2019-01-15")
    for _ in range(2):
        assert as_coordinator.post(address, data).status_code == 302
    assert agency.next_steps.count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("what", ""),
        ("what", "   "),
        ("what", "å" * 201),
        ("what", "Ring 850709-9805"),
        ("what", "Ring\0"),
        ("due_on", ""),
        ("due_on", "2018-12-30"),
        ("due_on", "2021-12-31"),
        ("due_on", "snart"),
        ("owner", ""),
        ("owner", "0"),
        ("owner", "9" * 30),
        ("owner", "²"),
    ],
)
def test_a_step_has_words_a_day_and_an_owner(as_coordinator, agency, field, value):
    typed = {"what": "Ring chefen", "due_on": "2019-01-15"} | {field: value}
    response = plan(as_coordinator, agency, **typed)
    assert list(errors(response)) == [field]
    if field != "what":
        assert opened(response)["what"] == ["Ring chefen"]
    assert not agency.next_steps.exists()


@pytest.mark.parametrize("who", [{"role": Role.CASE_OFFICER}, {"is_active": False}])
def test_a_step_is_planned_only_for_who_can_own_it(as_coordinator, agency, who):
    other = UserFactory(name="Ingen Ägare", **who)
    response = plan(as_coordinator, agency, what="Ring", due_on="2019-01-15", owner=other.pk)
    assert list(errors(response)) == ["owner"]
    assertNotContains(response, "Ingen Ägare")


def test_no_step_is_planned_with_an_archived_agency(as_coordinator, agency, today):
    address = f"/myndigheter/{agency.pk}/nasta-steg/nytt/"
    form = as_coordinator.get(address)
    lifecycle.archive(agency, on=today)
    response = as_coordinator.post(address, filled(form, what="Ring chefen", due_on="2019-01-15"))
    assert errors(response) == {
        "__all__": ["Trafikverket är arkiverad. Återställ myndigheten innan du planerar nästa steg."]
    }
    assert opened(response)["what"] == ["Ring chefen"]
    assert not agency.next_steps.exists()


def change(client, step, **typed):
    address = f"/nasta-steg/{step.pk}/andra/"
    return client.post(address, filled(client.get(address), **typed))


def test_a_step_is_changed(as_coordinator, step, agency, colleague):
    response = change(as_coordinator, step, what="Skicka två profiler", due_on="2019-02-01", owner=colleague.pk)
    assertRedirects(response, agency.get_absolute_url(), fetch_redirect_response=False)
    assert stored(step) == ("Skicka två profiler", date(2019, 2, 1), "Olle Kollega", None)
    assert step.history.count() == 2


def test_an_overdue_step_may_keep_its_day(as_coordinator, agency, coordinator):
    late = NextStepFactory(agency=agency, due_on=date(2018, 11, 1), owner=coordinator)
    assert change(as_coordinator, late, what="Andra ord").status_code == 302
    assert stored(late)[:2] == ("Andra ord", date(2018, 11, 1))


def test_no_step_is_changed_to_another_day_that_has_been(as_coordinator, agency, coordinator):
    late = NextStepFactory(agency=agency, due_on=date(2018, 11, 1), owner=coordinator)
    assert list(errors(change(as_coordinator, late, due_on="2018-11-02"))) == ["due_on"]


def test_two_who_change_the_same_step_lose_nothing(as_coordinator, log_in, step, colleague):
    as_colleague, address = log_in(colleague), f"/nasta-steg/{step.pk}/andra/"
    mine, theirs = as_coordinator.get(address), as_colleague.get(address)
    as_colleague.post(address, filled(theirs, due_on="2019-03-01", owner=colleague.pk))
    response = as_coordinator.post(address, filled(mine, due_on="2019-04-01"))
    told_of = {each.label: (each.now, each.typed, each.taken_in) for each in response.context["form"].meanwhile}
    assert told_of == {
        "Senast": ("2019-03-01", "2019-04-01", False),
        "Ägare": ("Olle Kollega", "Karin Koordinator", True),
    }
    assert as_coordinator.post(address, filled(response)).status_code == 302
    assert stored(step) == ("Skicka profil", date(2019, 4, 1), "Olle Kollega", None)


def test_a_step_that_is_done_is_not_changed(as_coordinator, step, today):
    address = f"/nasta-steg/{step.pk}/andra/"
    mine = as_coordinator.get(address)
    lifecycle.finish_step(step, on=today)
    for response in (as_coordinator.post(address, filled(mine, what="Andra ord")), as_coordinator.get(address)):
        assertRedirects(response, step.get_absolute_url(), fetch_redirect_response=False)
        assert told(response)[-1] == "Steget är klart. Ångra det först om något ska ändras."
    assert stored(step) == ("Skicka profil", date(2019, 1, 7), "Karin Koordinator", today)


# Its page


def test_the_page_tells_where_the_step_came_from_and_how_it_has_changed(as_coordinator, agency, coordinator):
    dialogue = DialogueFactory(agency=agency)
    step = NextStepFactory(agency=agency, dialogue=dialogue, owner=coordinator)
    response = as_coordinator.get(step.get_absolute_url())
    for words in ("Skicka profil", "2019-01-07", "Karin Koordinator", dialogue.get_absolute_url(), "/historik/steg/"):
        assertContains(response, words)


@pytest.mark.parametrize("path", ["", "andra/", "klart/", "oppna/", "angra/", "flytta/", "lamna/"])
@pytest.mark.parametrize("pk", ["0", "9" * 19, "9" * 30])
def test_a_step_that_is_not_there_is_not_found(as_coordinator, path, pk):
    method = as_coordinator.get if path in ("", "andra/") else as_coordinator.post
    assert method(f"/nasta-steg/{pk}/{path}").status_code == 404


# Who may


@pytest.mark.parametrize("client", ["as_officer", "as_steering", "as_administrator"])
@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "fragment"])
def test_only_a_coordinator_has_to_do_with_steps(client, headers, request, officer, step, done, colleague):
    OfficeFactory(officers=[officer], municipalities=step.agency.municipalities.all())
    browser = request.getfixturevalue(client)
    sent = {"dagar": "30", "till": colleague.pk, "what": "Kapat", "due_on": "2019-05-05", "owner": colleague.pk}
    addresses = [f"/nasta-steg/{step.pk}/{verb}/" for verb in ("klart", "flytta", "lamna", "angra", "andra")]
    addresses += [f"/nasta-steg/{done.pk}/oppna/", f"/myndigheter/{step.agency_id}/nasta-steg/nytt/"]
    for address in addresses:
        response = browser.post(address, sent, headers=headers)
        assertContains(response, "Den visas för koordinator.", status_code=403)
        assertNotContains(response, "Skicka profil", status_code=403)
    assert browser.get(step.get_absolute_url(), headers=headers).status_code == 403
    assert stored(step) == UNTOUCHED
    assert stored(done)[3] == date(2018, 12, 20)
    assert NextStep.objects.count() == 3


@pytest.mark.parametrize("verb", ["klart", "oppna", "angra", "flytta", "lamna"])
def test_looking_changes_nothing(as_coordinator, step, colleague, verb):
    response = as_coordinator.get(f"/nasta-steg/{step.pk}/{verb}/", {"dagar": "30", "till": colleague.pk})
    assert response.status_code == 405
    assert stored(step) == UNTOUCHED


def test_another_s_step_is_left_alone(as_coordinator, step, stranger, colleague):
    for verb, data in (("flytta", {"dagar": "30"}), ("lamna", {"till": colleague.pk}), ("klart", {})):
        act(as_coordinator, step, verb, **data)
    assert stored(stranger)[:2] == ("Främmande steg", date(2019, 1, 7))
    assert stranger.history.count() == 1
