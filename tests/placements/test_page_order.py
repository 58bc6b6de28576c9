"""An order's page: what is asked for and what the offices say; answered, asked about, flagged, changed, recalled."""

from datetime import date

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects, assertTemplateUsed

from placements import lifecycle
from placements.choices import AnswerKind, Requirement
from placements.models import MatchingOrder, OrderAnswer
from praktik.accounts.roles import Role
from tests.agencies.browsing import errors, opened, told
from tests.factories import ContactFactory, OfficeFactory, UserFactory
from tests.placements.lives import IDENTITY, rows
from tests.placements.pages import (
    OTHER_OFFICE,
    agreed,
    cost,
    filled,
    forbidden,
    ordered,
    press,
    send,
    undo_address,
    ways,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def as_own(log_in, own_officer, office):
    return log_in(own_officer)


@pytest.fixture
def stranger(db):
    """The officer of another office, which has an order of its own."""
    officer = UserFactory(name="Sven Främmande", role=Role.CASE_OFFICER)
    OfficeFactory(name="Arbetsförmedlingen Ånge", officers=[officer])
    return officer


@pytest.fixture
def as_stranger(log_in, stranger):
    return log_in(stranger)


@pytest.fixture
def places(coordinator, agency):
    return agreed(coordinator, 2, agency=agency)


@pytest.fixture
def order(places, coordinator, office):
    """An order for two places of one agency to `office`, which has not answered."""
    return ordered(places, coordinator, office)


def flagged(order, by, **more):
    told = {"requirement": Requirement.LICENCE} | more
    return lifecycle.flag_hard(order, by=by, on=date(2018, 12, 20), **told)


def question(order, officer):
    told = {"on": date(2018, 12, 17), "text": "När börjar dagen?", "kind": AnswerKind.MORE_INFORMATION}
    return lifecycle.answer(order, by=officer, office=order.office, **told)


def offers(browser, order) -> list[str]:
    """What can be done, in the words on the buttons."""
    response = browser.get(order.get_absolute_url())
    own = f"/order/{order.pk}/"
    return [words for words, way in ways(response) if way.startswith((own, "/svar/")) and way != own]


# What it tells


PROFILE = {
    "duties": "Ordna arkivet",
    "occupation": "arkivassistent",
    "hours": "75 %",
    "swedish": "write",
    "licence": "car",
    "computer": "good",
    "citizenship": True,
    "vetting": True,
    "start_on": date(2019, 2, 1),
    "prepared": "Ett eget rum.",
    "expects": "Att någon vill stanna.",
}


def test_it_tells_what_is_asked_for(as_coordinator, as_own, coordinator, office, agency):
    tutor = ContactFactory(agency=agency, name="Hedda Handledare")
    [place] = agreed(coordinator, agency=agency)
    order = ordered([place], coordinator, office, tutor=tutor, **PROFILE)
    for browser in (as_coordinator, as_own):
        response = browser.get(order.get_absolute_url())
        assertTemplateUsed(response, "placements/order_page.html")
        for words in (
            "Order till Arbetsförmedlingen Sollefteå",
            "Trafikverket",
            "Skickad 2018-12-10 av Karin Koordinator",
            "Svar senast 2018-12-24",
            "Väntar på svar",
            "Ordna arkivet",
            "arkivassistent",
            "75 %",
            "Talar och skriver",
            "Personbil (B)",
            "God vana",
            "svenskt medborgarskap, säkerhetsprövning",
            "Hedda Handledare",
            "2019-02-01",
            "Ett eget rum.",
            "Att någon vill stanna.",
            "Inget kontor har svarat än.",
        ):
            assertContains(response, words)
        assert ("Arkiv", place.get_absolute_url()) in ways(response)


def test_the_answers_stand_there_the_latest_first_with_their_replies(as_own, coordinator, own_officer, order):
    lifecycle.reply(question(order, own_officer), by=coordinator, on=date(2018, 12, 18), text="Klockan åtta.")
    given = {"by": own_officer, "office": order.office, "on": date(2018, 12, 19)}
    lifecycle.answer(order, kind=AnswerKind.NONE_NOW, text="Försöker igen i vår.", **given)
    response = as_own.get(order.get_absolute_url())
    assert [each.kind for each in response.context["answers"]] == ["none_now", "more_information"]
    for words in ("När börjar dagen?", "2018-12-18, koordinatorn: Klockan åtta.", "Försöker igen i vår.", "Olga"):
        assertContains(response, words)


def test_what_has_become_of_its_places_is_told(as_own, coordinator, order, places):
    first, second = places
    group = first.target_groups.first()
    days = {"started_on": date(2018, 12, 17), "planned_end": date(2019, 3, 1)}
    lifecycle.start(first, by=coordinator, target_group=group, sex="man", **days)
    lifecycle.withdraw(second, by=coordinator, on=date(2018, 12, 18), reason="Ny chef")
    response = as_own.get(order.get_absolute_url())
    for words in ("startade 2018-12-17", "tillbakadragen 2018-12-18", "Stängd: ingen av platserna väntar"):
        assertContains(response, words)


def test_markup_is_shown_as_text(as_own, coordinator, office, places):
    nasty = "<script>alert(1)</script>"
    order = ordered(places, coordinator, office, duties=nasty, prepared=nasty)
    assertNotContains(as_own.get(order.get_absolute_url()), "<script>alert")


# What is open to whom

COORDINATORS = ["Anteckna kontorets svar …", "Påminn", "Märk som svårmatchad …", "Ändra ordern", "Återta ordern"]


def test_the_buttons_of_each_reader(as_coordinator, as_own, as_stranger, as_officer, order):
    assert offers(as_coordinator, order) == COORDINATORS
    assert offers(as_own, order) == ["Svara …", "Märk som svårmatchad …"]
    assert offers(as_stranger, order) == offers(as_officer, order) == []


def test_a_hard_order_is_open_to_every_office(as_coordinator, as_own, as_stranger, as_officer, coordinator, order):
    flagged(order, coordinator)
    change = "Ändra det som hindrar …"
    assert offers(as_own, order) == ["Svara …", change, "Inte längre svårmatchad"]
    assert offers(as_stranger, order) == ["Svara …"]
    assert offers(as_officer, order) == []
    assert offers(as_coordinator, order) == [
        *COORDINATORS[:2],
        change,
        "Inte längre svårmatchad",
        *COORDINATORS[3:],
    ]


def test_a_question_is_the_coordinator_s_to_reply_to(as_coordinator, as_own, own_officer, order):
    question(order, own_officer)
    assert "Svara på frågan …" in offers(as_coordinator, order)
    assert "Svara på frågan …" not in offers(as_own, order)
    assertContains(as_own.get(order.get_absolute_url()), "Väntar på koordinatorn.")


def test_a_closed_or_recalled_order_has_nothing_to_be_done(
    as_coordinator, as_own, as_stranger, coordinator, own_officer, order, places
):
    question(order, own_officer)
    flagged(order, coordinator)
    for place in places:
        lifecycle.withdraw(place, by=coordinator, on=date(2018, 12, 28), reason="Ny chef")
    for browser in (as_coordinator, as_own, as_stranger):
        assert offers(browser, order) == []
    other = ordered(agreed(coordinator), coordinator, order.office)
    lifecycle.recall(other, by=coordinator, on=date(2018, 12, 28))
    for browser in (as_coordinator, as_own):
        assert offers(browser, other) == []
        assertContains(browser.get(other.get_absolute_url()), "Återtagen 2018-12-28")


def test_after_28_days_without_a_start_it_is_proposed_as_hard(as_coordinator, as_own, coordinator, agency, office):
    places = agreed(coordinator, 2, agency=agency, agreed_on=date(2018, 11, 1))
    young, old = (
        lifecycle.order([place], by=coordinator, office=office, sent_on=sent_on, profile="Arkiv")
        for place, sent_on in zip(places, (date(2018, 12, 4), date(2018, 12, 3)), strict=True)
    )
    words = "Ordern har stått i 28 dagar utan start. Märk den som svårmatchad"
    for browser in (as_coordinator, as_own):
        assertContains(browser.get(old.get_absolute_url()), words)
        assertNotContains(browser.get(young.get_absolute_url()), "28 dagar")
    flagged(old, coordinator)
    assertNotContains(as_coordinator.get(old.get_absolute_url()), "28 dagar")


# Answering


def answer(browser, order, **typed):
    return send(browser, f"/order/{order.pk}/svara/", **{"kind": AnswerKind.CANDIDATE, "text": ""} | typed)


@pytest.mark.parametrize(
    ("kind", "text", "step"),
    [
        (AnswerKind.CANDIDATE, "", "Starta platsen"),
        (AnswerKind.NONE_NOW, "Kanske i vår.", "Fråga ett annat kontor, eller vänta"),
        (AnswerKind.MORE_INFORMATION, "När börjar dagen?", "Svara på frågan från Arbetsförmedlingen Sollefteå"),
    ],
)
def test_the_office_answers_and_the_places_have_another_step(as_own, own_officer, order, kind, text, step):
    response = answer(as_own, order, kind=kind, text=text)
    assertRedirects(response, order.get_absolute_url(), fetch_redirect_response=False)
    assert told(response) == ["Svaret är sparat."]
    given = order.answers.get()
    assert (given.kind, given.text, given.office, given.by) == (kind, text, order.office, own_officer)
    assert given.on == date(2018, 12, 31)
    assert set(order.placements.values_list("next_step", flat=True)) == {step}


def test_an_answer_given_by_mistake_is_taken_back_from_the_message(as_own, order):
    before = list(order.placements.values_list("next_step", "next_on"))
    response = answer(as_own, order)
    undone = press(as_own, undo_address(response))
    assert told(undone)[-1]
    assert not OrderAnswer.objects.exists()
    assert list(order.placements.values_list("next_step", "next_on")) == before


def test_an_answer_that_was_replied_to_is_not_taken_back(as_own, coordinator, order):
    response = answer(as_own, order, kind=AnswerKind.MORE_INFORMATION, text="När?")
    lifecycle.reply(order.answers.get(), by=coordinator, on=date(2018, 12, 31), text="Klockan åtta.")
    undone = press(as_own, undo_address(response))
    assert told(undone)[-1] == "Koordinatorn har redan svarat på frågan."
    assert order.answers.exists()


def test_a_double_click_answers_once(as_own, order):
    address = f"/order/{order.pk}/svara/"
    data = filled(as_own.get(address), kind=AnswerKind.CANDIDATE)
    for _ in range(2):
        assert press(as_own, address, **data).status_code == 302
    assert order.answers.count() == 1


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"kind": "more_information"}, "text", "Skriv vad ni behöver veta."),
        ({"kind": "none_now", "text": f"Gäller {IDENTITY}"}, "text", "personnummer"),
        ({"kind": "none_now", "text": "å" * 2001}, "text", "2001 tecken"),
        ({"kind": ""}, "kind", "Välj något av alternativen."),
        ({"kind": "maybe", "text": "Kanske"}, "kind", "Välj något av det som visas."),
    ],
)
def test_an_answer_that_cannot_be_kept_stays_in_the_form(as_own, order, typed, field, words):
    before = rows()
    response = answer(as_own, order, **typed)
    assert list(errors(response)) == [field]
    assert words in errors(response)[field][0]
    assert opened(response)["text"] == [typed.get("text", "")]
    assertContains(response, "Det som söks")
    assert rows() == before


