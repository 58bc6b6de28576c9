"""A trigram index for the search of letters. SQLite has none and reads its few rows instead."""

from django.db import migrations

INDEX, TABLE, COLUMN = "letter_text_words", "reports_lettercopy", "text"


def make(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"CREATE INDEX {INDEX} ON {TABLE} USING gin (UPPER({COLUMN}::text) gin_trgm_ops)")


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP INDEX {INDEX}")


class Migration(migrations.Migration):
    dependencies = [("reports", "0002_letters")]

    operations = [migrations.RunPython(make, drop)]
