"""How one place, order or handover that waits is told, and what is done about it."""

from typing import Any

from django.utils.http import urlencode

from agencies.models import in_short
from placements.models import Handover, Placement
from placements.permissions import Reach
from praktik import clock
from praktik.accounts.roles import Role
from praktik.addresses import address
from praktik.navigation import BACK
from praktik.templatetags.swedish_words import ago, days_since, due, number_of
from praktik.waiting import Act, How, Item, Reader


class Telling:
    """Tells rows for one reader; each method takes a row of its rule, and gives None for one that fits it no longer."""

    def __init__(self, reader: Reader, reach: Reach) -> None:
        self.reader, self.reach = reader, reach

    def _form(self, label: str, name: str, pk: int, **query: Any) -> Act:
        return Act(label, f"{address(f'placements:{name}', pk)}?{urlencode({**query, BACK: self.reader.back})}")

    def _click(self, label: str, name: str, pk: int) -> Act:
        return Act(label, address(f"placements:{name}", pk), How.DO)

    def _item(self, row: Any, where: str, agency: Any, what: str, said: str, acts: tuple[Act, ...]) -> Item:
        return Item(row.pk, what, row.get_absolute_url(), said, where, agency.get_absolute_url(), acts)

    def _about(self, place: Placement, what: str, said: str, *acts: Act) -> Item:
        return self._item(place, f"{place.agency} · {place}", place.agency, what, said, acts)

    def _order(self, order: Any, what: str, said: str, *acts: Act) -> Item:
        return self._item(order, str(order.agency), order.agency, what, said, acts)

    def _handed(self, handover: Handover, what: str, said: str, *acts: Act) -> Item:
        place = handover.placement
        return self._item(handover, f"{place.agency} · {place}", place.agency, what, said, acts)

    # Places.

    def late_start(self, place: Placement) -> Item:
        """An agreed place that should have started, or is about to."""
        passed = place.planned_start < clock.today()
        what = f"{'Skulle ha startat' if passed else 'Ska starta'} {place.planned_start}"
        acts = [self._form("Starta …", "placement-start", place.pk)]
        if self.reach.role == Role.COORDINATOR:
            acts.append(self._form("Ändra …", "placement-edit", place.pk))
        return self._about(place, what, due(place.planned_start).words, *acts)

    def ending(self, place: Placement) -> Item | None:
        """An ongoing place whose planned end has been or comes soon."""
        end = place.planned_end
        if end is None:
            return None
        acts = [self._form("Avsluta …", "placement-end", place.pk)]
        if place.can_extend(on=self.reader.on):
            acts.append(self._form("Förläng …", "placement-extend", place.pk))
        if end < clock.today():
            return self._about(place, f"Skulle ha slutat {end}", due(end).words, *acts)
        return self._about(place, f"Slutar {end}", due(end).words, *reversed(acts))

    def to_confirm(self, place: Placement) -> Item | None:
        """An agreement whose contact has left."""
        contact = place.contact
        if contact is None or contact.left_on is None:
            return None
        acts = (
            self._form("Bekräfta …", "placement-confirm", place.pk),
            self._form("Dra tillbaka …", "placement-withdraw", place.pk),
        )
        said = f"Slutade {contact.left_on}"
        return self._about(place, f"Avtalet vilar på {contact.name}", said, *acts)

    def falling(self, place: Placement) -> Item:
        """An open process that nobody has in hand."""
        what = f"{place.office} är obemannat eller stängt" if place.office else f"{place.coordinator} är inte kvar"
        act = self._click("Ta över", "placement-take-back", place.pk)
        return self._about(place, what, "Utan ägare", act)

    def step(self, place: Placement) -> Item:
        """An open place whose next step should have been taken."""
        acts = [self._form("Nytt steg …", "placement-plan", place.pk)]
        if place.order is None and place.started_on is None and self.reach.role == Role.COORDINATOR:
            acts.insert(0, self._form("Beställ …", "order-new", place.agency_id, plats=place.pk))
        said = due(place.next_on).words if place.next_on else ""
        return self._about(place, place.next_step, said, *acts)

    def follow_up(self, place: Placement) -> Item:
        """A place that ended ninety days ago."""
        what, said = "Följ upp hur det gick", f"Slutade {place.ended_on}"
        return self._about(place, what, said, self._form("Följ upp …", "placement-follow-up", place.pk))

    # Orders.

    def _on_places(self, order: Any) -> str:
        return f"Order på {number_of(order.places, 'plats,platser')}"

    def unanswered(self, order: Any) -> Item:
        """An order that waits for its office."""
        waited = f"{days_since(order.waits_since)} utan svar"
        if self.reach.role != Role.COORDINATOR:
            act = self._form("Svara …", "order-answer", order.pk)
            return self._order(order, f"{self._on_places(order)}, svar senast {order.answer_by}", waited, act)
        what = f"{self._on_places(order)} hos {in_short(str(order.office))}"
        if order.office.has_closed(on=self.reader.on):
            act = self._click("Återta ordern", "order-recall", order.pk)
            return self._order(order, f"{what}, som är stängt", waited, act)
        acts = [self._form("Notera svar …", "order-answer", order.pk), *(act(order) for act in order_acts)]
        return self._order(order, what, waited, *acts)

    def question(self, order: Any) -> Item | None:
        """An order whose office needs to know more."""
        if order.asked_pk is None:
            return None
        act = self._form("Svara …", "answer-reply", order.asked_pk)
        return self._order(
            order, f"{in_short(order.asked_by)} har en fråga om ordern", f"Frågade {ago(order.asked_on)}", act
        )

    def hard_found(self, order: Any) -> Item | None:
        """A hard-to-match order for which somebody has been proposed."""
        if order.found_on is None or order.hard_since is None:
            return None
        what = f"{in_short(order.found_at)} föreslår någon till svårmatchad order"
        act = self._click("Inte svårmatchad längre", "order-unflag", order.pk)
        return self._order(order, what, f"Föreslogs {ago(order.found_on)}", act)

    def proposed_hard(self, order: Any) -> Item:
        """An order that has waited so long that it may be hard to match."""
        what = f"Svårmatchad? {self._on_places(order)} hos {in_short(str(order.office))}"
        return self._order(
            order, what, f"{days_since(order.sent_on)} utan start", self._form("Markera …", "order-flag", order.pk)
        )

    def hard_of_others(self, order: Any) -> Item:
        """A hard-to-match order of another office."""
        what = f"{self._on_places(order)} söker någon: {order.obstacle}"
        act = self._form("Föreslå …", "order-answer", order.pk)
        return self._order(order, what, f"Sedan {order.hard_since}", act)

    # Handovers.

    def handover(self, handover: Handover) -> Item:
        """A handover that the office has neither accepted nor returned."""
        said = f"Väntar {days_since(handover.handed_on)}"
        if self.reach.role != Role.COORDINATOR:
            acts = (
                self._click("Ta emot", "handover-accept", handover.pk),
                self._form("Lämna tillbaka …", "handover-return", handover.pk),
            )
            return self._handed(handover, "Plats att ta emot", said, *acts)
        what = f"{in_short(str(handover.office))} har inte tagit emot platsen"
        return self._handed(
            handover, what, said, self._click("Ta tillbaka", "placement-take-back", handover.placement_id)
        )

    def returned(self, handover: Handover) -> Item:
        """A handover that came back."""
        what = f"{in_short(str(handover.office))} lämnade tillbaka platsen"
        place = handover.placement_id
        query = urlencode({"plats": str(place), BACK: self.reader.back})
        act = Act("Lämna över …", f"{address('placements:handover-new')}?{query}")
        return self._handed(handover, what, f"Tillbaka {ago(handover.returned_on)}", act)

    def asked(self, handover: Handover) -> Item:
        """A handover about which the office has a question."""
        what = f"{in_short(str(handover.office))} har en fråga om överlämningen"
        act = self._form("Svara …", "handover-ask", handover.pk)
        return self._handed(handover, what, f"Överlämnad {ago(handover.handed_on)}", act)


# Other rooms add here what a coordinator can do about an order that its office has not answered.
order_acts: list[Any] = []
