"""Years and months as they stand in addresses: `2018`, `2018-06`."""

from datetime import date

from reports.periods import EARLIEST, LATEST


class YearConverter:
    """A year that somebody can mean; any other is no page."""

    regex = "[0-9]{4}"

    def to_python(self, value: str) -> int:
        """The year. Raises ValueError for one that nobody can mean."""
        year = int(value)
        if not EARLIEST <= year <= LATEST:
            raise ValueError(value)
        return year

    def to_url(self, value: int) -> str:
        """Four digits."""
        return f"{value:04}"


class MonthConverter:
    """A month, told by its first day."""

    regex = "[0-9]{4}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        """The first day of the month. Raises ValueError for what is no month."""
        month = date.fromisoformat(f"{value}-01")
        YearConverter().to_python(value[:4])
        return month

    def to_url(self, value: date) -> str:
        """`2018-06`."""
        return value.isoformat()[:7]
