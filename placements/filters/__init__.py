"""Filtered lists: which rows the address asks for."""

from placements.filters.all_places import OVERDUE, PlacementFilter
from placements.filters.open_places import OpenFilter
from placements.filters.orders import OrderFilter

__all__ = ["OVERDUE", "OpenFilter", "OrderFilter", "PlacementFilter"]