def test_the_profile_stands_beside_the_answer(as_own, order):
    assertContains(as_own.get(f"/order/{order.pk}/svara/"), "Förstår och talar")


def test_another_office_answers_only_what_is_hard(as_stranger, stranger, coordinator, order):
    forbidden(as_stranger.get(f"/order/{order.pk}/svara/"), OTHER_OFFICE)
    flagged(order, coordinator)
    before = set(order.placements.values_list("next_step", flat=True))
    assert answer(as_stranger, order, kind=AnswerKind.NONE_NOW).status_code == 302
    assert order.answers.get().office == stranger.offices.get()
    # The order still waits for the office it was sent to, until somebody has found anyone.
    assert set(order.placements.values_list("next_step", flat=True)) == before
    assert answer(as_stranger, order, kind=AnswerKind.CANDIDATE).status_code == 302
    assert set(order.placements.values_list("next_step", flat=True)) == {"Starta platsen"}


@pytest.mark.parametrize("forged", ["0", "9" * 30, "²", "\0"])
def test_an_officer_answers_for_no_other_office(as_stranger, coordinator, order, forged):
    flagged(order, coordinator)
    before = rows()
    for office in (forged, order.office_id, OfficeFactory().pk):
        assert list(errors(answer(as_stranger, order, office=office))) == ["office"]
    assert {table: found for table, found in rows().items() if "placements_" in table} == before


