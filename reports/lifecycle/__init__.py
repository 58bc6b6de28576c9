"""The verbs of the reports' room: a target is set, a month is written, published and withdrawn."""

from reports.lifecycle.months import drafted, publish, withdraw, write
from reports.lifecycle.targets import set_target

__all__ = ["drafted", "publish", "set_target", "withdraw", "write"]
