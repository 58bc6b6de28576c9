"""The words of a table are those that stand in it, however it was written, on both databases."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, models
from django.db.migrations.executor import MigrationExecutor
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

import agencies.search
import placements.search
import reports.search
from agencies.models import Agency, Dialogue
from agencies.search import AGENCY_WORDS, DIALOGUE_WORDS
from praktik.search import Found, parse, searchable
from praktik.search.postgres import words_column
from tests.factories import AgencyFactory, DialogueFactory, UserFactory
from tests.search.test_typed import HOSTILE

pytestmark = pytest.mark.django_db
ON_SQLITE = pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has no triggers to lose.")
ON_POSTGRESQL = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no such column.")
INDEXES = [*agencies.search.INDEXES, *placements.search.INDEXES, *reports.search.INDEXES]


def found(typed, **asked):
    (word,) = parse(typed).words
    return list(Dialogue.objects.filter(Found(DIALOGUE_WORDS, word, **asked)).values_list("pk", flat=True))


def test_what_is_written_in_any_way_is_found():
    agency, user = AgencyFactory(), UserFactory()
    one = DialogueFactory(notes="Två praktikplatser.").pk
    many = Dialogue.objects.bulk_create(
        [Dialogue(agency=agency, by=user, held_on="2018-12-01", notes="Praktikplatsens nyckel.")]
    )
    assert set(found("praktikplats")) == {one, many[0].pk}
    Dialogue.objects.filter(pk=one).update(notes="Inget.")
    assert found("praktikplats") == [many[0].pk]
    Dialogue.objects.filter(pk=one).update(withdrawn_on="2018-12-31")
    assert found("inget") == [one]
    Dialogue.objects.filter(pk=many[0].pk).delete()
    assert found("praktikplats") == []


@pytest.mark.parametrize(
    ("written", "typed", "is_found"),
    [
        ("Ring Åsa i ÖVIK.", "öVIK", True),
        ("Ring Åsa i ÖVIK.", "asa", False),
        ("A\u030are.", "åre", True),
        ("Post/paket–lager…", "paket", True),
        ("Se https://www.example.se/arkiv?sida=1", "arkiv", True),
        ("anna.berg@example.se", "berg", True),
        ("Ring 0611-555 01.", "555", True),
        ("under_streck", "streck", True),
        ("Hans och Min vill.", "hans", True),
        ("HRM-systemet", "hr", False),
        ("HR-chefen", "hr", True),
        ("Löst!", "lösa", True),
        ("", "arkiv", False),
    ],
)
def test_a_word_is_found_by_its_beginning_whatever_stands_around_it(written, typed, is_found):
    dialogue = DialogueFactory(notes=written)
    assert found(typed) == ([dialogue.pk] if is_found else [])


def test_words_that_name_a_row_can_be_asked_for_alone_and_words_as_they_were_typed():
    agency = AgencyFactory(name="Skatteverket", note="Arkivet ligger i källaren.")
    (word,) = parse("arkiv").words
    assert Agency.objects.filter(Found(AGENCY_WORDS, word)).get() == agency
    assert not Agency.objects.filter(Found(AGENCY_WORDS, word, heavy=True)).exists()
    assert not Agency.objects.filter(Found(AGENCY_WORDS, word, exactly=True)).exists()
    (word,) = parse("arkivet").words
    assert Agency.objects.filter(Found(AGENCY_WORDS, word, exactly=True)).get() == agency


@pytest.mark.parametrize("typed", HOSTILE)
def test_nothing_that_is_typed_breaks_the_question(typed):
    DialogueFactory(notes=typed.replace("\0", ""))
    for word in parse(typed).words:
        for asked in ({}, {"heavy": True}, {"exactly": True}):
            list(Dialogue.objects.filter(Found(DIALOGUE_WORDS, word, **asked)))


class TestBoth(TestCase):
    @given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=40))
    @hypothesis_settings(max_examples=25)
    def test_every_word_of_ours_is_a_word_of_the_database(self, text):
        # Letters that the database's locale knows nothing of are the exception; Swedish has none of them.
        text = "".join(each if ord(each) < 0x250 else " " for each in text)
        dialogue = DialogueFactory(notes=text)
        for word in parse(searchable(text)).words:
            assert dialogue.pk in found(word.typed), word


@ON_SQLITE
@pytest.mark.django_db(transaction=True)
def test_a_table_that_was_changed_gets_its_triggers_back_after_migrate():
    def triggers():
        with connection.cursor() as cursor:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'agencies_dialogue'")
            return {name for (name,) in cursor.fetchall()}

    there = triggers()
    assert len(there) == 3
    # As a migration has it, without the machinery of histories.
    model = MigrationExecutor(connection).loader.project_state().apps.get_model("agencies", "Dialogue")
    old = model._meta.get_field("notes")
    new = models.TextField(blank=True, null=True)
    new.set_attributes_from_name("notes")
    DialogueFactory(notes="Praktikplatser.")
    with connection.schema_editor() as editor:
        editor.alter_field(model, old, new)
    with connection.schema_editor() as editor:
        editor.alter_field(model, new, old)
    assert triggers() == set()
    unseen = DialogueFactory(notes="Arkivet.")

    call_command("migrate", verbosity=0)

    assert triggers() == there
    assert found("arkiv") == [unseen.pk]
    assert len(found("praktikplats")) == 1
    seen = DialogueFactory(notes="Arkivet.")
    assert set(found("arkiv")) == {unseen.pk, seen.pk}


@ON_POSTGRESQL
def test_a_question_uses_the_index():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    (word,) = parse("arkivet").words
    assert "agencies_dialogue_words" in Dialogue.objects.filter(Found(DIALOGUE_WORDS, word)).order_by().explain()


@ON_POSTGRESQL
@pytest.mark.parametrize("index", INDEXES, ids=lambda index: index.table)
def test_the_migration_made_what_the_index_says(index):
    """A column that is added to an index needs a migration too."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_expr(adbin, adrelid) FROM pg_attrdef"
            " JOIN pg_attribute ON attrelid = adrelid AND attnum = adnum"
            " WHERE adrelid = %s::regclass AND attname = 'words'",
            [index.table],
        )
        (made,) = cursor.fetchone()
        with connection.schema_editor() as editor:
            editor.execute(f"CREATE TEMP TABLE probe (LIKE {index.table} INCLUDING ALL EXCLUDING GENERATED)")
            editor.execute("ALTER TABLE probe DROP COLUMN words")
            words_column("probe", heavy=index.heavy, light=index.light).code(apps, editor)
        cursor.execute("SELECT pg_get_expr(adbin, adrelid) FROM pg_attrdef WHERE adrelid = 'probe'::regclass")
        assert made in {text for (text,) in cursor.fetchall()}
