"""The containers, without a container engine: their files are well formed, and what they run runs."""

import json
import os
import re
import shutil
import subprocess
import sys

import pytest
import yaml

from tests.house.conftest import ROOT, own_packages

pytestmark = pytest.mark.once
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8").replace("\\\n", " ")
FILLED_IN = {
    "SECRET_KEY": "made-up-for-tests-q8Zr3vN6tYw1LkP0sXb7uHd4cJf9gMa2eRi5oTz",
    "DB_PASSWORD": "made0up",
    "ALLOWED_HOSTS": "localhost",
    "PRAKTIK_FROM_EMAIL": "praktik@example.se",
}


def test_the_compose_file_follows_the_specification():
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", "docker-compose.yml"],
        cwd=ROOT,
        text=True,
        capture_output=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_services_are_there():
    services = COMPOSE["services"]
    assert set(services) == {"db", "web", "worker", "mail"}
    assert services["db"]["image"].startswith("postgres:")
    assert "alpine" not in services["db"]["image"], "The Swedish order needs a PostgreSQL with ICU."
    assert services["web"]["build"] == services["worker"]["build"] == "."
    assert services["web"]["depends_on"]["db"]["condition"] == "service_healthy"
    assert services["worker"]["depends_on"]["web"]["condition"] == "service_healthy"


def test_no_secret_has_a_default():
    text = (ROOT / "docker-compose.yml").read_text("utf-8")
    for name in ("SECRET_KEY", "DB_PASSWORD", "ALLOWED_HOSTS", "PRAKTIK_FROM_EMAIL"):
        assert re.findall(rf"\$\{{{name}(..)", text)
        assert set(re.findall(rf"\$\{{{name}(..)", text)) == {":?"}


def test_what_is_served_stays_on_the_machine():
    for service in COMPOSE["services"].values():
        for port in service.get("ports", []):
            assert port.startswith("127.0.0.1:")


def test_the_example_names_every_variable():
    named = set(re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text("utf-8"), re.MULTILINE))
    asked = set(re.findall(r"\$\{([A-Z_]+)", (ROOT / "docker-compose.yml").read_text("utf-8")))
    assert asked == named


def test_docker_itself_reads_the_compose_file():
    if not shutil.which("docker") or subprocess.run(["docker", "compose", "version"], capture_output=True).returncode:
        pytest.skip("There is no docker compose here; the specification's schema has been checked all the same.")
    done = subprocess.run(
        ["docker", "compose", "config", "--format", "json"],
        cwd=ROOT,
        env={**FILLED_IN, "PATH": os.environ["PATH"]},
        text=True,
        capture_output=True,
    )
    assert done.returncode == 0, done.stderr
    assert set(json.loads(done.stdout)["services"]) == set(COMPOSE["services"])


def test_the_image_holds_every_package_of_ours():
    copied = set(" ".join(re.findall(r"^COPY (.+) \S+$", DOCKERFILE, re.MULTILINE)).split())
    sent = {line[1:] for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line.startswith("!")}
    assert {*own_packages(), "templates", "static"} <= copied
    assert copied <= sent


def test_the_image_installs_by_hash_and_does_not_run_as_root():
    assert "--require-hashes" in DOCKERFILE
    assert re.search(r"^USER (?!root)\w+$", DOCKERFILE, re.MULTILINE)
    assert DOCKERFILE.index("\nUSER ") < DOCKERFILE.index("\nCMD ")
