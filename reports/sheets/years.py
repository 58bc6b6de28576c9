"""What is told of a year: against its targets, by its parts, and what Statskontoret asks for."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db.models import Max

from agencies.figures import held_back
from agencies.models import Agency
from agencies.validators import FIRST_DAY
from placements.models import Programme, TargetGroup
from praktik.templatetags.swedish_words import number_of
from reports import results
from reports.choices import Basis
from reports.models import Target
from reports.periods import Period, month_end, year_of
from reports.results import ProgrammeYear, breakdowns
from reports.results.monthly import ahead_in, run, started_in
from reports.results.statskontoret import Counts
from reports.shape import Table
from reports.sheets.crossed import agencies, known_groups, municipalities, overview
from reports.sheets.sheet import Sheet, keyed
from reports.tables import behind, parts, programmes, statskontoret, waits

MOST_AGENCIES = 10  # on the year's page; all of them stand on a page of their own


def year_sheet(year: int, *, on: date, basis: str = Basis.CALENDAR, small: bool) -> Sheet:
    """The year's page as known on a day, for a reader who may see small cells or not."""
    period = year_of(year, basis)
    told = results.yearly(year, on=on, basis=basis)
    words = year_in_words(year, basis)
    return Sheet(
        words,
        lead(told, words, period, on=on),
        on,
        keyed(
            [
                programmes.summary(told, period, on=on),
                *months(told, period, on),
                programmes.outcomes(told, period, on=on),
                *_who_and_where(told, year, period, on, basis, small=small),
                *_holding_back(period, on),
            ]
        ),
    ).as_read(small=small)


def _who_and_where(
    told: Sequence[ProgrammeYear], year: int, period: Period, on: date, basis: str, *, small: bool
) -> list[Table]:
    """The breakdowns, as far as a reader may see them.

    Without `small` they are of the latest end of a month, as published months are: from one day to the next, and from
    one kind of year to the other, too little happens. The offices then are left out: they bear the municipalities'
    names, and would tell what is hidden of those.
    """
    if not small and Basis(basis) is Basis.MEASURING:
        return []
    then, known = on if small else month_end(on), known_groups()
    shares = municipalities(told, period, known, on=then, small=small)
    shares |= agencies(told, year, period, known, on=then, small=small, most=MOST_AGENCIES)
    every = [each.programme for each in told]
    found = [
        *groups(told, period, known, then),
        overview("municipality", "Per kommun", "Kommun", told, shares, small=small),
        *([parts.by_office(every, breakdowns.by_office(period, on=on), period, on=on)] if small else []),
        overview("agency", "Per myndighet", "Myndighet", told, shares, MOST_AGENCIES, small=small),
    ]
    return found if then == on else [parts.dated(table, then) for table in found]


def parts_sheet(year: int, *, on: date, basis: str = Basis.CALENDAR, small: bool) -> Sheet:
    """Municipalities and agencies crossed with target group and sex; without `small` of the latest end of a month."""
    if not small:
        on, basis = month_end(on), Basis.CALENDAR
    period = year_of(year, basis)
    told = results.yearly(year, on=on, basis=basis)
    words = year_in_words(year, basis)
    known = known_groups()
    tables = municipalities(told, period, known, on=on, small=small)
    tables |= agencies(told, year, period, known, on=on, small=small)
    return Sheet(words, lead(told, words, period, on=on), on, tables)


def measuring_sheet(year: int, *, on: date, agency: Agency | None = None) -> Sheet:
    """What Statskontoret asks a county, or one agency, to hand in for a measuring year."""
    known, found = known_groups(), results.statskontoret(year, on=on, agency=agency)
    every = list(Programme.objects.prefetch_related("target_groups"))
    period, whose = year_of(year, Basis.MEASURING), agency.pk if agency else None
    tables = [
        statskontoret.counts(
            each,
            found.get(each.pk, Counts()),
            known,
            behind.started(period, on=on, insats=each.code, myndighet=whose),
        )
        for each in every
    ]
    tables.append(statskontoret.follow_up({each.pk: each.code for each in every}, found))
    words = year_in_words(year, Basis.MEASURING)
    return Sheet(f"{words}{f' hos {agency}' if agency else ''}", "", on, keyed(tables))


