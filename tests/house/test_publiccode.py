"""Other public bodies can find this software: publiccode.yml holds what its standard, version 0.4, asks for."""

import datetime
from urllib.parse import urlsplit

import pytest
import yaml
from django.conf import settings

pytestmark = pytest.mark.once
PUBLIC = yaml.safe_load((settings.BASE_DIR / "publiccode.yml").read_text("utf-8"))


def test_the_required_keys_are_there():
    assert PUBLIC["publiccodeYmlVersion"] == "0.4"
    assert PUBLIC["name"] == "Praktik"
    assert PUBLIC["platforms"] == ["web"]
    assert PUBLIC["softwareType"] == "standalone/web"
    assert PUBLIC["developmentStatus"] in {"concept", "development", "beta", "stable", "obsolete"}
    assert PUBLIC["legal"]["license"] == "EUPL-1.2"
    assert PUBLIC["maintenance"]["type"] in {"internal", "contract", "community", "none"}
    assert all(contact["name"] for contact in PUBLIC["maintenance"]["contacts"])
    assert isinstance(PUBLIC["localisation"]["localisationReady"], bool)
    assert PUBLIC["localisation"]["availableLanguages"] == ["sv"]
    datetime.date.fromisoformat(PUBLIC["releaseDate"])


@pytest.mark.parametrize("key", ["url", "landingURL"])
def test_addresses_are_addresses(key):
    parts = urlsplit(PUBLIC[key])
    assert parts.scheme == "https"
    assert parts.hostname


@pytest.mark.parametrize("language", ["sv", "en"])
def test_it_is_described(language):
    description = PUBLIC["description"][language]
    assert 0 < len(description["shortDescription"]) <= 150
    assert 150 <= len(description["longDescription"]) <= 10_000
    assert description["features"]
    assert all(len(feature) <= 100 for feature in description["features"])


def test_the_licence_is_named_everywhere_alike():
    first = (settings.BASE_DIR / "LICENSE").read_text("utf-8").splitlines()[0]
    assert first == f"SPDX-License-Identifier: {PUBLIC['legal']['license']}"
