"""Tables together, as one reader may see them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from reports.hiding import protected
from reports.shape import COVERED, Cell, Table
from reports.tables import parts


@dataclass(frozen=True)
class Sheet:
    """Some tables with a sentence that tells the most important of them."""

    title: str
    lead: str
    day: date
    tables: Mapping[str, Table] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """What is kept of it when it is published."""
        return {"lead": self.lead, "tables": [table.as_json() for table in self.tables.values()]}

    def some(self, *beginnings: str) -> list[Table]:
        """The tables whose keys begin so, in their order."""
        return [table for key, table in self.tables.items() if key.startswith(beginnings)]

    @property
    def groups(self) -> list[Table]:
        """Target group and sex, by programme."""
        return self.some("groups-")

    @property
    def where(self) -> list[Table]:
        """Municipalities, offices and agencies, all programmes together."""
        return [self.tables[key] for key in ("municipality", "office", "agency") if key in self.tables]

    @property
    def hindrances(self) -> list[Table]:
        """What holds back, what came after, and what was talked of."""
        return self.some("obstacles", "outcomes", "dialogues")

    @property
    def municipalities(self) -> list[Table]:
        """Municipalities crossed with target group and sex, by programme."""
        return self.some("municipality-")

    @property
    def times(self) -> list[Table]:
        """How long it took, and how long it has waited."""
        return self.some("lead-times", "waiting")

    @property
    def is_corrected(self) -> bool:
        """Whether any figure has been corrected since it was published."""
        return any(cell.now for table in self.tables.values() for row in table.rows for cell in row.cells)

    def as_read(self, *, small: bool) -> "Sheet":
        """The sheet for a reader; without `small`, small cells are hidden, and nothing leads to the places."""
        if small:
            return self
        read = {key: parts.plain(protected_table(table)) for key, table in self.tables.items()}
        return replace(self, tables=read)


def protected_table(table: Table) -> Table:
    """The table with its small cells hidden, where it is of the kind that hides them."""
    if not table.crosses or not table.rows:
        return table
    read = protected(table, parts.partitions(table))
    rows = [row for row in read.rows if not row.total]
    # Where nothing can be told apart, a row's name would tell the most.
    told = [row for row in rows if any(cell.hidden != COVERED for cell in row.cells[1:])]
    if not told or len(rows) < 2:
        return replace(read, rows=tuple(row for row in read.rows if row.total))
    # A row that came with a correction has nothing left to tell but its name.
    return replace(read, rows=tuple(row for row in read.rows if row.total or any(map(_tells, row.cells[1:]))))


def _tells(cell: Cell) -> bool:
    return cell.value is not None or bool(cell.hidden)


def keyed(tables: Iterable[Table]) -> dict[str, Table]:
    """Tables by their keys."""
    return {table.key: table for table in tables}
