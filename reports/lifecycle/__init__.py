"""The verbs of the reports' room: targets are set, months published and withdrawn, letters written and sent."""

from reports.lifecycle.letters import WORDS, choose_readers, choose_roles, discard, draft, set_interval
from reports.lifecycle.letters import write as write_letter
from reports.lifecycle.months import drafted, publish, withdraw, write
from reports.lifecycle.posting import Ready, freeze, readied, register, send, try_again
from reports.lifecycle.targets import set_target

__all__ = [
    "WORDS",
    "Ready",
    "choose_readers",
    "choose_roles",
    "discard",
    "draft",
    "drafted",
    "freeze",
    "publish",
    "readied",
    "register",
    "send",
    "set_interval",
    "set_target",
    "try_again",
    "withdraw",
    "write",
    "write_letter",
]
