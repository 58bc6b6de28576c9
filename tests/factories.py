"""Rows for tests. What a test does not say is plausible and in December 2018; what it is about, it says."""

from datetime import date, datetime, timedelta
from typing import Any

import factory
from django.db import models, transaction
from django.utils import timezone

from agencies.choices import Channel, ContactRole, ObstacleKind, Phase
from agencies.models import Agency, Contact, Dialogue, Municipality, NextStep, Obstacle, Office
from placements.choices import AnswerKind, Outcome, ProgrammeKind, Sex
from placements.models import Handover, MatchingOrder, OrderAnswer, Placement, Programme, TargetGroup
from praktik.accounts.models import User
from praktik.accounts.roles import Role
from reports.choices import PARTS, LetterKind
from reports.letters import Content
from reports.mail import Letterhead, as_mail_html, as_mail_text, compose, message_id
from reports.models import Delivery, Letter, LetterCopy, LetterInterval, MonthlyReport, Target

PASSWORD = "ett-långt-lösenord-för-prov"


class RecordFactory(factory.django.DjangoModelFactory):
    """Saves a record as the pages do: fields and to-many choices as one entry in its history."""

    class Meta:
        abstract = True

    @classmethod
    def _parted(cls, model: type[models.Model], fields: dict[str, Any]) -> tuple[models.Model, dict[str, Any]]:
        many = {each.name: fields.pop(each.name) for each in model._meta.many_to_many if each.name in fields}
        return model(**fields), many

    @classmethod
    def _build(cls, model_class: type[models.Model], *args: Any, **fields: Any) -> models.Model:
        return cls._parted(model_class, fields)[0]

    @classmethod
    def _create(cls, model_class: type[models.Model], *args: Any, **fields: Any) -> models.Model:
        record, many = cls._parted(model_class, fields)
        with transaction.atomic():
            record.save_record(**many)
        return record


class UserFactory(factory.django.DjangoModelFactory):
    """Somebody who logs in with PASSWORD; a coordinator unless another role is given."""

    class Meta:
        model = User

    email = factory.Sequence(lambda number: f"person{number}@example.se")
    name = factory.Sequence(lambda number: f"Person {number}")
    role = Role.COORDINATOR
    password = PASSWORD

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, password: str | None, **fields: Any) -> User:
        user = model_class(**fields)
        user.set_password(password)
        user.save()
        return user


class MunicipalityFactory(RecordFactory):
    """A municipality with a made-up code."""

    class Meta:
        model = Municipality

    code = factory.Sequence(lambda number: f"{1000 + number % 9000}")
    name = factory.Sequence(lambda number: f"Kommun {number}")


class OfficeFactory(RecordFactory):
    """An office that serves one municipality, with nobody in it."""

    class Meta:
        model = Office

    name = factory.Sequence(lambda number: f"Arbetsförmedlingen {number}")
    municipalities = factory.LazyFunction(lambda: [MunicipalityFactory()])


class AgencyFactory(RecordFactory):
    """An agency in one municipality, without an organisation number."""

    class Meta:
        model = Agency

    name = factory.Sequence(lambda number: f"Myndigheten {number}")
    municipalities = factory.LazyFunction(lambda: [MunicipalityFactory()])


class ContactFactory(RecordFactory):
    """A contact who has not left."""

    class Meta:
        model = Contact

    agency = factory.SubFactory(AgencyFactory)
    name = factory.Sequence(lambda number: f"Kontakt {number}")
    title = "HR-specialist"
    role = ContactRole.HR
    email = factory.Sequence(lambda number: f"kontakt{number}@myndighet.example.se")
    phone = "0611-555 01"


class DialogueFactory(RecordFactory):
    """A phone call with an agency, held ten days before the tests' today, with nobody in particular."""

    class Meta:
        model = Dialogue

    agency = factory.SubFactory(AgencyFactory)
    by = factory.SubFactory(UserFactory)
    held_on = date(2018, 12, 21)
    channel = Channel.PHONE
    phase = Phase.INFORMATION
    notes = "De vill veta mer om praktik."


class NextStepFactory(RecordFactory):
    """An open step that is due a week after the tests' today."""

    class Meta:
        model = NextStep

    agency = factory.SubFactory(AgencyFactory)
    owner = factory.SubFactory(UserFactory)
    what = "Skicka profil"
    due_on = date(2019, 1, 7)


