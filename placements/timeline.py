"""What this room tells in the story of an agency, and in that of a place."""

from dataclasses import replace
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    Max,
    OuterRef,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Concat
from django.urls import reverse

from agencies.models import Office
from agencies.timeline import Entry, Source, register
from placements.choices import AnswerKind, FollowUp, Outcome, Requirement, Verb
from placements.models import Deed, HandoverWord, MatchingOrder, OrderAnswer, Placement
from praktik.accounts.roles import Role
from praktik.addresses import address

_KIND, _LABEL = "platser", "Om platser"
_VIEW = "placements.view_placement"


def _number(deeds: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    """`places`: how many of the agency's places the call of each deed was about."""
    same = Deed.objects.alike().order_by()
    return deeds.annotate(places=Subquery(same.values("act").annotate(all=Count("pk")).values("all")))


def _as_read_by(user: Any, deeds: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    """`own`: whether the reader may know what came after a place (`permissions.reads_person`)."""
    if user.role == Role.COORDINATOR:
        return deeds.annotate(own=Value(True))
    offices = Office.objects.filter(officers=user).values("pk")
    return deeds.annotate(own=Case(When(placement__office__in=offices, then=Value(True)), default=Value(False)))


def _of_agency(agency: Any, user: Any) -> QuerySet[Any, Any]:
    return _as_read_by(user, _number(Deed.objects.told_once().filter(placement__agency=agency)))


def _of_place(place: Placement, user: Any) -> QuerySet[Any, Any]:
    return _as_read_by(user, _number(Deed.objects.standing().filter(placement=place)))


def _answers_to_agency(agency: Any, user: Any) -> QuerySet[Any, Any]:
    return OrderAnswer.objects.filter(order__agency=agency)


def _answers_to_place(place: Placement, user: Any) -> QuerySet[Any, Any]:
    ordered = Deed.objects.standing().filter(placement=place)
    return OrderAnswer.objects.filter(order__in=MatchingOrder.objects.filter(deeds__in=ordered))


def _after(verb: Verb, place: int, **made: OuterRef) -> Any:
    """A rank: of one day what was done last stands first, and what was said of an order or a handover just after it."""
    deeds = Deed.objects.of(verb).filter(**made).order_by().values(*made).annotate(last=Max("pk"))
    return Coalesce(Subquery(deeds.values("last")), Value(0)) * _STEP + place


_STEP = 4  # between the ranks of two deeds
_DEED = {
    "on": F("on"),
    "rank": F("pk") * _STEP,
    "key": Case(When(order__isnull=False, then=F("order")), default=F("placement")),
    "code": Case(
        When(verb=Verb.END, own=True, then=Concat(F("verb"), Value(" "), F("placement__outcome"))),
        When(verb=Verb.FOLLOW_UP, own=True, then=Concat(F("verb"), Value(" "), F("placement__follow_up"))),
        default=F("verb"),
        output_field=CharField(),
    ),
    "subject": Concat(F("placement__programme__code"), Value("\t"), F("placement__duties"), output_field=CharField()),
    "text": Case(
        When(verb=Verb.WITHDRAW, then=F("placement__reason")),
        When(verb=Verb.EXTEND, then=F("extension__reason")),
        When(verb=Verb.HAND_OVER, then=F("handover__note")),
        When(verb=Verb.RETURN, then=F("handover__reason")),
        default=Value(""),
        output_field=TextField(),
    ),
    "who": Coalesce(
        F("order__office__name"), F("handover__office__name"), F("confirmation__contact__name"), F("by__name")
    ),
    "until": F("extension__new_end"),
    "number": F("places"),
}
_TO = {Verb.ORDER, Verb.HAND_OVER}
_BY = {Verb.ACCEPT, Verb.RETURN, Verb.CONFIRM}


def _deed(row: dict[str, Any]) -> Entry:
    code, _, more = row["code"].partition(" ")
    verb = Verb(code)
    programme, _, duties = row["subject"].partition("\t")
    subject = f"{row['number']} platser, {programme}" if row["number"] > 1 else f"{programme} {duties}".strip()
    if verb in _TO:
        subject = f"{subject} till {row['who']}"
    elif verb in _BY:
        subject = f"{subject} av {row['who']}"
    elif verb is Verb.EXTEND:
        subject = f"{subject} till {row['until']}"
    if more:
        subject = f"{subject}: {str((Outcome if verb is Verb.END else FollowUp)(more).label).lower()}"
    page = "placements:order" if verb in (Verb.ORDER, Verb.RECALL) else "placements:placement"
    return Entry(
        on=row["on"],
        kind=_KIND,
        what=str(verb.label),
        subject=subject,
        text=row["text"],
        url=reverse(page, args=[row["key"]]),
    )


_ANSWER = {
    "on": F("on"),
    "rank": _after(Verb.ORDER, 1, order=OuterRef("order")),
    "key": F("order"),
    "code": F("kind"),
    "text": F("text"),
    "who": F("office__name"),
}


def _answer(row: dict[str, Any]) -> Entry:
    kind = str(AnswerKind(row["code"]).label).lower()
    url = address("placements:order", row["key"])
    return Entry(on=row["on"], kind=_KIND, what="Svar", subject=f"från {row['who']}: {kind}", text=row["text"], url=url)


def _replies(rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    return rows.filter(replied_on__isnull=False)


_REPLY = _ANSWER | {
    "on": F("replied_on"),
    "rank": _after(Verb.ORDER, 2, order=OuterRef("order")),
    "text": F("reply"),
}


def _reply(row: dict[str, Any]) -> Entry:
    url = address("placements:order", row["key"])
    return Entry(
        on=row["on"], kind=_KIND, what="Koordinatorns svar", subject=f"till {row['who']}", text=row["text"], url=url
    )


def _hard_of_agency(agency: Any, user: Any) -> QuerySet[Any, Any]:
    return MatchingOrder.objects.filter(agency=agency, hard_since__isnull=False)


def _hard_of_place(place: Placement, user: Any) -> QuerySet[Any, Any]:
    own = Deed.objects.standing().filter(placement=place, order=OuterRef("pk"))
    return MatchingOrder.objects.filter(Exists(own), hard_since__isnull=False)


_HARD = {
    "on": F("hard_since"),
    "rank": _after(Verb.ORDER, 3, order=OuterRef("pk")),
    "code": F("blocked_by"),
    "subject": F("blocked_words"),
    "who": F("office__name"),
}


def _hard(row: dict[str, Any]) -> Entry:
    blocked = " ".join(filter(None, [str(Requirement(row["code"]).label), row["subject"]]))
    url = address("placements:order", row["key"])
    return Entry(on=row["on"], kind=_KIND, what="Svårmatchad", subject=f"ordern till {row['who']}: {blocked}", url=url)


def _words_of_agency(agency: Any, user: Any) -> QuerySet[Any, Any]:
    return HandoverWord.objects.filter(handover__placement__agency=agency)


def _words_of_place(place: Placement, user: Any) -> QuerySet[Any, Any]:
    return HandoverWord.objects.filter(handover__placement=place)


_WORD = {
    "on": F("on"),
    "rank": _after(Verb.HAND_OVER, 1, handover=OuterRef("handover")),
    "key": F("handover__placement"),
    "text": F("text"),
    "who": F("by__name"),
}


def _word(row: dict[str, Any]) -> Entry:
    url = address("placements:placement", row["key"])
    return Entry(on=row["on"], kind=_KIND, what="Om överlämningen", subject=row["who"], text=row["text"], url=url)


def _follows(place: Placement, user: Any) -> QuerySet[Any, Any]:
    return Placement.objects.filter(follows=place)


_FOLLOWED = {
    "on": F("agreed_on"),
    "subject": Concat(F("programme__code"), Value(" hos "), F("agency__name"), output_field=CharField()),
}


def _followed(row: dict[str, Any]) -> Entry:
    url = address("placements:placement", row["key"])
    return Entry(on=row["on"], kind=_KIND, what="Följdes av", subject=row["subject"], url=url)


_PLACE = "placement"
_OWN = {
    "deed": Source(_KIND, _LABEL, _VIEW, _of_agency, _DEED, _deed),
    "order-answer": Source(_KIND, _LABEL, _VIEW, _answers_to_agency, _ANSWER, _answer),
    "order-reply": Source(_KIND, _LABEL, _VIEW, lambda *whose: _replies(_answers_to_agency(*whose)), _REPLY, _reply),
    "order-hard": Source(_KIND, _LABEL, _VIEW, _hard_of_agency, _HARD, _hard),
    "handover-word": Source(_KIND, _LABEL, _VIEW, _words_of_agency, _WORD, _word),
}
_OF_PLACE = {
    "deed": replace(_OWN["deed"], rows=_of_place, about=_PLACE),
    "order-answer": replace(_OWN["order-answer"], rows=_answers_to_place, about=_PLACE),
    "order-reply": replace(_OWN["order-reply"], rows=lambda *whose: _replies(_answers_to_place(*whose)), about=_PLACE),
    "order-hard": replace(_OWN["order-hard"], rows=_hard_of_place, about=_PLACE),
    "handover-word": replace(_OWN["handover-word"], rows=_words_of_place, about=_PLACE),
    "followed": Source(_KIND, _LABEL, _VIEW, _follows, _FOLLOWED, _followed, about=_PLACE),
}


def register_own() -> None:
    """Add this room's sources to both stories."""
    for name, source in (*_OWN.items(), *_OF_PLACE.items()):
        register(name, source)