def test_an_officer_of_no_office_is_told_so(as_officer, coordinator, order):
    flagged(order, coordinator)
    assert as_officer.get(f"/order/{order.pk}/svara/").status_code == 403


def test_a_coordinator_notes_an_answer_for_the_office_or_for_any_once_it_is_hard(as_coordinator, coordinator, order):
    def fields():
        return as_coordinator.get(f"/order/{order.pk}/svara/").context["form"].fields["office"].queryset

    other = OfficeFactory(name="Arbetsförmedlingen Timrå")
    OfficeFactory(name="Stängt", closed_on=date(2018, 12, 31))
    assert list(fields()) == [order.office]
    flagged(order, coordinator)
    assert set(fields()) == {order.office, other}
    assert answer(as_coordinator, order, office=other.pk).status_code == 302
    assert order.answers.get().office == other


def test_somebody_recalled_it_meanwhile(as_own, coordinator, order):
    address = f"/order/{order.pk}/svara/"
    data = filled(as_own.get(address), kind=AnswerKind.NONE_NOW, text="Kanske i vår.")
    lifecycle.recall(order, by=coordinator, on=date(2018, 12, 31))
    response = press(as_own, address, **data)
    assert errors(response) == {"__all__": ["Ordern är återtagen sedan 2018-12-31."]}
    assert opened(response)["text"] == ["Kanske i vår."]


