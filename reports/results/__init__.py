"""The counting: SQL aggregates after the rules of the domain description. Every count is as known on a day, `on=`."""

from reports.results.monthly import Month, monthly
from reports.results.statskontoret import statskontoret
from reports.results.times import Stage, lead_times, waiting
from reports.results.yearly import ProgrammeYear, every_year, yearly

__all__ = [
    "Month",
    "ProgrammeYear",
    "Stage",
    "every_year",
    "lead_times",
    "monthly",
    "statskontoret",
    "waiting",
    "yearly",
]
