"""Which rows? Small named filters that chain. The day is always an argument, `on=`."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, TextField, Value, When
from django.db.models.functions import Coalesce

from praktik.accounts.roles import Role
from praktik.swedish import Joined, contains_word


def count_of(rows: QuerySet[Any, Any], key: str) -> Coalesce:
    """How many rows belong to the outer row, as a subquery of its own, so that joins never multiply."""
    counted = rows.order_by().values(key).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)


# Other rooms say here which agencies have their place taken by somebody hired earlier: rows with an `agency`.
taken_places: list[Callable[[date], QuerySet[Any, Any]]] = []


class AgencyQuerySet(QuerySet[Any, Any]):
    """Agencies."""

    def active(self, *, on: date | None = None) -> "AgencyQuerySet":
        """Those not archived, now or on that day."""
        used = Q(archived_on__isnull=True)
        return self.filter(used | Q(archived_on__gt=on) if on else used)

    def search(self, text: str) -> "AgencyQuerySet":
        """Every word is found in the name, the organisation number, or a contact's name or address.

        Each word is one UNION, so that PostgreSQL can use an index for either half of it.
        """
        from agencies.models import Contact

        found = self
        for typed in text.split():
            number = typed.replace("-", "")
            word = f"{number[:6]}-{number[6:]}" if number.isdigit() and len(number) > 6 else typed
            by_agency = self.model.objects.filter(contains_word(word, "name", "organisation_number"))
            by_contact = Contact.objects.filter(contains_word(word, "name", "email"))
            either = by_agency.order_by().values("pk").union(by_contact.order_by().values("agency_id"))
            found = found.filter(pk__in=either)
        return found

    def silent_for(self, days: int, *, on: date) -> "AgencyQuerySet":
        """No dialogue during the last so many days, those never contacted included."""
        from agencies.models import Dialogue

        heard = Dialogue.objects.held().filter(
            agency=OuterRef("pk"), held_on__gt=on - timedelta(days=days), held_on__lte=on
        )
        return self.filter(~Exists(heard))

    def never_contacted(self) -> "AgencyQuerySet":
        """No dialogue at all."""
        from agencies.models import Dialogue

        return self.filter(~Exists(Dialogue.objects.held().filter(agency=OuterRef("pk"))))

    def without_open_step(self) -> "AgencyQuerySet":
        """Nothing is planned."""
        from agencies.models import NextStep

        return self.filter(~Exists(NextStep.objects.filter(agency=OuterRef("pk")).open()))

    def order_by_silence(self) -> "AgencyQuerySet":
        """Never contacted first, then the longest silent; needs `with_latest_dialogue`."""
        return self.order_by(F("last_dialogue_on").asc(nulls_first=True), "name")

    def in_dialogue(self, *, on: date) -> "AgencyQuerySet":
        """At least one dialogue up to that day."""
        from agencies.models import Dialogue

        return self.filter(Exists(Dialogue.objects.held().filter(agency=OuterRef("pk"), held_on__lte=on)))

    def with_municipality_names(self) -> "AgencyQuerySet":
        """`places`: the municipalities' names in one text."""
        from agencies.models import Municipality

        names = Municipality.objects.filter(agencies=OuterRef("pk")).order_by()
        joined = names.values("agencies").annotate(all=Joined("name")).values("all")
        return self.annotate(places=Coalesce(Subquery(joined), Value("")))

    def with_latest_dialogue(self) -> "AgencyQuerySet":
        """`last_dialogue_on`: the day of the latest dialogue, or None."""
        from agencies.models import Dialogue

        latest = Dialogue.objects.held().filter(agency=OuterRef("pk")).order_by("-held_on")
        return self.annotate(last_dialogue_on=Subquery(latest.values("held_on")[:1]))

    def with_overview(self, *, on: date) -> "AgencyQuerySet":
        """What the list of agencies tells of each: contacts, last dialogue, next step, unresolved obstacles."""
        from agencies.models import Contact, NextStep, Obstacle

        contacts = Contact.objects.filter(agency=OuterRef("pk")).current(on=on)
        steps = NextStep.objects.filter(agency=OuterRef("pk")).open().order_by("due_on", "pk")
        obstacles = Obstacle.objects.filter(agency=OuterRef("pk")).unresolved(on=on)
        return (
            self.with_municipality_names()
            .with_latest_dialogue()
            .annotate(
                contact_count=count_of(contacts, "agency"),
                next_step=Subquery(steps.values("what")[:1]),
                next_step_on=Subquery(steps.values("due_on")[:1]),
                obstacle_count=count_of(obstacles, "agency"),
                is_taken=self._taken(on),
            )
        )

    @staticmethod
    def _taken(on: date) -> Any:
        found = Q(pk__in=[])
        for rows in taken_places:
            found |= Q(Exists(rows(on).filter(agency=OuterRef("pk"))))
        return Case(When(found, then=Value(True)), default=Value(False))