# Replying


def test_the_coordinator_replies_and_the_order_waits_for_the_office_again(as_coordinator, own_officer, order):
    asked = question(order, own_officer)
    form = as_coordinator.get(f"/svar/{asked.pk}/svara/")
    assertContains(form, "När börjar dagen?")
    response = send(as_coordinator, f"/svar/{asked.pk}/svara/", text="Klockan åtta.")
    assert response.url.partition("#")[0] == order.get_absolute_url()
    asked.refresh_from_db()
    assert (asked.reply, asked.replied_on) == ("Klockan åtta.", date(2018, 12, 31))
    assert MatchingOrder.objects.unanswered().get() == order


@pytest.mark.parametrize(
    ("text", "words"), [("", "Fyll i"), (f"Ring {IDENTITY}", "personnummer"), ("å" * 2001, "2001")]
)
def test_a_reply_that_cannot_be_kept_stays_in_the_form(as_coordinator, own_officer, order, text, words):
    asked = question(order, own_officer)
    response = send(as_coordinator, f"/svar/{asked.pk}/svara/", text=text)
    assert words in errors(response)["text"][0]
    assert opened(response)["text"] == [text]


def test_a_question_is_replied_to_once(as_coordinator, coordinator, own_officer, order):
    asked = question(order, own_officer)
    data = filled(as_coordinator.get(f"/svar/{asked.pk}/svara/"), text="Klockan nio.")
    lifecycle.reply(asked, by=coordinator, on=date(2018, 12, 31), text="Klockan åtta.")
    response = press(as_coordinator, f"/svar/{asked.pk}/svara/", **data)
    assert errors(response) == {"__all__": ["Det finns ingen obesvarad fråga här."]}
    assert opened(response)["text"] == ["Klockan nio."]


# Hard to match


@pytest.mark.parametrize("client", ["as_coordinator", "as_own"])
def test_it_is_flagged_with_what_blocks_and_unflagged(request, client, order):
    browser = request.getfixturevalue(client)
    response = send(browser, f"/order/{order.pk}/svarmatchad/", requirement="licence", words="C-körkort")
    assertRedirects(response, order.get_absolute_url(), fetch_redirect_response=False)
    order.refresh_from_db()
    assert (order.hard_since, order.blocked_by) == (date(2018, 12, 31), "licence")
    assertContains(browser.get(order.get_absolute_url()), "Svårmatchad 0 dagar: körkort: C-körkort")
    press(browser, f"/order/{order.pk}/inte-svarmatchad/")
    order.refresh_from_db()
    assert (order.hard_since, order.blocked_by, order.blocked_words) == (None, "", "")


def test_what_blocks_is_changed_and_since_when_stays(as_own, coordinator, order):
    flagged(order, coordinator, words_on_it="C-körkort")
    form = opened(as_own.get(f"/order/{order.pk}/svarmatchad/"))
    assert (form["requirement"], form["words"]) == (["licence"], ["C-körkort"])
    send(as_own, f"/order/{order.pk}/svarmatchad/", requirement="hours", words="")
    order.refresh_from_db()
    assert (order.hard_since, order.blocked_by, order.blocked_words) == (date(2018, 12, 20), "hours", "")


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"requirement": "other"}, "words", "Skriv vad det är som hindrar."),
        ({"words": "C-körkort"}, "requirement", "Välj något av alternativen."),
        ({"requirement": "age", "words": "Ung"}, "requirement", "Välj något av det som visas."),
        ({"requirement": "other", "words": f"Som {IDENTITY}"}, "words", "personnummer"),
        ({"requirement": "other", "words": "å" * 201}, "words", "201 tecken"),
    ],
)
def test_a_flag_says_what_blocks(as_own, order, typed, field, words):
    before = rows()
    response = send(as_own, f"/order/{order.pk}/svarmatchad/", **typed)
    assert list(errors(response)) == [field]
    assert words in errors(response)[field][0]
    assert opened(response)["words"] == [typed.get("words", "")]
    assert rows() == before