class ObstacleFactory(RecordFactory):
    """An unresolved obstacle, noted two weeks before the tests' today."""

    class Meta:
        model = Obstacle

    agency = factory.SubFactory(AgencyFactory)
    kind = ObstacleKind.NO_TUTOR
    noted_on = date(2018, 12, 17)


class TargetGroupFactory(RecordFactory):
    """A target group beside the three that every installation has."""

    class Meta:
        model = TargetGroup

    code = factory.Sequence(lambda number: f"group_{number}")
    name = factory.Sequence(lambda number: f"grupp {number}")


class ProgrammeFactory(RecordFactory):
    """An employment beside PIS and MBJ: a year per decision, two in all, for one target group of its own."""

    class Meta:
        model = Programme

    code = factory.Sequence(lambda number: f"INS{number}")
    name = factory.Sequence(lambda number: f"Insats {number}")
    kind = ProgrammeKind.EMPLOYMENT
    months_per_decision = 12
    months_in_all = 24
    target_groups = factory.LazyFunction(lambda: [TargetGroupFactory()])


def programme(code: str) -> Programme:
    """One of those that are there after migrate: PIS or MBJ."""
    return Programme.objects.get(code=code)


class PlacementFactory(RecordFactory):
    """A PIS that was agreed in December and starts in January; `ongoing`, `ended` or `withdrawn` when that is said."""

    class Meta:
        model = Placement

    class Params:
        begun = factory.Trait(
            target_group=factory.LazyAttribute(lambda place: place.target_groups[0]),
            sex=Sex.WOMAN,
        )
        ongoing = factory.Trait(
            begun=True,
            agreed_on=date(2018, 6, 11),
            planned_start=date(2018, 9, 3),
            started_on=date(2018, 9, 3),
            planned_end=date(2019, 2, 28),
            next_step="Avsluta eller förläng",
            next_on=date(2019, 2, 28),
        )
        ended = factory.Trait(
            begun=True,
            agreed_on=date(2018, 1, 15),
            planned_start=date(2018, 3, 5),
            started_on=date(2018, 3, 5),
            planned_end=date(2018, 8, 31),
            ended_on=date(2018, 8, 31),
            outcome=Outcome.BACK_TO_AF,
            next_step="",
            next_on=None,
        )
        withdrawn = factory.Trait(
            withdrawn_on=date(2018, 12, 20), reason="Handledaren har slutat.", next_step="", next_on=None
        )

    agency = factory.SubFactory(AgencyFactory)
    programme = factory.LazyFunction(lambda: programme("PIS"))
    coordinator = factory.SubFactory(UserFactory)
    duties = "Arkiv och registrering"
    target_groups = factory.LazyAttribute(lambda place: list(place.programme.target_groups.all()))
    agreed_on = date(2018, 12, 3)
    planned_start = date(2019, 1, 14)
    planned_months = 6
    next_step = "Beställ matchning"
    next_on = date(2019, 1, 4)


def ongoing_place(**fields: Any) -> Placement:
    """A place with somebody in it since September, until the end of February."""
    return PlacementFactory(ongoing=True, **fields)


def ended_place(**fields: Any) -> Placement:
    """A place that ended in August; the person went back to Arbetsförmedlingen."""
    return PlacementFactory(ended=True, **fields)


def withdrawn_place(**fields: Any) -> Placement:
    """A place that came to nothing before Christmas."""
    return PlacementFactory(withdrawn=True, **fields)


class MatchingOrderFactory(RecordFactory):
    """An order that was sent in December, with no place on it unless `places` are given; nobody has answered."""

    class Meta:
        model = MatchingOrder

    agency = factory.SubFactory(AgencyFactory)
    office = factory.SubFactory(OfficeFactory)
    sent_on = date(2018, 12, 10)
    answer_by = date(2019, 1, 7)
    by = factory.SubFactory(UserFactory)
    duties = "Arkiv och registrering"
    hours = "heltid"
    start_on = date(2019, 1, 14)

    @classmethod
    def _create(cls, model_class: type[MatchingOrder], *args: Any, **fields: Any) -> models.Model:
        places = fields.pop("places", [])
        if places:
            fields["agency"] = places[0].agency
        made = super()._create(model_class, *args, **fields)
        for place in places:
            place.order, place.next_step, place.next_on = made, f"Svar från {made.office}", made.answer_by
            place.save()
        return made


