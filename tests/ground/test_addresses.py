"""Addresses by name are those of `reverse`, however they were come by."""

from datetime import date

import pytest
from django.urls import NoReverseMatch, reverse, set_script_prefix

from praktik.addresses import address


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("start", ()),
        ("agencies:agency", (7,)),
        ("agencies:agency", (12345678901234567890,)),
        ("placements:placement-plan", (0,)),
        ("reports:year", (2018,)),
        ("reports:year", (18,)),
        ("reports:month", (date(2018, 11, 1),)),
        ("history", ("plats", 7)),
    ],
)
def test_an_address_is_what_reverse_says(name, keys):
    assert address(name, *keys) == reverse(name, args=keys)


@pytest.mark.parametrize(("name", "key"), [("agencies:agency", None), ("agencies:agency", -1)])
def test_a_key_that_no_page_has_is_refused(name, key):
    with pytest.raises(NoReverseMatch):
        address(name, key)


def test_the_addresses_follow_where_the_site_stands():
    before = address("agencies:agency", 7)
    set_script_prefix("/praktik/")
    try:
        assert address("agencies:agency", 7) == f"/praktik{before}"
    finally:
        set_script_prefix("/")
