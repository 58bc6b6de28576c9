"""What is kept in the repository: nothing of the machine it was written on, and the house's own rules."""

import ast
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from django.conf import settings

from tests.house.conftest import own_packages

pytestmark = pytest.mark.once
ROOT = settings.BASE_DIR
LOCKS = ["requirements.txt", "requirements-dev.txt"]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
# A page of an installation or a tool's settings may name hosts; nothing here may say where packages are fetched.
WHERE_PACKAGES_COME_FROM = re.compile(
    r"""https?://[^\s/"'<>]*(?:pypi|pythonhosted|npmjs|registry|mirror|artifactory|nexus)[^\s"'<>]*"""
    r"""|--(?:extra-)?index-url|--find-links|--trusted-host|^\s*index-url\s*=""",
    re.MULTILINE | re.IGNORECASE,
)
# Somebody's home or workplace. A server's own folders (/srv, /usr, /var) are the same everywhere.
SOMEBODYS_MACHINE = re.compile(r"""file://(?!/?\{)|(?<![\w.:/})>$*-])/(?:root|home|Users|work|private|mnt)/\w""")


def kept_files() -> list[Path]:
    """Every file that git keeps or would be asked to keep."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"], cwd=ROOT, capture_output=True
    )
    if listed.returncode:
        pytest.skip("This is not a git repository.")
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


def texts() -> list[tuple[str, str]]:
    """Name and text of every kept text file."""
    found = []
    for file in kept_files():
        try:
            found.append((str(file.relative_to(ROOT)), file.read_text("utf-8")))
        except UnicodeDecodeError:
            continue  # a picture
    return found


def test_no_file_names_a_registry_or_a_mirror():
    this = str(Path(__file__).relative_to(ROOT))
    found = [
        (name, hit.group()) for name, text in texts() for hit in WHERE_PACKAGES_COME_FROM.finditer(text) if name != this
    ]
    assert found == []


def test_no_file_names_a_place_on_somebodys_machine():
    this = str(Path(__file__).relative_to(ROOT))
    found = [(name, hit.group()) for name, text in texts() for hit in SOMEBODYS_MACHINE.finditer(text) if name != this]
    found += [(name, str(ROOT)) for name, text in texts() if str(ROOT) in text]
    assert found == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_versions_and_hashes_and_no_host(lock):
    text = (ROOT / lock).read_text("utf-8")
    assert "://" not in text
    requirements = re.findall(r"^[a-z0-9][^\s=]*==(?:.+\n(?:[ ].+\n)*)", text, re.MULTILINE)
    assert len(requirements) > 20
    assert [each for each in requirements if "--hash=sha256:" not in each] == []
    others = [line for line in text.splitlines() if not re.match(r"[a-z0-9][^\s=]*==|\s+--hash=sha256:|\s*#|$", line)]
    assert others == []


def test_what_tests_stand_on_is_what_the_server_stands_on():
    server, tests = (set(re.findall(r"^(\S+==\S+)", (ROOT / lock).read_text("utf-8"), re.MULTILINE)) for lock in LOCKS)
    assert server < tests


def declared() -> set[str]:
    """The names of the direct dependencies, for running and for developing."""
    wanted = [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["dev"]]
    return {re.match(r"[\w-]+", each)[0].lower() for each in wanted}


def test_every_direct_dependency_is_locked_and_explained():
    locked = set(re.findall(r"^([a-z0-9-]+)==", (ROOT / LOCKS[1]).read_text("utf-8"), re.MULTILINE))
    told = set(re.findall(r"^\| `([\w-]+)` \|", (ROOT / "docs/dependencies.md").read_text("utf-8"), re.MULTILINE))
    assert declared() - locked == set()
    assert declared() ^ told == set()


def python_files() -> list[Path]:
    """Our Python, without migrations, which Django writes."""
    return [file for file in kept_files() if file.suffix == ".py" and "migrations" not in file.parts]


def test_the_clock_is_the_only_source_of_today():
    asks = re.compile(r"date\.today\(|localdate\(|datetime\.(?:now|today|utcnow)\(")
    ours = tuple(f"{package}/" for package in own_packages())
    found = [
        f"{name}: {hit.group()}"
        for name, text in texts()
        if name.startswith(ours) and name.endswith(".py") and name != "praktik/clock.py"
        for hit in asks.finditer(text)
    ]
    assert found == []


def test_no_file_is_longer_than_300_lines():
    # The tests of one view stay in one file, however many ways there are to use it wrongly.
    ours = [file for file in python_files() if not file.is_relative_to(ROOT / "tests")]
    long = {str(file.relative_to(ROOT)): len(file.read_text("utf-8").splitlines()) for file in ours}
    assert {name: lines for name, lines in long.items() if lines > 300} == {}


def test_no_function_is_longer_than_40_lines():
    long = [
        f"{file.relative_to(ROOT)}: {node.name}, {node.end_lineno - node.lineno + 1} lines"
        for file in python_files()
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno + 1 > 40
    ]
    assert long == []


def test_there_is_no_drawer_for_odds_and_ends():
    drawers = {"utils", "util", "helpers", "helper", "common", "core", "base", "misc"}
    found = {str(file.relative_to(ROOT)) for file in python_files() if drawers & {*file.parent.parts[-2:], file.stem}}
    assert found - {"praktik/settings/base.py"} == set()


def test_every_package_of_ours_is_held_to_the_rules():
    assert set(own_packages()) <= set(PROJECT["tool"]["importlinter"]["root_packages"])
    assert set(own_packages()) <= set(PROJECT["tool"]["mypy"]["files"])
