"""What happens then? One function per verb. Each is atomic, locks its row, guards, and names what it changes.

A guard that fails raises LifecycleError with the rule in Swedish; nothing is then changed. Who may do what from which
state stands in `placements.permissions.RULES`. Every step of a place is kept as a `Deed`: the latest can be undone.
"""

from placements.lifecycle.agreements import agree, change, confirm, plan, withdraw
from placements.lifecycle.handovers import accept_handover, ask_about, hand_over, return_handover, take_back
from placements.lifecycle.orders import answer, flag_hard, order, recall, reply, supplement, take_back_answer, unflag
from placements.lifecycle.persons import end, extend, follow_up, start
from placements.lifecycle.undoing import undo, undo_act
from placements.permissions import NotYours
from praktik.records import LifecycleError

__all__ = [
    "LifecycleError",
    "NotYours",
    "accept_handover",
    "agree",
    "answer",
    "ask_about",
    "change",
    "confirm",
    "end",
    "extend",
    "flag_hard",
    "follow_up",
    "hand_over",
    "order",
    "plan",
    "recall",
    "reply",
    "return_handover",
    "start",
    "supplement",
    "take_back",
    "take_back_answer",
    "undo",
    "undo_act",
    "unflag",
    "withdraw",
]
