"""What happens then? One function per verb. Each is atomic, locks its row, guards, and names what it changes.

A guard that fails raises LifecycleError with the rule in Swedish; nothing is then changed.
"""

from agencies.lifecycle.agencies import archive, restore
from agencies.lifecycle.contacts import add_contact, mark_back, mark_gone
from agencies.lifecycle.dialogues import log_dialogue, restore_dialogue, withdraw_dialogue
from agencies.lifecycle.obstacles import note_obstacle, obstacle_stands, reopen_obstacle, resolve_obstacle
from agencies.lifecycle.offices import address_letters
from agencies.lifecycle.steps import finish_step, hand_step, move_step, plan_step, reopen_step, take_back_step
from praktik.records import LifecycleError

__all__ = [
    "LifecycleError",
    "add_contact",
    "address_letters",
    "archive",
    "finish_step",
    "hand_step",
    "log_dialogue",
    "mark_back",
    "mark_gone",
    "move_step",
    "note_obstacle",
    "obstacle_stands",
    "plan_step",
    "reopen_obstacle",
    "reopen_step",
    "resolve_obstacle",
    "restore",
    "restore_dialogue",
    "take_back_step",
    "withdraw_dialogue",
]
