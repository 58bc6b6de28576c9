"""What is it? Targets, the months that are published, and letters."""

from reports.models.letter import Delivery, Letter, LetterCopy, LetterInterval
from reports.models.month import MonthlyReport
from reports.models.target import Target

__all__ = ["Delivery", "Letter", "LetterCopy", "LetterInterval", "MonthlyReport", "Target"]
