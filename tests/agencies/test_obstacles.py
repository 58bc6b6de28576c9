"""Obstacles: noted, resolved, opened again, and noted again as a row of its own."""

from datetime import date, timedelta

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects, assertTemplateUsed

from agencies import lifecycle
from agencies.choices import ObstacleKind
from agencies.lifecycle import LifecycleError
from agencies.models import Obstacle
from tests.agencies.browsing import at_the_same_moment, errors, filled, opened, told
from tests.factories import AgencyFactory, DialogueFactory, ObstacleFactory, OfficeFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def agency():
    return AgencyFactory(name="Trafikverket")


@pytest.fixture
def obstacle(agency):
    return ObstacleFactory(agency=agency, kind=ObstacleKind.NO_TUTOR, words="Till våren", noted_on=date(2018, 10, 1))


@pytest.fixture
def resolved(agency):
    return ObstacleFactory(
        agency=agency, kind=ObstacleKind.NO_TIME, noted_on=date(2018, 5, 1), resolved_on=date(2018, 9, 1)
    )


@pytest.fixture(autouse=True)
def stranger(db):
    """The same obstacles at another agency."""
    agency = AgencyFactory(name="Kustbevakningen")
    for kind in (ObstacleKind.NO_TUTOR, ObstacleKind.NO_TIME):
        ObstacleFactory(agency=agency, kind=kind, words="Främmande ord", dialogue=DialogueFactory(agency=agency))
    return agency


def note(client, agency, **typed):
    address = f"/myndigheter/{agency.pk}/hinder/nytt/"
    return client.post(address, filled(client.get(address), **{"kind": ObstacleKind.NO_TUTOR} | typed))


def change(client, obstacle, **typed):
    address = f"/hinder/{obstacle.pk}/andra/"
    return client.post(address, filled(client.get(address), **typed))


def stored(obstacle) -> tuple:
    return Obstacle.objects.values_list("kind", "words", "noted_on", "resolved_on").get(pk=obstacle.pk)


# Noting


def test_an_obstacle_is_noted(as_coordinator, coordinator, agency):
    response = note(as_coordinator, agency, words="Handledaren är ledig", noted_on="2018-12-03")
    assertRedirects(response, agency.get_absolute_url(), fetch_redirect_response=False)
    assert told(response) == ["Hindret är noterat."]
    obstacle = agency.obstacles.get()
    assert stored(obstacle) == (ObstacleKind.NO_TUTOR, "Handledaren är ledig", date(2018, 12, 3), None)
    assert obstacle.dialogue is None
    entry = obstacle.history.get()
    assert (entry.history_type, entry.history_user) == ("+", coordinator)


def test_the_form_proposes_today_and_no_kind(as_coordinator, agency):
    response = as_coordinator.get(f"/myndigheter/{agency.pk}/hinder/nytt/")
    fields = opened(response)
    assert fields["noted_on"] == ["2018-12-31"]
    assert fields.get("kind", [""]) == [""]
    assert "resolved_on" not in fields


@pytest.mark.parametrize("kind", [kind for kind in ObstacleKind if kind != ObstacleKind.OTHER])
def test_every_kind_can_be_noted_without_words(as_coordinator, agency, kind):
    assert note(as_coordinator, agency, kind=kind).status_code == 302
    assertContains(as_coordinator.get(agency.get_absolute_url()), kind.label)


def test_several_kinds_stand_beside_one_another(as_coordinator, agency, obstacle):
    note(as_coordinator, agency, kind=ObstacleKind.NO_TIME)
    note(as_coordinator, agency, kind=ObstacleKind.VETTING)
    assert agency.obstacles.unresolved(on=date(2018, 12, 31)).count() == 3


def test_a_double_click_notes_one_obstacle(as_coordinator, agency):
    address = f"/myndigheter/{agency.pk}/hinder/nytt/"
    data = filled(as_coordinator.get(address), kind=ObstacleKind.OTHER, words="Skyddsrummet")
    for _ in range(2):
        assert as_coordinator.post(address, data).status_code == 302
    assert agency.obstacles.count() == 1


