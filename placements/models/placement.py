"""Places: one for one person, from agreement to end. A place says nothing of who the person is."""

from datetime import date, timedelta
from typing import ClassVar, cast

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from agencies.models import Agency, Contact, Municipality, Office
from agencies.validators import FIRST_DAY, not_before_2016
from placements.choices import EMPLOYMENTS, FollowUp, Outcome, Sex, State
from placements.models.programme import Programme, TargetGroup
from placements.querysets import PlacementQuerySet
from placements.validators import free_text, months, percent
from praktik.addresses import address
from praktik.identity import refuse_identity_numbers
from praktik.records import Record
from praktik.swedish import SWEDISH


def _both_or_neither(**given: Q) -> Q:
    """All of the conditions hold, or none does."""
    every, none = Q(), Q()
    for condition in given.values():
        every &= condition
        none &= ~condition
    return every | none


_STARTED = Q(started_on__isnull=False)
_ENDED = Q(ended_on__isnull=False)
_CLOSED = _ENDED | Q(withdrawn_on__isnull=False)


class Placement(Record):
    """A place for one person. Its life is told by dates; its state on a day is a question to them."""

    agency = models.ForeignKey(Agency, models.PROTECT, verbose_name="myndighet", related_name="placements")
    programme = models.ForeignKey(Programme, models.PROTECT, verbose_name="insats", related_name="placements")
    unit = models.CharField("enhet", max_length=100, blank=True, validators=[refuse_identity_numbers])
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, verbose_name="kommun", related_name="placements", null=True, blank=True
    )
    contact = models.ForeignKey(
        Contact,
        models.PROTECT,
        verbose_name="avtalad med",
        related_name="agreements",
        null=True,
        blank=True,
        help_text="Den som har lovat platsen. Slutar personen behöver avtalet bekräftas igen.",
    )
    manager = models.ForeignKey(
        Contact, models.PROTECT, verbose_name="chef", related_name="managed_placements", null=True, blank=True
    )
    tutor = models.ForeignKey(
        Contact, models.PROTECT, verbose_name="handledare", related_name="tutored_placements", null=True, blank=True
    )
    duties = models.CharField(
        "arbetsuppgifter",
        max_length=150,
        blank=True,
        db_collation=SWEDISH,
        validators=[refuse_identity_numbers],
        help_text="En rad, till exempel: arkiv och registrering.",
    )
    percent = models.PositiveSmallIntegerField("omfattning (procent)", default=100, validators=percent)
    citizenship = models.BooleanField("svenskt medborgarskap krävs", default=False)
    vetting = models.BooleanField("säkerhetsprövning krävs", default=False)
    target_groups = models.ManyToManyField(
        TargetGroup, verbose_name="målgrupper", related_name="accepted_by", help_text="De som platsen tar emot."
    )
    planned_start = models.DateField("planerad start")
    planned_months = models.PositiveSmallIntegerField("planerad längd (månader)", validators=months)
    first_contact_on = models.DateField(
        "första kontakt",
        null=True,
        blank=True,
        validators=[not_before_2016],
        help_text="Den första dialogen som ledde hit. Ledtiden räknas därifrån.",
    )
    follows = models.OneToOneField(
        "self", models.PROTECT, verbose_name="följer efter", related_name="followed_by", null=True, blank=True
    )

    coordinator = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="koordinator", related_name="placements", editable=False
    )
    office = models.ForeignKey(
        Office, models.PROTECT, verbose_name="ägande kontor", related_name="placements", null=True, editable=False
    )
    order = models.ForeignKey(
        "placements.MatchingOrder",
        models.PROTECT,
        verbose_name="order",
        related_name="placements",
        null=True,
        editable=False,
    )
    next_step = models.CharField(
        "nästa steg", max_length=150, blank=True, editable=False, validators=[refuse_identity_numbers]
    )
    next_on = models.DateField("nästa steg senast", null=True, editable=False)

    agreed_on = models.DateField("avtalad", validators=[not_before_2016])
    started_on = models.DateField("startade", null=True, editable=False)
    planned_end = models.DateField("planerat slut", null=True, editable=False)
    ended_on = models.DateField("sista dag", null=True, editable=False)
    withdrawn_on = models.DateField("tillbakadragen", null=True, editable=False)
    target_group = models.ForeignKey(
        TargetGroup,
        models.PROTECT,
        verbose_name="personens målgrupp",
        related_name="placements",
        null=True,
        editable=False,
    )
    sex = models.CharField("personens kön", max_length=10, choices=Sex, blank=True, editable=False)
    reason = models.TextField(
        "skäl",
        blank=True,
        editable=False,
        validators=free_text,
    )
    outcome = models.CharField("utfall", max_length=20, choices=Outcome, blank=True, editable=False)
    subsidised = models.BooleanField("subventionerad anställning", null=True, editable=False)
    employed_until = models.DateField("anställd till och med", null=True, editable=False)
    followed_up_on = models.DateField("uppföljd", null=True, editable=False)
    follow_up = models.CharField("efter 90 dagar", max_length=10, choices=FollowUp, blank=True, editable=False)
    follow_up_subsidised = models.BooleanField("subventionerat arbete efter 90 dagar", null=True, editable=False)

    _history_m2m_fields = ["target_groups"]
    objects: ClassVar = PlacementQuerySet.as_manager()

    class Meta:
        verbose_name = "plats"
        verbose_name_plural = "platser"
        ordering = ["-agreed_on", "-pk"]
        permissions = [
            ("work_placement", "Kan arbeta med platser"),
            ("hand_over_placement", "Kan avtala, beställa och lämna över platser"),
        ]
        indexes = [
            models.Index(
                fields=["planned_start"],
                name="placement_to_start",
                condition=Q(started_on__isnull=True, withdrawn_on__isnull=True),
            ),
            models.Index(
                fields=["planned_end"],
                name="placement_to_end",
                condition=Q(started_on__isnull=False, ended_on__isnull=True),
            ),
            models.Index(fields=["started_on", "programme"], name="placement_results"),
            models.Index(fields=["agency", "-agreed_on"], name="placement_agency_latest"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(agreed_on__gte=FIRST_DAY), name="placement_from_2016"),
            models.CheckConstraint(
                condition=Q(first_contact_on__isnull=True) | Q(first_contact_on__lte=F("agreed_on")),
                name="placement_agreed_after_contact",
                violation_error_message="Den första kontakten kan inte vara efter avtalet.",
            ),
            models.CheckConstraint(
                condition=Q(planned_start__gte=F("agreed_on")),
                name="placement_planned_after_agreed",
                violation_error_message="Den planerade starten kan inte vara före avtalet.",
            ),
            models.CheckConstraint(
                condition=Q(started_on__isnull=True) | Q(started_on__gte=F("agreed_on")),
                name="placement_started_after_agreed",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | (_STARTED & Q(ended_on__gte=F("started_on"))),
                name="placement_ended_after_started",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | (~_STARTED & Q(withdrawn_on__gte=F("agreed_on"))),
                name="placement_withdrawn_not_started",
            ),
            models.CheckConstraint(
                condition=_both_or_neither(
                    day=_STARTED,
                    end=Q(planned_end__isnull=False),
                    group=Q(target_group__isnull=False),
                    sex=~Q(sex=""),
                ),
                name="placement_start_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(planned_end__isnull=True) | Q(planned_end__gte=F("started_on")),
                name="placement_end_planned_after_start",
            ),
            models.CheckConstraint(
                condition=_both_or_neither(day=_ENDED, outcome=~Q(outcome="")), name="placement_end_is_whole"
            ),
            models.CheckConstraint(
                condition=_both_or_neither(day=Q(withdrawn_on__isnull=False), reason=~Q(reason="")),
                name="placement_withdrawn_with_reason",
            ),
            models.CheckConstraint(
                condition=_both_or_neither(employed=Q(outcome__in=EMPLOYMENTS), told=Q(subsidised__isnull=False)),
                name="placement_employment_says_subsidised",
            ),
            models.CheckConstraint(
                condition=Q(employed_until__isnull=True)
                | Q(outcome=Outcome.SAME_AGENCY, employed_until__gte=F("ended_on")),
                name="placement_employed_until_after_end",
            ),
            models.CheckConstraint(
                condition=_both_or_neither(day=Q(followed_up_on__isnull=False), found=~Q(follow_up="")),
                name="placement_follow_up_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(followed_up_on__isnull=True) | (_ENDED & Q(followed_up_on__gt=F("ended_on"))),
                name="placement_followed_up_after_end",
            ),
            models.CheckConstraint(
                condition=_both_or_neither(work=Q(follow_up=FollowUp.WORK), told=Q(follow_up_subsidised__isnull=False)),
                name="placement_work_says_subsidised",
            ),
            models.CheckConstraint(
                condition=_CLOSED | (~Q(next_step="") & Q(next_on__isnull=False)), name="placement_open_has_next_step"
            ),
            models.CheckConstraint(condition=Q(percent__gte=1, percent__lte=100), name="placement_percent_in_range"),
            models.CheckConstraint(condition=Q(planned_months__gte=1), name="placement_has_length"),
            models.CheckConstraint(condition=Q(sex__in=["", *Sex.values]), name="placement_sex_known"),
            models.CheckConstraint(condition=Q(outcome__in=["", *Outcome.values]), name="placement_outcome_known"),
            models.CheckConstraint(condition=Q(follow_up__in=["", *FollowUp.values]), name="placement_follow_up_known"),
            models.CheckConstraint(
                condition=Q(follows__isnull=True) | ~Q(follows=F("pk")), name="placement_not_after_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme.code} {self.duties or self.unit or 'plats'}"

    def get_absolute_url(self) -> str:
        """The place's page."""
        return address("placements:placement", self.pk)

    def state(self, *, on: date) -> State | None:
        """Where the place stands on a day; None before it was agreed. The rule of `PlacementQuerySet`, for one row."""
        if self.withdrawn_on and self.withdrawn_on <= on:
            return State.WITHDRAWN
        if self.ended_on and self.ended_on < on:
            return State.ENDED
        if self.started_on and self.started_on <= on:
            return State.ONGOING
        return State.AGREED if self.agreed_on <= on else None

    def stands(self) -> State:
        """Where the place stands with all that is known, the last day in place behind it or not: what verbs go by."""
        if self.withdrawn_on:
            return State.WITHDRAWN
        if self.ended_on:
            return State.ENDED
        return State.ONGOING if self.started_on else State.AGREED

    @property
    def state_word(self) -> str:
        """The state that `with_state` asked for, in words."""
        told: str = getattr(self, "state_on", "")
        return str(State(told).label) if told else ""

    @property
    def is_open(self) -> bool:
        """Whether the process is under way, agreed or ongoing."""
        return self.ended_on is None and self.withdrawn_on is None

    @property
    def hours(self) -> str:
        """`heltid`, or the share of it."""
        return "heltid" if self.percent == 100 else f"{self.percent}\N{NO-BREAK SPACE}%"

    @property
    def owner(self) -> str:
        """Who has the place in hand: the office, or else the coordinator."""
        return str(self.office or self.coordinator)

    def latest_end(self) -> date:
        """The last day that one more decision could reach, by the programme's rules; of a place that is ongoing."""
        started, until = cast(date, self.started_on), cast(date, self.planned_end)
        begins = until + timedelta(days=1)
        return min(self.programme.last_day_of_decision(begins), self.programme.last_day_in_all(started))

    def can_extend(self, *, on: date) -> bool:
        """Whether the programme leaves any day that an extension decided on that day could reach."""
        if self.planned_end is None or self.planned_end >= self.latest_end():
            return False
        return not self.programme.why_not_on(on, "En förlängning")

    def rests_on_gone(self, *, on: date) -> bool:
        """Whether the agreement rests on a contact who has left: it then needs to be confirmed again."""
        return self.contact is not None and self.contact.has_left(on=on)
