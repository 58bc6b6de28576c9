"""The demonstration, built once for the whole suite: by its own command, as a process of its own, from nothing.

It takes half a minute. What runs is looked at by test_demo_command.py, and what was built by the tests of built/,
in a copy of its database from before anybody logged in.
"""

import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.demonstration import running_demo


@dataclass
class Demo:
    """The running demonstration: its process, what it printed, where its files are and its database as it began."""

    process: subprocess.Popen[str]
    said: str
    place: Path
    as_built: Path


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """The demonstration, running until a test stops it."""
    place = tmp_path_factory.mktemp("demo")
    with running_demo(place) as (process, said):
        as_built = place / "as-built.sqlite3"
        with (
            closing(sqlite3.connect(place / "var" / "praktik.sqlite3")) as theirs,
            closing(sqlite3.connect(as_built)) as copy,
        ):
            theirs.backup(copy)
        yield Demo(process, said, place, as_built)