def months_only(year: int, *, on: date, basis: str = Basis.CALENDAR) -> Sheet:
    """The tables that the charts of a year are drawn from."""
    told = results.yearly(year, on=on, basis=basis)
    return Sheet(year_in_words(year, basis), "", on, keyed(months(told, year_of(year, basis), on)))


def all_years(*, on: date, basis: str = Basis.CALENDAR) -> Sheet:
    """Every year of which there can be facts, the latest first, each against its targets."""
    aimed = Target.objects.of_county().known(on=on).aggregate(last=Max("year"))["last"] or 0
    last = max(year_of_day(on, basis), aimed)
    told = results.every_year(year_of_day(FIRST_DAY, basis), last, on=on, basis=basis)
    # The years before anything was decided or done tell nothing.
    begun = [year for year, rows in told.items() if any(each.target or each.started for each in rows)]
    told = {year: rows for year, rows in told.items() if year >= min(begun, default=on.year)}
    words = {year: year_in_words(year, basis) for year in told}
    return Sheet("Resultat år för år", "", on, keyed([programmes.years(told, words, basis, on=on)]))


def year_of_day(day: date, basis: str = Basis.CALENDAR) -> int:
    """The year, or the measuring year, that a day lies in."""
    return day.year if year_of(day.year, basis).first <= day else day.year - 1


def lead(told: Sequence[ProgrammeYear], words: str, period: Period, *, on: date) -> str:
    """The year in a few sentences."""
    agreed = sum(each.agreed for each in told) if on <= period.last else 0
    waits = [f"{number_of(agreed, 'plats är avtalad,platser är avtalade')} men har inte startat."] if agreed else []
    if on < period.first:
        return " ".join([f"{words.capitalize()} har inte börjat.", *waits])
    begun = _joined(
        [
            f"{each.started} {each.programme.code}"
            if each.target is None
            else f"{each.started} av {each.target} {each.programme.code}"
            for each in told
        ]
    )
    over = on >= period.last
    first = f"Under {words} startade {begun}." if over else f"Hittills under {words} har {begun} startat."
    extended = _joined([f"{each.extensions} {each.programme.code}" for each in told if each.extensions], "")
    return " ".join([first, *([f"{extended} förlängdes."] if extended else []), *waits])


def _joined(words: Sequence[str], none: str = "ingen plats") -> str:
    return " och ".join(filter(None, (", ".join(words[:-1]), *words[-1:]))) if words else none


def year_in_words(year: int, basis: str) -> str:
    """`2018`, or `mätåret 2018/19`."""
    return str(year) if Basis(basis) is Basis.CALENDAR else f"mätåret {year}/{(year + 1) % 100:02}"


def months(told: Sequence[ProgrammeYear], period: Period, on: date) -> list[Table]:
    """Each programme's year month by month."""
    begun, ahead = started_in(period, on=on), ahead_in(period, on=on)
    return [
        programmes.months(
            each.programme.code,
            run(period, begun.get(each.programme.pk, {}), ahead.get(each.programme.pk, {}), each.target, on=on),
            on=on,
        )
        for each in told
    ]


def groups(told: Sequence[ProgrammeYear], period: Period, known: Mapping[int, TargetGroup], on: date) -> list[Table]:
    """Each programme by target group and sex, in the whole county."""
    crossed = breakdowns.by_group_and_sex(period, on=on)
    return [parts.by_group_and_sex(each.programme, crossed[each.programme.pk], known, period, on=on) for each in told]


def _holding_back(period: Period, on: date) -> list[Table]:
    if on < period.first:
        return [waits.waiting(results.waiting(on=on), on=on)]
    found = held_back(since=period.first, on=period.known(on))
    told = [waits.obstacles(found), waits.lead_times(results.lead_times(period, on=on))]
    # What waits, waits on the day: of a year that is over it says nothing.
    return [*told, waits.waiting(results.waiting(on=on), on=on)] if on <= period.last else told
