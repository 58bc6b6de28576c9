"""Meetings that many agencies came to: what the day was about, and what one agency said there."""

from dataclasses import dataclass
from datetime import date

from agencies.choices import Phase


@dataclass(frozen=True)
class Gathering:
    """One such day."""

    on: date
    phase: Phase
    about: tuple[str, ...]


GATHERINGS = (
    Gathering(
        date(2017, 5, 18),
        Phase.INFORMATION,
        (
            "Informationsmöte i Härnösand för länets myndigheter.",
            "Var med på informationsmötet i Härnösand.",
            "Deltog i vårens informationsmöte om de två uppdragen.",
        ),
    ),
    Gathering(
        date(2017, 9, 14),
        Phase.INFORMATION,
        (
            "Informationsmöte i Sundsvall tillsammans med Arbetsförmedlingen.",
            "Deltog i höstens informationsmöte i Sundsvall.",
            "Var med i Sundsvall när kontoren presenterade sig.",
        ),
    ),
    Gathering(
        date(2018, 2, 8),
        Phase.EXAMPLES,
        (
            "Erfarenhetsmöte i Sundsvall. Tre myndigheter berättade.",
            "Deltog i erfarenhetsmötet i Sundsvall.",
            "Var med på erfarenhetsmötet och satt i gruppen om handledning.",
        ),
    ),
    Gathering(
        date(2018, 5, 17),
        Phase.EXAMPLES,
        (
            "Träff för handledare i Härnösand.",
            "Deltog i handledarträffen i Härnösand.",
            "Var med på vårens träff om handledning.",
        ),
    ),
    Gathering(
        date(2018, 10, 11),
        Phase.HANDOVER,
        (
            "Möte med länets alla kontor om överlämningen.",
            "Deltog i höstens möte med kontoren.",
            "Var med när kontoren berättade hur de tar över.",
        ),
    ),
    Gathering(
        date(2018, 12, 5),
        Phase.HANDOVER,
        (
            "Avslutande träff i Härnösand för länets myndigheter.",
            "Deltog i den avslutande träffen.",
            "Var med på årets sista träff, där resultatet visades.",
        ),
    ),
)

REMARKS: dict[Phase, tuple[str, ...]] = {
    Phase.INFORMATION: (
        "Frågade om handledning.",
        "Ville veta mer om beredskapsjobb efteråt.",
        "Tog med sig material till HR.",
        "Bad om ett eget möte.",
        "Undrade hur sekretess hanteras.",
        "Pratade med {kontor} i pausen.",
        "Inga frågor den här gången.",
    ),
    Phase.EXAMPLES: (
        "Kände igen sig i det som berättades.",
        "Tog med sig idén att dela på handledningen.",
        "Vill besöka en av dem som berättade.",
        "Frågade om förlängning.",
        "Bytte kontaktuppgifter med en annan myndighet.",
        "Efterlyste en kort skrift att dela ut.",
        "Pratade om svarstider med {kontor}.",
    ),
    Phase.HANDOVER: (
        "Träffade handläggaren från {kontor}.",
        "Frågade vem som håller ihop länet framöver.",
        "Vill ha kvar träffarna i någon form.",
        "Bokade tid med kontoret.",
        "Lämnade över sin lista med öppna frågor.",
        "Inga nya frågor.",
    ),
}
