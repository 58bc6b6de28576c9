"""The year's results on the command line: as a table, as JSON and as CSV."""

import io
import json
import re
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from tests.factories import ContactFactory, TargetFactory

pytestmark = pytest.mark.django_db


def results(*arguments):
    out = io.StringIO()
    call_command("results", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def year(started, extended, agreed, agency):
    """Three PIS of 40, one of them before March; an MBJ that was extended twice; two agreements, one to confirm."""
    TargetFactory(number=40)
    for day in (date(2018, 2, 28), date(2018, 3, 1), date(2018, 12, 31)):
        started(day)
    place = started(date(2018, 2, 1), "MBJ")
    for decided_on in (date(2018, 6, 1), date(2018, 12, 31)):
        extended(place, decided_on)
    agreed()
    agreed(contact=ContactFactory(agency=agency, left_on=date(2018, 12, 15)))


PIS = {"code": "PIS", "target": 40, "started": 3, "extensions": 0, "extended_places": 0, "agreed": 2, "to_confirm": 1}
MBJ = {"code": "MBJ", "target": None, "started": 1, "extensions": 2, "extended_places": 1, "agreed": 0, "to_confirm": 0}


def test_json_has_exactly_these_keys_in_this_order_for_the_day_and_year_asked_for(year):
    told = results("--year", "2018", "--on", "2018-12-31", "--format", "json")
    expected = {"year": 2018, "basis": "calendar", "on": "2018-12-31", "programmes": [PIS, MBJ]}
    assert told == json.dumps(expected) + "\n"
    assert results("--year=2018", "--format=json") == told  # today, when no day is asked for
    # In the measuring year, which has no targets, before the second extension and the third start: agreed until then.
    told = json.loads(results("--year=2018", "--on=2018-12-30", "--basis=measuring", "--format=json"))
    assert told == {
        "year": 2018,
        "basis": "measuring",
        "on": "2018-12-30",
        "programmes": [PIS | {"target": None, "started": 1, "agreed": 3}, MBJ | {"started": 0, "extensions": 1}],
    }


def test_csv_is_one_row_for_each_programme(year):
    told = results("--year=2018", "--format=csv")
    assert told == (
        "code,target,started,extensions,extended_places,agreed,to_confirm\nPIS,40,3,0,0,2,1\nMBJ,,1,2,1,0,0\n"
    )


def cells(line):
    return re.split(" {2,}", line)


def test_the_table_is_in_swedish_and_stands_in_columns(year):
    first, head, pis, mbj = results("--year=2018").splitlines()
    assert first == "Resultat kalenderår 2018, läget per 2018-12-31"
    assert cells(head)[:4] == ["Insats", "Mål", "Startade", "Andel av målet"]
    assert cells(pis)[:3] == ["PIS", "40", "3"]
    assert cells(pis)[4:] == ["0", "0", "2", "1"]
    assert cells(mbj)[2] == "1"
    assert cells(mbj)[4:] == ["2", "1", "0", "0"]
    assert len(cells(head)) == len(cells(pis)) == len(cells(mbj)) == 8
    assert len(head) == len(pis) == len(mbj)
    end = head.index("Startade") + len("Startade")
    assert [line[end - 1 : end + 1] for line in (pis, mbj)] == ["3 ", "1 "]


def test_of_a_year_that_is_over_nothing_waits(year):
    """What is agreed today says nothing of 2017; the measuring year of 2017 was not over in February 2018."""
    first, _, pis, _ = results("--year=2017", "--basis=calendar").splitlines()
    assert first == "Resultat kalenderår 2017, läget per 2018-12-31"
    assert (cells(pis)[2], cells(pis)[6:]) == ("0", ["–", "–"])
    first, _, pis, _ = results("--year=2017", "--on=2018-02-28", "--basis=measuring").splitlines()
    assert first == "Resultat mätår 2017, läget per 2018-02-28"
    assert (cells(pis)[2], cells(pis)[6:]) == ("1", ["1", "0"])


# What cannot be asked


@pytest.mark.once
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--year=2018", "--on=2019-01-01"], "2019-01-01: Välj en dag från 2016-01-01 till i dag."),
        (["--year=2018", "--on=2015-12-31"], "2015-12-31: Välj en dag från 2016-01-01 till i dag."),
        (["--year=18"], "Inget år att räkna: 18"),
        (["--year=-2018"], "Inget år att räkna: -2018"),
        (["--year=20180"], "Inget år att räkna: 20180"),
        (["--year=tjugo"], "--year"),
        (["--year=2018", "--on=2018-02-29"], "--on"),
        (["--year=2018", "--on=igår"], "--on"),
        (["--year=2018", "--on="], "--on"),
        (["--year=2018", "--basis=fiscal"], "--basis"),
        (["--year=2018", "--format=xml"], "--format"),
        ([], "--year"),
    ],
)
def test_what_cannot_be_counted_is_refused_in_words(arguments, said):
    for form in ([], ["--format=json"]):
        with pytest.raises(CommandError) as told:
            results(*form, *arguments)
        assert said in str(told.value)
        assert "_day" not in str(told.value)  # the name of a function says nothing to whoever typed
