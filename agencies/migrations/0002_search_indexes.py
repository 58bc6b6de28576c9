"""Trigram indexes for the search of agencies and contacts. SQLite has none and reads its few rows instead."""

from django.contrib.postgres.operations import TrigramExtension
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
        for index, (table, column) in INDEXES.items():
            schema_editor.execute(f"CREATE INDEX {index} ON {table} USING gin (UPPER({column}::text) gin_trgm_ops)")


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for index in INDEXES:
            schema_editor.execute(f"DROP INDEX {index}")


class Migration(migrations.Migration):
    dependencies = [("agencies", "0001_agencies")]

    operations = [TrigramExtension(), migrations.RunPython(make, drop)]
