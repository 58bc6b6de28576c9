"""The places of the demonstration on its day, 2018-12-31: the report's figures, and something of everything to do."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import models, transaction

from agencies.models import Agency, Office
from placements import lifecycle
from placements.choices import AnswerKind, FollowUp, Outcome, State
from placements.figures import standing
from placements.models import Confirmation, Deed, Extension, Handover, MatchingOrder, OrderAnswer, Placement, Programme
from praktik.accounts.models import User
from praktik.demo import build, officers
from praktik.demo.cast import PROFILES
from praktik.demo.diary import is_working_day
from praktik.demo.fitting import is_willing

LAST_DAY = date(2018, 12, 31)
THE_OFFICERS = {"Arbetsförmedlingen Härnösand", "Arbetsförmedlingen Kramfors"}

pytestmark = [
    pytest.mark.once,
    pytest.mark.django_db,
    pytest.mark.usefixtures("demonstration"),
]


def open_orders() -> models.QuerySet[MatchingOrder]:
    return MatchingOrder.objects.open(on=LAST_DAY).select_related("agency", "office")


def by_programme(places: models.QuerySet[Placement]) -> dict[str, int]:
    return dict(Counter(places.values_list("programme__code", flat=True)))


@pytest.mark.parametrize(("year", "started"), [(2017, {"PIS": 32, "MBJ": 34}), (2018, {"PIS": 18, "MBJ": 25})])
def test_results_are_those_of_the_report(year, started):
    period = date(year, 1, 1), date(year, 12, 31)
    assert by_programme(Placement.objects.started_between(*period, on=LAST_DAY)) == started
    assert not Placement.objects.filter(started_on__lt=date(2017, 3, 13)).exists()


def test_31_places_of_59_were_extended_once():
    extensions = Extension.objects.select_related("placement__programme")
    assert Counter((each.placement.programme.code, each.decided_on.year) for each in extensions) == {
        ("MBJ", 2017): 7,
        ("MBJ", 2018): 24,
    }
    assert len({each.placement_id for each in extensions}) == 31
    for each in extensions:
        assert 180 <= (each.new_end - each.previous_end).days <= 366
        assert each.placement.started_on < each.decided_on < each.previous_end
        assert each.new_end == each.placement.planned_end


def test_60_places_are_agreed_for_the_spring():
    agreed = Placement.objects.agreed(on=LAST_DAY)
    assert by_programme(agreed) == {"PIS": 35, "MBJ": 25}
    months = Counter(place.planned_start.month for place in agreed)
    assert set(months) == {1, 2, 3, 4, 5}
    assert max(months.values()) < 25
    assert min(place.planned_start for place in agreed) >= date(2019, 1, 14)
    assert 8 <= Placement.objects.withdrawn(on=LAST_DAY).count() <= 12


def test_the_stop_of_the_jobs_is_not_known():
    jobs = Programme.objects.get(code="MBJ")
    assert jobs.last_day is None
    assert jobs.history.latest().target_groups.count() == 2
    assert set(Programme.objects.startable(on=date(2019, 6, 1)).values_list("code", flat=True)) == {"PIS", "MBJ"}


def test_nothing_has_happened_after_the_last_day():
    planned = {"planned_start", "planned_end", "employed_until", "next_on", "answer_by", "new_end", "previous_end"}
    planned.add("start_on")
    for model in (Placement, Extension, Confirmation, MatchingOrder, OrderAnswer, Handover, Deed):
        for field in model._meta.fields:
            if isinstance(field, models.DateField) and field.name not in planned:
                assert not model.objects.filter(**{f"{field.name}__gt": LAST_DAY}).exists(), field


def test_people_act_on_working_days():
    acts = {
        Placement: ("agreed_on", "started_on", "withdrawn_on", "followed_up_on"),
        Extension: ("decided_on",),
        Confirmation: ("on",),
        MatchingOrder: ("sent_on", "hard_since"),
        OrderAnswer: ("on", "replied_on"),
        Handover: ("handed_on", "accepted_on", "returned_on"),
    }
    for model, names in acts.items():
        for name in names:
            for day in model.objects.exclude(**{name: None}).values_list(name, flat=True).distinct():
                assert is_working_day(day), f"{model.__name__}.{name} {day}"


def test_places_are_at_the_agencies_that_were_willing_and_the_large_have_more():
    willing = {profile.name for profile in PROFILES if is_willing(profile)}
    places = Counter(Placement.objects.values_list("agency__name", flat=True))
    assert willing <= set(places)
    assert sum(number for name, number in places.items() if name not in willing) <= 3
    size = {profile.name: profile.employees for profile in PROFILES}
    large = [number for name, number in places.items() if size[name] > 500]
    small = [number for name, number in places.items() if size[name] < 100]
    assert min(large) > max(small)


def test_agreements_rest_on_people_met_by_then():
    for place in Placement.objects.select_related("contact", "agency").prefetch_related("confirmations"):
        first = min(place.confirmations.all(), key=lambda each: each.on, default=None)
        contact = first.previous if first else place.contact
        met = contact.dialogues.order_by("held_on").first().held_on
        assert met <= place.agreed_on
        assert not contact.has_left(on=place.agreed_on)
        assert place.first_contact_on


def test_some_agreements_have_to_be_confirmed_again_and_others_were():
    waiting = Placement.objects.to_confirm(on=LAST_DAY)
    assert waiting.count() == 5
    assert all(place.next_step for place in waiting)
    confirmed = Confirmation.objects.select_related("previous", "contact")
    assert confirmed.count() >= 5
    assert all(each.previous.left_on <= each.on and not each.contact.has_left(on=each.on) for each in confirmed)
    assert Placement.objects.withdrawn(on=LAST_DAY).filter(contact__left_on__lte=LAST_DAY).exists()


def test_orders_hard_to_match_are_open_to_all_offices():
    hard = open_orders().hard(on=LAST_DAY)
    assert sorted((LAST_DAY - order.hard_since).days for order in hard) == [12, 21, 31, 42, 60]
    assert len({order.blocked_by for order in hard}) == 5
    others = OrderAnswer.objects.filter(order__in=hard).exclude(office=models.F("order__office"))
    assert others.values("order").distinct().count() == 2
    # Others were hard to match once, and somebody was found.
    assert 1 <= MatchingOrder.history.exclude(blocked_by="").values("id").distinct().count() - 5 <= 5


def test_orders_stand_at_every_stage():
    waiting = list(open_orders().unanswered())
    assert len(waiting) == 6
    assert sum(order.office.name in THE_OFFICERS for order in waiting) == 2
    assert sum(order.answer_by < LAST_DAY for order in waiting) == 3
    # Two questions of the orders' own offices, and one of another office on an order that is hard to match.
    assert open_orders().asked().count() == 3
    stages = Counter(open_orders().filter(hard_since=None).with_stage().values_list("stage", flat=True))
    assert (stages[AnswerKind.NONE_NOW], stages[AnswerKind.CANDIDATE]) == (4, 14)
    assert 3 <= MatchingOrder.objects.proposed_hard(on=LAST_DAY).count() <= 6
    assert 15 <= Placement.objects.agreed(on=LAST_DAY).filter(order=None).count() <= 22


def test_profiles_are_filled_in():
    for order in MatchingOrder.objects.all():
        assert order.duties.endswith(".")
        assert order.occupation
        assert order.hours
        assert order.prepared
        assert order.expects
    started = Placement.objects.exclude(started_on=None)
    assert started.filter(order=None).count() <= 6
    assert len(set(Placement.objects.values_list("duties", flat=True))) >= 25


def test_handovers_wait_are_returned_and_asked_about():
    waiting = Handover.objects.waiting().select_related("office").prefetch_related("words")
    assert sorted((LAST_DAY - each.handed_on).days for each in waiting) == [4, 11, 13, 18, 19, 25]
    assert sum(each.office.name in THE_OFFICERS for each in waiting) == 3
    assert sorted(len(each.words.all()) for each in waiting) == [0, 0, 0, 0, 2, 2]
    assert Handover.objects.exclude(reason="").count() == 2
    started = Placement.objects.exclude(started_on=None)
    taken = started.filter(
        models.Exists(Handover.objects.filter(placement=models.OuterRef("pk")).exclude(accepted_on=None))
    )
    assert taken.count() / started.count() > 0.7
    for each in Handover.objects.select_related("placement__municipality").prefetch_related("office__municipalities"):
        assert each.placement.municipality in each.office.municipalities.all()


def test_two_pis_led_to_a_job_by_way_of_an_mbj():
    chains = Placement.objects.filter(follows__isnull=False).select_related("follows__programme", "programme")
    for place in chains:
        before = place.follows
        assert (before.programme.code, place.programme.code) == ("PIS", "MBJ")
        assert before.outcome == Outcome.NEXT_PROGRAMME
        assert before.agency_id == place.agency_id
        assert before.ended_on < place.started_on
        assert (before.sex, before.target_group_id) == (place.sex, place.target_group_id)
    done = sorted((place.subsidised, place.employed_until) for place in chains if place.outcome == Outcome.SAME_AGENCY)
    assert done == [(False, None), (True, date(2019, 9, 30))]
    assert Placement.objects.filter(outcome=Outcome.NEXT_PROGRAMME).count() == len(chains)


def test_somebody_hired_after_a_pis_holds_a_place_into_2019():
    riksarkivet = Agency.objects.get(name="Riksarkivet")
    assert standing(riksarkivet, on=LAST_DAY).taken_until == date(2019, 6, 30)


def test_what_came_of_them_is_a_plausible_mix():
    ended = Placement.objects.ended(on=LAST_DAY)
    assert set(ended.values_list("outcome", flat=True)) == set(Outcome.values)
    assert not Placement.objects.filter(programme__code="PIS", started_on__year=2017, ended_on=None).exists()
    broken = ended.filter(outcome__in=(Outcome.BROKEN_BY_PERSON, Outcome.BROKEN_BY_AGENCY))
    assert 3 <= broken.count() <= 8
    early = ended.filter(ended_on__lt=date(2018, 10, 1))
    assert early.exclude(followed_up_on=None).count() / early.count() > 0.8
    assert set(early.values_list("follow_up", flat=True)) == {"", *FollowUp.values}
    groups = Placement.objects.exclude(started_on=None).values_list("programme__code", "target_group__code")
    assert set(groups) == {
        ("PIS", "newly_arrived"),
        ("PIS", "disability"),
        ("MBJ", "newly_arrived"),
        ("MBJ", "long_term_unemployed"),
    }
    assert 2 <= Placement.objects.filter(sex="not_given").count() <= 6


def test_ends_wait_to_be_told_and_others_are_near():
    ongoing = Placement.objects.ongoing(on=LAST_DAY)
    assert sorted(ongoing.filter(planned_end__lt=LAST_DAY).values_list("planned_end", flat=True)) == [
        date(2018, 12, 26),
        date(2018, 12, 28),
    ]
    assert 2 <= ongoing.filter(planned_end__range=(LAST_DAY, LAST_DAY + timedelta(days=30))).count() <= 4


def test_it_takes_months_from_the_first_contact_to_a_start():
    waits = sorted(
        (place.started_on - place.first_contact_on).days for place in Placement.objects.exclude(started_on=None)
    )
    assert 90 <= waits[len(waits) // 2] <= 180
    assert 300 <= waits[-1] <= 380


def test_every_step_was_taken_by_whoever_had_the_place():
    for deed in Deed.objects.filter(verb__in=("start", "extend", "end", "follow_up")).select_related("placement", "by"):
        accepted = deed.placement.handovers.filter(accepted_on__lt=deed.on).select_related("office").first()
        if accepted:
            assert deed.by in accepted.office.officers.all()
        else:
            assert deed.by.role in ("coordinator", "case_officer")


def test_two_places_are_between_chairs_and_can_be_brought_back():
    falling = Placement.objects.falling(on=LAST_DAY).select_related("office")
    assert [place.office.name for place in falling] == [officers.UNMANNED] * 2
    coordinator = User.objects.get(email=build.COORDINATOR)
    with transaction.atomic():
        one, other = falling
        lifecycle.take_back(one, by=coordinator, on=LAST_DAY)
        elsewhere = Office.objects.get(name="Arbetsförmedlingen Sundsvall")
        [handover] = lifecycle.hand_over([other], by=coordinator, office=elsewhere, on=LAST_DAY, note="")
        lifecycle.accept_handover(handover, by=elsewhere.officers.get(), on=LAST_DAY)
        assert not Placement.objects.falling(on=LAST_DAY).exists()
        transaction.set_rollback(True)
    assert Placement.objects.falling(on=LAST_DAY).count() == 2


def test_every_open_place_has_a_next_step_with_a_day():
    still_open = Placement.objects.open(on=LAST_DAY)
    assert not still_open.filter(models.Q(next_step="") | models.Q(next_on=None)).exists()
    late = still_open.filter(next_on__lt=LAST_DAY).count()
    assert 8 <= late <= 20
    states = Counter(place.state(on=LAST_DAY) for place in Placement.objects.all())
    assert set(states) == set(State)