def test_the_same_obstacle_is_not_noted_twice(as_coordinator, agency, obstacle):
    response = note(as_coordinator, agency, kind=ObstacleKind.NO_TUTOR, words="Andra ord")
    assert errors(response) == {"__all__": ["Det hindret är redan noterat och olöst."]}
    assert opened(response)["words"] == ["Andra ord"]
    assert agency.obstacles.count() == 1


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_of_two_who_note_the_same_obstacle_at_the_very_same_moment_one_is_told(as_coordinator, log_in, agency):
    address = f"/myndigheter/{agency.pk}/hinder/nytt/"

    def sending(browser):
        data = filled(browser.get(address), kind=ObstacleKind.VETTING, words="Viktiga ord")
        return lambda: browser.post(address, data)

    answers = at_the_same_moment(
        agency._meta.db_table, sending(as_coordinator), sending(log_in(UserFactory(name="Olle Kollega")))
    )
    (refused,) = [answer for answer in answers if answer.status_code != 302]
    assert errors(refused)["__all__"][0] in (
        "Det hindret är redan noterat och olöst.",  # where the second waits for the first
        "Någon annan hann spara samma sak. Inget är sparat. Läs om sidan och jämför.",
    )
    assert opened(refused)["words"] == ["Viktiga ord"]
    assert agency.obstacles.count() == 1


def test_other_obstacles_may_be_several(as_coordinator, agency):
    for words in ("Skyddsrummet", "Parkeringen"):
        note(as_coordinator, agency, kind=ObstacleKind.OTHER, words=words)
    assert agency.obstacles.count() == 2


def test_another_obstacle_needs_words(as_coordinator, agency):
    response = note(as_coordinator, agency, kind=ObstacleKind.OTHER, words="   ")
    assert errors(response) == {"__all__": ["Skriv vilket hinder det är när du väljer Annat."]}
    assert not agency.obstacles.exists()


def test_no_obstacle_is_noted_at_an_archived_agency(as_coordinator, agency, today):
    address = f"/myndigheter/{agency.pk}/hinder/nytt/"
    form = as_coordinator.get(address)
    lifecycle.archive(agency, on=today)
    response = as_coordinator.post(address, filled(form, kind=ObstacleKind.NO_TUTOR, words="Viktiga ord"))
    assert errors(response) == {
        "__all__": ["Trafikverket är arkiverad. Återställ myndigheten innan du noterar ett hinder."]
    }
    assert opened(response)["words"] == ["Viktiga ord"]
    assert not agency.obstacles.exists()
    response = as_coordinator.get(address)
    assertRedirects(response, agency.get_absolute_url(), fetch_redirect_response=False)
    assert told(response) == ["Trafikverket är arkiverad. Återställ myndigheten först."]


def test_to_note_it_again_begins_with_what_was_noted(as_coordinator, agency, resolved, stranger):
    Obstacle.objects.filter(pk=resolved.pk).update(words="Omorganisation")
    address = f"/myndigheter/{agency.pk}/hinder/nytt/?slag={resolved.kind}"
    assertContains(as_coordinator.get(resolved.get_absolute_url()), f'href="{address}"')
    fields = opened(as_coordinator.get(address))
    assert (fields["kind"], fields["words"]) == ([ObstacleKind.NO_TIME], ["Omorganisation"])
    assert (fields["noted_on"]) == ["2018-12-31"]


@pytest.mark.parametrize("kind", ["vetting", "okänt", "\0", "", "x" * 5000])
def test_a_kind_that_was_never_noted_is_nothing_to_begin_with(as_coordinator, agency, kind):
    response = as_coordinator.get(f"/myndigheter/{agency.pk}/hinder/nytt/", {"slag": kind})
    assert opened(response).get("kind", [""]) == [""]


def test_noted_again_it_is_a_row_of_its_own(as_coordinator, agency, resolved):
    assertContains(as_coordinator.get(resolved.get_absolute_url()), "Notera igen")
    assert note(as_coordinator, agency, kind=ObstacleKind.NO_TIME, noted_on="2018-11-01").status_code == 302
    again, first = agency.obstacles.all()
    assert stored(first) == (ObstacleKind.NO_TIME, "", date(2018, 5, 1), date(2018, 9, 1))
    assert stored(again) == (ObstacleKind.NO_TIME, "", date(2018, 11, 1), None)


