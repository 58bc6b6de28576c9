"""The words of agencies, contacts and dialogues, for the search from everywhere."""

from django.db import migrations

from praktik.search.postgres import words_column


class Migration(migrations.Migration):
    dependencies = [("agencies", "0004_letters")]

    operations = [
        words_column("agencies_agency", heavy=("name",), light=("organisation_number", "note")),
        words_column("agencies_contact", heavy=("name",), light=("title", "unit", "email", "phone")),
        words_column("agencies_dialogue", light=("notes",)),
    ]
