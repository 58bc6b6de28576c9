"""What is it? Targets, the months that are published, letters, and what is sent besides them."""

from reports.models.letter import Delivery, Letter, LetterCopy, LetterInterval
from reports.models.month import MonthlyReport
from reports.models.notice import Notice, Reminder
from reports.models.target import Target

__all__ = ["Delivery", "Letter", "LetterCopy", "LetterInterval", "MonthlyReport", "Notice", "Reminder", "Target"]
