"""What is it? Targets and the months that are published."""

from reports.models.month import MonthlyReport
from reports.models.target import Target

__all__ = ["MonthlyReport", "Target"]
