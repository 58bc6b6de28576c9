"""The words of places and orders, for the search from everywhere."""

from django.db import migrations

from praktik.search.postgres import words_column


class Migration(migrations.Migration):
    dependencies = [("placements", "0001_places")]

    operations = [
        words_column("placements_placement", heavy=("duties",), light=("unit",)),
        words_column(
            "placements_matchingorder",
            heavy=("duties", "occupation"),
            light=("prepared", "expects", "blocked_words"),
        ),
    ]