def test_a_day_before_2016_is_refused_in_words(as_coordinator, agency):
    response = note(as_coordinator, agency, noted_on="2015-12-31")
    assert errors(response) == {"noted_on": ["Datumet kan inte vara före 2016-01-01."]}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kind", ""),
        ("kind", "okänt"),
        ("kind", "\0"),
        ("words", "å" * 301),
        ("words", "Fråga 850709-9805"),
        ("words", "Samordningsnummer ８５０７６９-９８０２"),
        ("words", "Ord\0"),
        ("noted_on", ""),
        ("noted_on", "2019-01-01"),
        ("noted_on", "2015-12-31"),
        ("noted_on", "i går"),
        ("noted_on", "9999-12-31"),
    ],
)
def test_what_cannot_be_is_answered_beside_the_field(as_coordinator, agency, field, value):
    response = note(as_coordinator, agency, **{"words": "Viktiga ord"} | {field: value})
    assert list(errors(response)) == [field]
    if "\0" not in value:
        assert opened(response).get(field, [""]) == ([value] if value != "okänt" else [""])
    assert not agency.obstacles.exists()


# Resolving


def test_an_obstacle_is_resolved_today_with_one_action(as_coordinator, coordinator, agency, obstacle, today):
    response = as_coordinator.post(f"/hinder/{obstacle.pk}/lost/")
    assertRedirects(response, agency.get_absolute_url(), fetch_redirect_response=False)
    assert told(response) == ["Löst: Saknar handledare: Till våren"]
    assert stored(obstacle)[3] == today
    assert obstacle.history.first().history_user == coordinator
    page = as_coordinator.get(response.url)
    assertContains(page, f'action="/hinder/{obstacle.pk}/olost/"')
    assert list(page.context["obstacles"]) == []


def test_it_can_be_undone(as_coordinator, obstacle):
    as_coordinator.post(f"/hinder/{obstacle.pk}/lost/")
    response = as_coordinator.post(f"/hinder/{obstacle.pk}/olost/")
    assert told(response)[-1] == "Olöst igen: Saknar handledare: Till våren"
    assert stored(obstacle)[3] is None
    assert [entry.resolved_on for entry in obstacle.history.all()] == [None, date(2018, 12, 31), None]


def test_an_obstacle_is_resolved_only_once(as_coordinator, resolved):
    response = as_coordinator.post(f"/hinder/{resolved.pk}/lost/")
    assert told(response) == ["Hindret är redan löst sedan 2018-09-01."]
    assert stored(resolved)[3] == date(2018, 9, 1)


def test_an_obstacle_is_not_opened_again_when_it_has_been_noted_again(as_coordinator, agency, resolved):
    ObstacleFactory(agency=agency, kind=resolved.kind, noted_on=date(2018, 11, 1))
    response = as_coordinator.post(f"/hinder/{resolved.pk}/olost/")
    assert told(response) == ["Samma hinder har noterats igen efter det."]
    assert stored(resolved)[3] == date(2018, 9, 1)


def test_another_obstacle_is_opened_again_beside_others_of_its_kind(agency):
    first = ObstacleFactory(agency=agency, kind=ObstacleKind.OTHER, words="A", resolved_on=date(2018, 12, 20))
    ObstacleFactory(agency=agency, kind=ObstacleKind.OTHER, words="B")
    assert lifecycle.reopen_obstacle(first).resolved_on is None


def test_opening_an_open_obstacle_leaves_it_open(obstacle):
    assert lifecycle.reopen_obstacle(obstacle).resolved_on is None


def test_the_verb_refuses_a_day_that_has_not_come(obstacle, today):
    with pytest.raises(LifecycleError, match="Dagen har inte varit än"):
        lifecycle.resolve_obstacle(obstacle, on=today + timedelta(days=1))
    assert stored(obstacle)[3] is None


def test_the_verb_refuses_a_day_before_it_was_noted(obstacle):
    with pytest.raises(LifecycleError, match="innan det noterades"):
        lifecycle.resolve_obstacle(obstacle, on=date(2018, 9, 30))
    assert lifecycle.resolve_obstacle(obstacle, on=date(2018, 10, 1)).resolved_on == date(2018, 10, 1)