# Changed and recalled


def test_what_it_asks_for_is_changed_and_the_office_reads_it(as_coordinator, as_own, order):
    response = send(as_coordinator, f"/order/{order.pk}/andra/", occupation="arkivarie", answer_by="2019-01-15")
    assertRedirects(response, order.get_absolute_url(), fetch_redirect_response=False)
    assert told(response) == ["Ändringen är sparad. Kontoret ser den."]
    assertContains(as_own.get(order.get_absolute_url()), "arkivarie")
    assert set(order.placements.values_list("next_on", flat=True)) == {date(2019, 1, 15)}
    assertContains(as_own.get(f"/historik/order/{order.pk}/"), "arkivarie")


def test_two_who_change_an_order_lose_nothing(as_coordinator, log_in, order):
    as_colleague, address = log_in(UserFactory(name="Olle Kollega")), f"/order/{order.pk}/andra/"
    mine, theirs = as_coordinator.get(address), as_colleague.get(address)
    press(as_colleague, address, **filled(theirs, occupation="arkivarie", expects="Två terminer"))
    response = press(as_coordinator, address, **filled(mine, occupation="arkivassistent"))
    assertContains(response, "Ändrat medan du skrev, av Olle Kollega")
    assert opened(response)["occupation"] == ["arkivassistent"]
    assert opened(response)["expects"] == ["Två terminer"]
    assert press(as_coordinator, address, **filled(response)).status_code == 302
    order.refresh_from_db()
    assert (order.occupation, order.expects) == ("arkivassistent", "Två terminer")


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"duties": ""}, "duties", "Fyll i det här."),
        ({"duties": f"Som {IDENTITY}"}, "duties", "personnummer"),
        ({"expects": f"Som {IDENTITY}"}, "expects", "personnummer"),
        ({"answer_by": "2018-12-09"}, "__all__", "Svar senast 2018-12-09 kan inte vara före"),
        ({"swedish": "perfect"}, "swedish", "Välj något av det som visas."),
        ({"tutor": "0"}, "tutor", "Välj något av det som visas."),
    ],
)
def test_a_change_that_cannot_be_kept_stays_in_the_form(as_coordinator, order, typed, field, words):
    before = rows()
    response = send(as_coordinator, f"/order/{order.pk}/andra/", **{"occupation": "arkivarie"} | typed)
    assert list(errors(response)) == [field]
    assert words in errors(response)[field][0]
    assert opened(response)["occupation"] == ["arkivarie"]
    assert rows() == before


def test_a_recalled_order_is_not_changed(as_coordinator, coordinator, order):
    address = f"/order/{order.pk}/andra/"
    data = filled(as_coordinator.get(address), occupation="arkivarie")
    lifecycle.recall(order, by=coordinator, on=date(2018, 12, 31))
    response = press(as_coordinator, address, **data)
    assert response.status_code == 200
    order.refresh_from_db()
    assert order.occupation == ""
    assert opened(response)["occupation"] == ["arkivarie"]


def test_a_recalled_order_leaves_its_places_without_one(as_coordinator, order, places):
    response = press(as_coordinator, f"/order/{order.pk}/aterta/")
    assertRedirects(response, order.get_absolute_url(), fetch_redirect_response=False)
    assert told(response) == ["Ordern är återtagen. Platserna är utan order igen."]
    for place in places:
        place.refresh_from_db()
        assert (place.order, place.next_step) == (None, "Beställ matchning")
    again = press(as_coordinator, f"/order/{order.pk}/aterta/")
    assert told(again)[-1] == "Ordern är återtagen sedan 2018-12-31."


@pytest.mark.parametrize("client", ["as_coordinator", "as_own", "as_stranger"])
def test_it_costs_the_same_however_much_there_is(request, client, coordinator, own_officer, agency, office):
    browser = request.getfixturevalue(client)
    costs = []
    for number in (1, 3):
        order = ordered(agreed(coordinator, number, agency=agency), coordinator, office)
        flagged(order, coordinator)
        for _ in range(number):
            officer = UserFactory(role=Role.CASE_OFFICER)
            given = {"by": officer, "office": OfficeFactory(officers=[officer]), "on": date(2018, 12, 20)}
            lifecycle.answer(order, kind=AnswerKind.MORE_INFORMATION, text="När?", **given)
        costs.append(cost(browser, order.get_absolute_url()))
    assert costs[0] == costs[1] <= 10, costs
