"""Indexes and references of PostgreSQL's tables, away while they are filled: made at once they cost a fraction."""

from collections.abc import Sequence

from django.db import connection

_REFERENCES = """
    SELECT format('ALTER TABLE %%I DROP CONSTRAINT %%I', t.relname, c.conname),
           format('ALTER TABLE %%I ADD CONSTRAINT %%I %%s', t.relname, c.conname, pg_get_constraintdef(c.oid))
    FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid
    WHERE t.relname = ANY(%s) AND pg_table_is_visible(t.oid) AND c.contype = 'f'
"""
_INDEXES = """
    SELECT format('DROP INDEX %%I', x.relname), pg_get_indexdef(i.indexrelid)
    FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid
    WHERE t.relname = ANY(%s) AND pg_table_is_visible(t.oid)
    AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)
"""


def drop(tables: Sequence[str]) -> list[str]:
    """Drop what can be made again of those tables; the statements that make it, none on SQLite.

    Primary keys and unique constraints stay.
    """
    if connection.vendor != "postgresql":
        return []
    again: list[str] = []
    with connection.cursor() as cursor:
        for asked in (_REFERENCES, _INDEXES):
            cursor.execute(asked, [list(tables)])
            for gone, made in cursor.fetchall():
                cursor.execute(gone)
                again.insert(0, made)
    return again