class OrderAnswerFactory(RecordFactory):
    """The order's own office proposes somebody, a week after the order."""

    class Meta:
        model = OrderAnswer

    order = factory.SubFactory(MatchingOrderFactory)
    office = factory.SelfAttribute("order.office")
    on = date(2018, 12, 17)
    kind = AnswerKind.CANDIDATE
    text = "Vi har en person som passar."
    by = factory.SubFactory(UserFactory, role=Role.CASE_OFFICER)


class HandoverFactory(RecordFactory):
    """A place that was offered to an office in December and waits for its answer."""

    class Meta:
        model = Handover

    placement = factory.SubFactory(PlacementFactory)
    office = factory.SubFactory(OfficeFactory)
    handed_on = date(2018, 12, 14)
    note = "Ni känner personalen där."
    by = factory.SubFactory(UserFactory)


class TargetFactory(RecordFactory):
    """The county's target for PIS in 2018, decided before the year began."""

    class Meta:
        model = Target

    year = 2018
    programme = factory.LazyFunction(lambda: programme("PIS"))
    number = 40
    decided_on = date(2017, 12, 15)


class MonthlyReportFactory(RecordFactory):
    """A draft, each for a month of its own from 2016 on."""

    class Meta:
        model = MonthlyReport

    month = factory.Sequence(lambda number: date(2016 + number // 12 % 3, number % 12 + 1, 1))
    words = "Starterna tog fart efter påsk."


class LetterFactory(RecordFactory):
    """A draft of a weekly letter with all parts, each for a week of its own from 2016 on; `sent` when that is said."""

    class Meta:
        model = Letter

    class Params:
        sent = factory.Trait(
            sent_at=factory.LazyFunction(lambda: datetime(2018, 12, 31, 9, 30, tzinfo=timezone.get_default_timezone())),
            sent_by=factory.SubFactory(UserFactory),
        )

    kind = LetterKind.WEEKLY
    week = factory.Sequence(lambda number: date(2016, 1, 4) + timedelta(weeks=number % 150))
    intro = "Hej alla i Ånge, Örnsköldsvik och Härnösand!"
    parts = factory.LazyAttribute(lambda letter: [[part, True] for part in PARTS[letter.kind]])


class LetterIntervalFactory(RecordFactory):
    """How often the newsletter goes."""

    class Meta:
        model = LetterInterval

    kind = LetterKind.NEWSLETTER
    weeks = 6


class LetterCopyFactory(factory.django.DjangoModelFactory):
    """What was sent of a letter: `told`, with the letter's own introduction and no parts unless something is said."""

    class Meta:
        model = LetterCopy

    class Params:
        told = factory.LazyAttribute(
            lambda copy: Content(
                title=f"{copy.letter}: Ånge, Örnsköldsvik och Härnösand",
                intro=copy.letter.intro,
                parts=(),
                sender=("Karin Koordinator", "0611-555 00"),
                organisation="Länsstyrelsen Västernorrland",
                day=date(2018, 12, 31),
            )
        )
        html = factory.LazyAttribute(lambda copy: as_mail_html(copy.told, copy.letter.kind, site="http://testserver"))

    letter = factory.SubFactory(LetterFactory, sent=True)
    content = factory.LazyAttribute(lambda copy: copy.told.as_json())
    text = factory.LazyAttribute(lambda copy: as_mail_text(copy.told, copy.letter.kind, site="http://testserver"))
    message = factory.LazyAttribute(
        lambda copy: compose(
            Letterhead(
                subject=copy.told.title,
                sent_at=copy.letter.sent_at,
                reply_to=copy.letter.sent_by.email,
                unsubscribe=copy.letter.kind == LetterKind.NEWSLETTER,
            ),
            text=copy.text,
            html=copy.html,
            boundary=f"=_praktik-{copy.letter.pk}",
        )
    )
    deeds_until = 0


class DeliveryFactory(factory.django.DjangoModelFactory):
    """A delivery that is due, of a letter with its copy."""

    class Meta:
        model = Delivery

    letter = factory.LazyFunction(lambda: LetterCopyFactory().letter)
    address = factory.Sequence(lambda number: f"mottagare{number}@example.se")
    name = factory.Sequence(lambda number: f"Mottagare {number}")
    message_id = factory.Sequence(lambda number: message_id("brev", str(number)))
    next_at = factory.LazyFunction(timezone.now)
