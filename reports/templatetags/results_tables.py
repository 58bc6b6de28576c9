"""A table of results as HTML: some hundred cells of it stand on a page, which is more than templates are made for."""

from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe

from praktik.addresses import address
from reports.shape import Cell, Column, Row, Table, text
from reports.templatetags.results_words import is_day

register = template.Library()
_NUMBER = ' class="num"'
_MOST_COLUMNS = 6  # of those that stay a table on a phone


@register.simple_tag
def results_table(table: Table, *, links: bool = False, bare: bool = False) -> SafeString:
    """One table of results; with `links` figures lead to the places behind them, `bare` where a heading says its title.

    Every text goes through `escape` where it is put in: here, and in the functions below, which give safe strings.
    """
    wide = " cards" if len(table.columns) > _MOST_COLUMNS or table.crosses else ""
    hidden = ' class="visually-hidden"' if bare else ""
    headings = "".join(
        f'<th scope="col"{_NUMBER if column.kind != "text" else ""}>{escape(column.heading)}</th>'
        for column in table.columns
    )
    note = f'\n<p class="note small">{escape(table.note)}</p>' if table.note else ""
    return mark_safe(
        f'<table class="list results{wide}" id="{escape(table.key)}">\n'
        f"<caption{hidden}>{escape(table.title)}</caption>\n"
        f"<thead><tr>{headings}</tr></thead>\n"
        f"<tbody>\n{_body(table, links=links)}\n</tbody>\n"
        f"</table>{note}{_waiting() if links and table.key == 'waiting' else ''}"
    )


def _waiting() -> SafeString:
    """The way from how many wait to which they are."""
    where = escape(address("placements:waits"))
    return mark_safe(f'\n<p class="small take"><a href="{where}">Vilka det väntar hos i dag</a></p>')


def _body(table: Table, *, links: bool) -> SafeString:
    if not table.rows:
        return mark_safe(f'<tr><td colspan="{len(table.columns)}" class="muted">Inget att visa.</td></tr>')
    places = escape(address("placements:placement-list")) if links else None
    columns = [(column, escape(column.heading)) for column in table.columns]
    return mark_safe("\n".join(_row(row, columns, places) for row in table.rows))


def _row(row: Row, columns: list[tuple[Column, str]], places: str | None) -> SafeString:
    """A row, whose first cell is its heading; `columns` with their headings escaped."""
    (first, _), *rest = columns
    name, *cells = row.cells
    told = "".join([_cell(cell, *column, places) for column, cell in zip(rest, cells, strict=True)])
    total = ' class="total"' if row.total else ""
    return mark_safe(f'<tr{total}><th scope="row">{escape(text(name, first.kind))}</th>{told}</tr>')


def _cell(cell: Cell, column: Column, label: str, places: str | None) -> SafeString:
    """A cell; `label` tells its column where the cells stand under each other, `places` is where its figure leads."""
    said = text(cell, column.kind)
    look = "num" if column.kind != "text" else "nowrap" if is_day(said) else ""
    none = " none" if cell.value is None and not cell.hidden else ""
    shown = escape(said)
    if places is not None and cell.link and cell.value:
        shown = f'<a href="{places}?{escape(cell.link)}">{shown}</a>'
    if cell.now:
        shown += f' <span class="tag wait">nu {escape(text(cell.now, column.kind))}</span>'
    return mark_safe(f'<td class="{look}{none}" data-label="{label}">{shown}</td>')
