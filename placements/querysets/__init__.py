"""Which rows? Small named filters that chain. The day is always an argument, `on=`."""

from placements.querysets.orders import ASKED, WAITING, MatchingOrderQuerySet
from placements.querysets.places import PlacementQuerySet
from placements.querysets.states import state_is, taken_by_hired, taken_by_job
from placements.querysets.steps import DeedQuerySet, HandoverQuerySet, ProgrammeQuerySet

__all__ = [
    "ASKED",
    "WAITING",
    "DeedQuerySet",
    "HandoverQuerySet",
    "MatchingOrderQuerySet",
    "PlacementQuerySet",
    "ProgrammeQuerySet",
    "state_is",
    "taken_by_hired",
    "taken_by_job",
]
