"""The states of a place as conditions on its dates: the one place where that rule stands in SQL.

Rule: domain description, "A place's life is told by dates"; facts dated after the day are unknown.
"""

from datetime import date

from django.db.models import Q

from placements.choices import FollowUp, Outcome, ProgrammeKind, State


def _withdrawn(on: date) -> Q:
    return Q(withdrawn_on__lte=on)


def _ended(on: date) -> Q:
    return Q(ended_on__lt=on)


def _ongoing(on: date) -> Q:
    return Q(started_on__lte=on) & (Q(ended_on__isnull=True) | Q(ended_on__gte=on))


def _agreed(on: date) -> Q:
    not_started = Q(started_on__isnull=True) | Q(started_on__gt=on)
    return Q(agreed_on__lte=on) & not_started & (Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=on))


def state_is(state: str, on: date) -> Q:
    """The rule of a state on a day, where a filter of rows is not enough: in counts of several states at once."""
    return STATES[State(state)](on)


def taken_by_hired(on: date) -> Q:
    """The last place of somebody who began as an intern and whom the agency then employed, and still does as known."""
    internship = Q(programme__kind=ProgrammeKind.INTERNSHIP) | Q(follows__programme__kind=ProgrammeKind.INTERNSHIP)
    last = Q(outcome=Outcome.SAME_AGENCY, ended_on__lt=on, followed_by__isnull=True)
    still = ~Q(follow_up__in=(FollowUp.NONE, FollowUp.STUDIES))
    return internship & last & still & (Q(employed_until__isnull=True) | Q(employed_until__gte=on))


def taken_by_job(on: date) -> Q:
    """An ongoing employment that followed an internship."""
    return state_is(State.ONGOING, on) & Q(
        programme__kind=ProgrammeKind.EMPLOYMENT, follows__programme__kind=ProgrammeKind.INTERNSHIP
    )


STATES = {State.WITHDRAWN: _withdrawn, State.ENDED: _ended, State.ONGOING: _ongoing, State.AGREED: _agreed}
