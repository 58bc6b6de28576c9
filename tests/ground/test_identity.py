"""No personal identity number gets into a text; what only looks like one does.

Every number here is made up: a date, a serial number and the check digit that belongs to them. None is anybody's.
"""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn

from praktik.identity import identity_numbers, refuse_identity_numbers


def number_of(born: str, serial: str = "123") -> str:
    """Ten digits: six of a date, three of a serial number, and their check digit. Made up."""
    return born + serial + luhn.calc_check_digit(born + serial)


MADE_UP = number_of("900101")
SIX, FOUR = MADE_UP[:6], MADE_UP[6:]


@pytest.mark.once
@pytest.mark.parametrize(
    "written",
    [
        f"{SIX}-{FOUR}",
        f"{SIX}+{FOUR}",
        f"{SIX}{FOUR}",
        f"{SIX} {FOUR}",
        f"{SIX} - {FOUR}",
        f"19{SIX}-{FOUR}",
        f"19{SIX}{FOUR}",
        f"19{SIX} {FOUR}",
        f"19{SIX} - {FOUR}",
        f"1990-01-01-{FOUR}",
        f"1990-01-01 {FOUR}",
        f"90-01-01-{FOUR}",
        f"90.01.01.{FOUR}",
        f"90 01 01 {FOUR}",
        f"{SIX}/{FOUR}",
        f"{SIX}:{FOUR}",
        f"{SIX}-{FOUR[:2]} {FOUR[2:]}",
        f"{SIX}\t{FOUR}",
        f"{SIX}-\n{FOUR}",
        f"{SIX}\N{EN DASH}{FOUR}",
        f"{SIX}\N{EM DASH}{FOUR}",
        f"{SIX}\N{NON-BREAKING HYPHEN}{FOUR}",
        f"{SIX}\N{MINUS SIGN}{FOUR}",
        f"{SIX}\N{FULLWIDTH HYPHEN-MINUS}{FOUR}",
        f"{SIX}\N{NO-BREAK SPACE}{FOUR}",
        f"{SIX}\N{THIN SPACE}{FOUR}",
        f"{SIX}\N{SOFT HYPHEN}{FOUR}",
        f"{SIX}\N{ZERO WIDTH SPACE}-{FOUR}",
        "\N{ZERO WIDTH JOINER}".join(MADE_UP),
        f"\N{LEFT-TO-RIGHT MARK}{SIX}-{FOUR}",
        MADE_UP.translate({ord("0") + digit: chr(ord("\N{FULLWIDTH DIGIT ZERO}") + digit) for digit in range(10)}),
        MADE_UP.translate({ord("0") + digit: chr(ord("\N{ARABIC-INDIC DIGIT ZERO}") + digit) for digit in range(10)}),
        MADE_UP.translate({ord("0") + digit: chr(ord("\N{SUPERSCRIPT FOUR}") - 4 + digit) for digit in range(4, 10)}),
    ],
)
@pytest.mark.parametrize("around", ["{}", "Ring henne ({}) i morgon.", "pnr:{},", "å{}ö", "{}\nNästa rad", "x-{}-x"])
def test_a_personal_identity_number_is_found_however_it_is_written(written, around):
    assert len(list(identity_numbers(around.format(written)))) == 1
    with pytest.raises(ValidationError) as refused:
        refuse_identity_numbers(around.format(written))
    assert refused.value.code == "identity_number"


@pytest.mark.parametrize("born", ["900161", "900191", "000289", "960289"])
def test_a_coordination_number_is_found(born):
    number = number_of(born)
    for written in (number, f"{number[:6]}-{number[6:]}", f"20{number}" if born[:2] == "00" else f"19{number}"):
        assert list(identity_numbers(f"Samordningsnummer {written}.")) == [written]


@pytest.mark.parametrize("born", ["000229", "960229", "991231", "181231", "010101"])
def test_the_days_at_the_edges_of_the_calendar_count(born):
    assert list(identity_numbers(number_of(born))) == [number_of(born)]


@pytest.mark.parametrize("wrong", range(1, 10))
def test_a_number_with_another_check_digit_is_not_one(wrong):
    other = MADE_UP[:-1] + str((int(MADE_UP[-1]) + wrong) % 10)
    assert not list(identity_numbers(f"{other[:6]}-{other[6:]}"))


@pytest.mark.parametrize(
    "born",
    [
        "900100",  # no day
        "900132",
        "900230",
        "901301",  # no month
        "900001",
        "970229",  # not a leap year
        "900160",  # a coordination number's day begins at 61
        "900192",
        "900290",  # 30 February and 60
    ],
)
def test_a_number_of_an_impossible_day_is_not_one(born):
    assert not list(identity_numbers(number_of(born)))


@pytest.mark.parametrize("century", ["18", "19", "20"])
def test_the_century_decides_whether_29_february_was(century):
    is_leap = century == "20"
    number = number_of("000229")
    assert bool(list(identity_numbers(century + number))) == is_leap