class ContactQuerySet(QuerySet[Any, Any]):
    """Contact persons."""

    def current(self, *, on: date) -> "ContactQuerySet":
        """Those who have not left on that day."""
        return self.filter(Q(left_on__isnull=True) | Q(left_on__gt=on))

    def named(self, words: Iterable[str]) -> "ContactQuerySet":
        """Those with any of the words in their name or e-mail address."""
        found = Q()
        for word in words:
            found |= contains_word(word, "name", "email")
        return self.filter(found)

    def with_address(self, email: str) -> "ContactQuerySet":
        """Those with this e-mail address, whatever its case; none for an empty one."""
        return self.filter(email__iexact=email.strip().upper()) if email.strip() else self.none()

    def newsletter_readers(self, *, on: date) -> "ContactQuerySet":
        """Those who get the newsletter on that day: still there, at an agency in use, and have not declined."""
        from agencies.models import Agency

        return self.current(on=on).filter(newsletter=True, agency__in=Agency.objects.active(on=on).order_by())

    def declined(self, *, on: date) -> "ContactQuerySet":
        """Those who are there that day and want no newsletter."""
        return self.current(on=on).filter(newsletter=False).exclude(email="")

    def met(self, *, on: date) -> "ContactQuerySet":
        """Those who have taken part in a dialogue up to that day."""
        from agencies.models import Dialogue

        return self.filter(Exists(Dialogue.objects.held().filter(contacts=OuterRef("pk"), held_on__lte=on)))


class OfficeQuerySet(QuerySet[Any, Any]):
    """Arbetsförmedlingen's offices."""

    def open(self, *, on: date) -> "OfficeQuerySet":
        """Those not closed on that day; `closed_on` is the first day closed."""
        return self.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=on))

    def with_manned(self) -> "OfficeQuerySet":
        """`is_manned`: whether somebody who may log in works there."""
        from agencies.models import Office

        officers = Office.officers.through.objects.filter(
            office=OuterRef("pk"), user__is_active=True, user__role=Role.CASE_OFFICER
        )
        return self.annotate(is_manned=Exists(officers))


class DialogueQuerySet(QuerySet[Any, Any]):
    """Dialogues."""

    def held(self) -> "DialogueQuerySet":
        """Those that took place: not the ones logged by mistake."""
        return self.filter(withdrawn_on__isnull=True)

    def with_people(self) -> "DialogueQuerySet":
        """`people`: the names of those who took part, in one text."""
        from agencies.models import Contact

        names = Contact.objects.filter(dialogues=OuterRef("pk")).order_by()
        joined = names.values("dialogues").annotate(all=Joined("name")).values("all")
        return self.annotate(people=Coalesce(Subquery(joined), Value("")))

    def as_read_by(self, user: Any) -> "DialogueQuerySet":
        """`readable_notes`: the notes, or nothing where the reader may not read them."""
        from agencies.permissions import may_read_notes

        return self.annotate(readable_notes=F("notes") if may_read_notes(user) else Value("", TextField()))


class NextStepQuerySet(QuerySet[Any, Any]):
    """Next steps."""

    def open(self) -> "NextStepQuerySet":
        """Those not done."""
        return self.filter(done_on__isnull=True)

    def owned_by(self, user: Any) -> "NextStepQuerySet":
        """One person's."""
        return self.filter(owner=user)


class ObstacleQuerySet(QuerySet[Any, Any]):
    """Obstacles."""

    def unresolved(self, *, on: date) -> "ObstacleQuerySet":
        """Noted and not resolved on that day."""
        return self.filter(Q(resolved_on__isnull=True) | Q(resolved_on__gt=on), noted_on__lte=on)

    def unresolved_during(self, since: date, until: date) -> "ObstacleQuerySet":
        """Unresolved on any day of the period, both days included; noted and resolved on one day is on no day."""
        stood = Q(resolved_on__gt=since) & Q(resolved_on__gt=F("noted_on"))
        return self.filter(Q(resolved_on__isnull=True) | stood, noted_on__lte=until)
