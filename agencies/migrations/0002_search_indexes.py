"""Trigram indexes for the search of agencies and contacts. SQLite has none and reads its few rows instead."""

from django.db import migrations

# The expressions are what Django asks for by `icontains`.
INDEXES = {
    "agency_name_words": ("agencies_agency", "name"),
    "agency_number_words": ("agencies_agency", "organisation_number"),
    "contact_name_words": ("agencies_contact", "name"),
    "contact_email_words": ("agencies_contact", "email"),
}


def make(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        # Not Django's TrigramExtension, which asks PostgreSQL's own tables also on SQLite when it is undone.
        # On the way back the extension stays: others in the same database may use it.
        schema_editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        for index, (table, column) in INDEXES.items():
            schema_editor.execute(f"CREATE INDEX {index} ON {table} USING gin (UPPER({column}::text) gin_trgm_ops)")


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for index in INDEXES:
            schema_editor.execute(f"DROP INDEX {index}")


class Migration(migrations.Migration):
    dependencies = [("agencies", "0001_agencies")]

    operations = [migrations.RunPython(make, drop)]