@pytest.mark.parametrize(
    "text",
    [
        "202100-2742",  # an organisation number's third digit is at least 2: it is no month
        "Domstolarna delar 2021002742.",
        "0611-555 01",
        "070-555 01 23",
        "+46 70 555 01 23",
        "+46705550123",
        "060-555 0123, växel 0771-555 555",
        "Möte 2018-12-31 kl. 13.15–14.00, sedan 2019-01-07.",
        "2018-12-31–2019-01-31",
        "Ring 181231 efter 10.",
        "Vecka 51, den 20181217. Dnr 112-2327-17.",
        "Plats för 12 personer, 1 500 000 kronor, post 871 86 Härnösand.",
        "https://example.se/artikel/190101123456789",
        f"Ärende {MADE_UP}7 och 7{MADE_UP}",  # part of a longer number
        f"{SIX}x{FOUR}",
        f"{SIX[:4]}-{SIX[4:]} {FOUR[:2]} {FOUR[2:]}",  # a telephone number's blanks
        "",
    ],
)
def test_what_only_looks_like_one_passes(text):
    assert not list(identity_numbers(text))
    refuse_identity_numbers(text)


def test_every_number_of_a_text_is_found():
    first, second = number_of("900101"), number_of("850667", "987")
    assert list(identity_numbers(f"{first}, {second[:6]}-{second[6:]}")) == [first, f"{second[:6]}-{second[6:]}"]


def test_the_refusal_says_which_number_and_why_without_repeating_it():
    with pytest.raises(ValidationError) as refused:
        refuse_identity_numbers(f"Hon heter 19{SIX}-{FOUR}")
    (words,) = refused.value.messages
    assert "personnummer eller samordningsnummer" in words
    assert f"19{SIX[:4]}…" in words
    assert FOUR not in words


DAYS = st.dates(date(1900, 1, 1), date(2025, 12, 31))
WORDS = st.text(st.characters(exclude_categories=["N", "Cs", "Cf"]), max_size=12)


@given(
    DAYS,
    st.integers(0, 999),
    st.booleans(),
    st.booleans(),
    st.sampled_from(["", "-", " ", " - ", "\N{EN DASH}"]),
    st.tuples(WORDS, WORDS),
)
def test_any_number_is_found_in_any_text(day, serial, coordination, whole_year, between, around):
    born = f"{day:%y%m}{day.day + 60 * coordination:02d}"
    number = number_of(born, f"{serial:03d}")
    # Two digits of a year are read as the latest such year that has been; only 1900 had no 29 February.
    century = f"{day:%Y}"[:2] if whole_year or day < date(1926, 1, 1) else ""
    before, after = around
    assert list(identity_numbers(f"{before} {century}{number[:6]}{between}{number[6:]} {after}"))


@given(DAYS, st.integers(0, 999), st.integers(1, 9))
def test_no_number_with_a_wrong_check_digit_is_found(day, serial, wrong):
    number = number_of(f"{day:%y%m%d}", f"{serial:03d}")
    assert not list(identity_numbers(number[:-1] + str((int(number[-1]) + wrong) % 10)))


@given(st.text(st.characters(exclude_categories=["N", "Cs", "So"])))
def test_a_text_without_digits_never_holds_a_number(text):
    refuse_identity_numbers(text)


@given(st.dates(date(1950, 1, 1), date(2050, 1, 1)), st.integers(0, 3000), st.integers(0, 23), st.integers(0, 59))
def test_days_and_times_are_never_a_number(day, days, hour, minute):
    later = day + timedelta(days=days)
    for written in (
        f"{day} {hour:02d}.{minute:02d}",
        f"{day} kl. {hour:02d}:{minute:02d}–{hour:02d}.{minute:02d}",
        f"{day}–{later}",
        f"{day} – {later}",
        f"{day}\n{later}",
        f"{day:%Y%m%d}-{later:%Y%m%d}",
        f"{day:%y%m%d}–{later:%y%m%d}",
        f"{day:%y%m%d} {later:%y%m%d}",
        f"{day:%Y.%m.%d} {later:%Y.%m.%d}",
        f"{day}. {later.year} blir ett bra år.",
        f"{day}\n{1000 + days} kr",
    ):
        refuse_identity_numbers(written)


AREAS = st.sampled_from(
    [
        "08",
        "010",
        "060",
        "0611",
        "0612",
        "0613",
        "0620",
        "0621",
        "0622",
        "0623",
        "0624",
        "0660",
        "0661",
        "0662",
        "0663",
        "070",
        "073",
        "0771",
    ]
)
SHAPES = st.sampled_from(["## ## ##", "### ##", "### ## ##", "## ###", "### ###", "######", "#####", "###-## ##"])


@given(
    AREAS, st.sampled_from(["-", " - ", "/", " ", "\N{EN DASH}"]), SHAPES, st.text("0123456789", min_size=7, max_size=7)
)
def test_a_telephone_number_with_a_sign_after_the_area_code_is_never_a_number(area, sign, shape, digits):
    left = iter(digits)
    refuse_identity_numbers(f"Ring {area}{sign}{''.join(next(left) if each == '#' else each for each in shape)}.")


def test_a_telephone_number_in_härnösand_that_looks_like_a_day_in_november_passes():
    # 06-11-24, then 37 67 with the right check digit.
    refuse_identity_numbers("0611-24 37 67")
