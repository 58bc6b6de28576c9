"""The words of sent letters, for the search from everywhere."""

from django.db import migrations

from praktik.search.postgres import words_column


class Migration(migrations.Migration):
    dependencies = [("reports", "0003_letter_search")]

    operations = [words_column("reports_lettercopy", heavy=("content ->> 'title'",), light=("text",))]