@pytest.mark.parametrize(("place", "leads_to"), [("/hinder/1/", "/hinder/1/"), ("//ond.example.com", None)])
@pytest.mark.parametrize("verb", ["lost", "olost", "galler"])
def test_it_leads_back_to_where_one_was(as_coordinator, agency, obstacle, place, leads_to, verb):
    response = as_coordinator.post(f"/hinder/{obstacle.pk}/{verb}/", {"tillbaka": place})
    assertRedirects(response, leads_to or agency.get_absolute_url(), fetch_redirect_response=False)


# Changing


def test_an_obstacle_is_changed(as_coordinator, agency, obstacle):
    response = change(as_coordinator, obstacle, words="Till hösten", noted_on="2018-10-02", resolved_on="2018-12-01")
    assertRedirects(response, agency.get_absolute_url(), fetch_redirect_response=False)
    assert stored(obstacle) == (ObstacleKind.NO_TUTOR, "Till hösten", date(2018, 10, 2), date(2018, 12, 1))
    assert obstacle.history.count() == 2


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"resolved_on": "2018-09-30"}, "__all__", "Ett hinder kan inte vara löst innan det noterades."),
        ({"resolved_on": "2019-01-01"}, "resolved_on", "Dagen har inte varit än. Välj i dag eller tidigare."),
        ({"noted_on": "2019-01-01"}, "noted_on", "Dagen har inte varit än. Välj i dag eller tidigare."),
        ({"kind": "other", "words": ""}, "__all__", "Skriv vilket hinder det är när du väljer Annat."),
    ],
)
def test_a_change_that_breaks_a_rule_is_refused_in_words(as_coordinator, obstacle, typed, field, words):
    before = stored(obstacle)
    response = change(as_coordinator, obstacle, **typed)
    assert errors(response) == {field: [words]}
    assert stored(obstacle) == before


def test_an_obstacle_may_be_resolved_the_day_it_was_noted(as_coordinator, obstacle):
    assert change(as_coordinator, obstacle, resolved_on="2018-10-01").status_code == 302


def test_an_obstacle_is_not_changed_into_one_that_stands_already(as_coordinator, agency, obstacle, resolved):
    ObstacleFactory(agency=agency, kind=ObstacleKind.VETTING)
    response = change(as_coordinator, obstacle, kind=ObstacleKind.VETTING)
    assert errors(response) == {"__all__": ["Det hindret är redan noterat och olöst."]}
    assert change(as_coordinator, obstacle, kind=ObstacleKind.NO_TIME).status_code == 302


def test_opening_it_again_in_the_form_heeds_the_one_noted_since(as_coordinator, agency, resolved):
    ObstacleFactory(agency=agency, kind=resolved.kind, noted_on=date(2018, 11, 1))
    response = change(as_coordinator, resolved, resolved_on="")
    assert errors(response) == {"__all__": ["Det hindret är redan noterat och olöst."]}


def test_two_who_change_the_same_obstacle_lose_nothing(as_coordinator, log_in, obstacle):
    as_colleague, address = log_in(UserFactory(name="Olle Kollega")), f"/hinder/{obstacle.pk}/andra/"
    mine, theirs = as_coordinator.get(address), as_colleague.get(address)
    as_colleague.post(address, filled(theirs, kind=ObstacleKind.NO_MONEY, words="Deras ord"))
    response = as_coordinator.post(address, filled(mine, words="Mina ord"))
    told_of = {each.label: (each.now, each.typed, each.taken_in) for each in response.context["form"].meanwhile}
    assert told_of == {
        "Slag": ("Saknar medel för omkostnader", "Saknar handledare", True),
        "Med ord": ("Deras ord", "Mina ord", False),
    }
    assert as_coordinator.post(address, filled(response)).status_code == 302
    assert stored(obstacle)[:2] == (ObstacleKind.NO_MONEY, "Mina ord")


