"""What comes of the dialogues: programmes, places, orders to the offices, handovers, and what was done with them."""

from placements.models.deed import Confirmation, Deed, Extension
from placements.models.handover import Handover, HandoverWord
from placements.models.order import MatchingOrder, OrderAnswer
from placements.models.placement import Placement
from placements.models.programme import Programme, TargetGroup

__all__ = [
    "Confirmation",
    "Deed",
    "Extension",
    "Handover",
    "HandoverWord",
    "MatchingOrder",
    "OrderAnswer",
    "Placement",
    "Programme",
    "TargetGroup",
]
