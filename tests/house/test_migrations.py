"""The migrations say what the models say, have names, and lead back as well as forth."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

OURS = sorted(
    app.label
    for app in apps.get_app_configs()
    if Path(app.path).is_relative_to(settings.BASE_DIR)
    and not Path(app.path).is_relative_to(settings.BASE_DIR / ".venv")
    and (Path(app.path) / "migrations").is_dir()
)
FILES = [file for label in OURS for file in Path(apps.get_app_config(label).path).glob("migrations/[0-9]*.py")]


def test_there_are_apps_to_look_at():
    assert {"accounts", "agencies"} <= set(OURS)


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_migration_is_named_after_what_it_does(file):
    assert re.fullmatch(r"\d{4}_[a-z][a-z_0-9]+", file.stem)
    assert "_auto_" not in file.stem
    assert not re.search(r"_\d{8}", file.stem), "The name is the clock's, not what the migration does."


def tables() -> set[str]:
    models = [model for label in OURS for model in apps.get_app_config(label).get_models(include_auto_created=True)]
    return {model._meta.db_table for model in models} & set(connection.introspection.table_names())


@pytest.mark.skipif(connection.vendor == "sqlite", reason="They are led back on the server's database.")
@pytest.mark.django_db(transaction=True)
def test_the_migrations_lead_back_to_nothing_and_forth_again():
    everything = tables()
    assert everything
    executor = MigrationExecutor(connection)
    latest = executor.loader.graph.leaf_nodes()
    try:
        executor.migrate([(label, None) for label in OURS])
        assert tables() == set()
    finally:
        MigrationExecutor(connection).migrate(latest)
        # What `migrate` writes besides tables: permissions and the table of roles.
        call_command("migrate", verbosity=0)
    assert tables() == everything
