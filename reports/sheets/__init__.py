"""What is told of a year, of a month, and of a measuring year: the tables together, as one reader may see them."""

from reports.sheets.months import adds_up, month_sheet, published_sheet, told_month
from reports.sheets.sheet import Sheet
from reports.sheets.years import all_years, measuring_sheet, months_only, parts_sheet, year_sheet

__all__ = [
    "Sheet",
    "adds_up",
    "all_years",
    "measuring_sheet",
    "month_sheet",
    "months_only",
    "parts_sheet",
    "published_sheet",
    "told_month",
    "year_sheet",
]
