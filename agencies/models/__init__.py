"""Whom we talk to: agencies and their people, the offices, and what was said."""

from agencies.models.agency import Agency, Contact
from agencies.models.county import Municipality, Office, in_short
from agencies.models.dialogue import Dialogue, NextStep, Obstacle

__all__ = ["Agency", "Contact", "Dialogue", "Municipality", "NextStep", "Obstacle", "Office", "in_short"]