def test_one_that_is_resolved_meanwhile_is_pointed_out(as_coordinator, obstacle, today):
    address = f"/hinder/{obstacle.pk}/andra/"
    mine = as_coordinator.get(address)
    lifecycle.resolve_obstacle(obstacle, on=today)
    response = as_coordinator.post(address, filled(mine, words="Mina ord"))
    (changed,) = response.context["form"].meanwhile
    assert (changed.label, changed.now, changed.taken_in) == ("Löst", "2018-12-31", True)
    assert opened(response)["resolved_on"] == ["2018-12-31"]


# Its page


def test_the_page_tells_where_it_came_up_and_what_became_of_it(as_coordinator, agency):
    dialogue = DialogueFactory(agency=agency)
    obstacle = ObstacleFactory(agency=agency, dialogue=dialogue, kind=ObstacleKind.OTHER, words="<script>alert(1)")
    response = as_coordinator.get(obstacle.get_absolute_url())
    assertTemplateUsed(response, "agencies/obstacle_page.html")
    for words in ("Annat", "2018-12-17", dialogue.get_absolute_url(), "inte än", "/historik/hinder/"):
        assertContains(response, words)
    assertNotContains(response, "<script>alert(1)")
    assertNotContains(response, "Främmande")


@pytest.mark.parametrize("path", ["", "andra/", "lost/", "olost/", "galler/"])
@pytest.mark.parametrize("pk", ["0", "9" * 19, "9" * 30])
def test_an_obstacle_that_is_not_there_is_not_found(as_coordinator, path, pk):
    method = as_coordinator.post if path in ("lost/", "olost/", "galler/") else as_coordinator.get
    assert method(f"/hinder/{pk}/{path}").status_code == 404


# Who may


@pytest.mark.parametrize("client", ["as_officer", "as_steering", "as_administrator"])
def test_only_a_coordinator_has_to_do_with_obstacles(client, request, officer, agency, obstacle, resolved):
    OfficeFactory(officers=[officer], municipalities=agency.municipalities.all())
    browser = request.getfixturevalue(client)
    sent = {"kind": "vetting", "noted_on": "2018-12-01", "words": "Kapat"}
    responses = [
        browser.get(obstacle.get_absolute_url()),
        browser.post(f"/myndigheter/{agency.pk}/hinder/nytt/", sent),
        browser.post(f"/hinder/{obstacle.pk}/andra/", sent),
        browser.post(f"/hinder/{obstacle.pk}/lost/"),
        browser.post(f"/hinder/{resolved.pk}/olost/"),
        browser.post(f"/hinder/{obstacle.pk}/galler/"),
    ]
    for response in responses:
        assertContains(response, "Den visas för koordinator.", status_code=403)
        assertNotContains(response, "Till våren", status_code=403)
    assert stored(obstacle) == (ObstacleKind.NO_TUTOR, "Till våren", date(2018, 10, 1), None)
    assert stored(resolved)[3] == date(2018, 9, 1)
    assert agency.obstacles.count() == 2


@pytest.mark.parametrize("verb", ["lost", "olost"])
def test_looking_changes_nothing(as_coordinator, obstacle, resolved, verb):
    for each in (obstacle, resolved):
        before = stored(each)
        assert as_coordinator.get(f"/hinder/{each.pk}/{verb}/").status_code == 405
        assert stored(each) == before


def test_the_other_agency_s_obstacles_are_left_alone(as_coordinator, agency, obstacle, stranger):
    as_coordinator.post(f"/hinder/{obstacle.pk}/lost/")
    assert stranger.obstacles.filter(resolved_on__isnull=True).count() == 2
    assert all(each.history.count() == 1 for each in stranger.obstacles.all())


def test_what_is_resolved_tomorrow_stands_today(agency, today):
    tomorrow = today + timedelta(days=1)
    ObstacleFactory(agency=agency, kind=ObstacleKind.NO_MONEY, resolved_on=tomorrow)
    ObstacleFactory(agency=agency, kind=ObstacleKind.NO_MATCH, resolved_on=today)
    assert [each.kind for each in agency.obstacles.unresolved(on=today)] == [ObstacleKind.NO_MONEY]
    assert not agency.obstacles.unresolved(on=tomorrow).exists()
