"""Reminders of orders that nobody has answered: by themselves in the morning, and when a coordinator asks for one."""

from reports.reminders.by_hand import remind
from reports.reminders.due import Due, due_reminders
from reports.reminders.morning import remind_all

__all__ = ["Due", "due_reminders", "remind", "remind_all"]
