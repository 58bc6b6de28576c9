"""What the demonstration's county lacks to be a county of the usual size: more talks, and the first letters."""

import re
from collections import defaultdict
from datetime import datetime, time, timedelta
from random import Random
from typing import Any

from django.apps import apps

from agencies.models import Contact, Dialogue
from praktik.accounts.models import User
from praktik.accounts.roles import Role
from praktik.demo.diary import STOCKHOLM, working_days
from reports.choices import LetterKind
from reports.models import Delivery, Letter, LetterCopy

DIALOGUES = 1_500
LETTERS = 60
_SENTENCES = 3
"""Of each further note."""


class _Talks:
    """Further talks like those that were held, between the first and the latest of each agency."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.by = User.objects.filter(role=Role.COORDINATOR).earliest("pk")
        self.held: dict[int, list[Dialogue]] = defaultdict(list)
        self.people: dict[int, list[Contact]] = defaultdict(list)
        self.sentences: dict[str, list[str]] = defaultdict(list)
        for talk in Dialogue.objects.order_by("held_on", "pk"):
            self.held[talk.agency_id].append(talk)
            self.sentences[talk.phase] += re.findall(r"[^.!?]+[.!?]", talk.notes)
        for contact in Contact.objects.all():
            self.people[contact.agency_id].append(contact)
        self.days = {pk: working_days(held[0].held_on, held[-1].held_on) for pk, held in self.held.items()}
        # Whom one talks to often, one talks to more often.
        self.likely = [pk for pk, held in self.held.items() if self.days[pk] for _ in held]

    def make(self) -> tuple[Dialogue, list[Contact]]:
        """One more, not stored, and with whom it was."""
        agency = self.chance.choice(self.likely)
        day = self.chance.choice(self.days[agency])
        held = self.held[agency]
        before = [each for each in held if each.held_on <= day][-1]
        notes = "".join(self.chance.sample(self.sentences[before.phase], _SENTENCES)).strip()
        channel = self.chance.choice(held).channel
        talk = Dialogue(agency_id=agency, held_on=day, channel=channel, phase=before.phase, notes=notes, by=self.by)
        moment = time(self.chance.randint(8, 16), self.chance.randrange(60))
        talk._history_date = datetime.combine(day, moment, STOCKHOLM)
        there = [each for each in self.people[agency] if not each.has_left(on=day)]
        return talk, self.chance.sample(there, min(len(there), 1))


def more_talks(chance: Random) -> None:
    """Add talks until there are DIALOGUES, each with its entry in the history."""
    talks = _Talks(chance)
    made = [talks.make() for _ in range(DIALOGUES - Dialogue.objects.count())]
    stored = Dialogue.objects.bulk_create(talk for talk, _ in made)
    entries = Dialogue.history.bulk_history_create(stored, default_user=talks.by)
    through = Dialogue.contacts.through
    met = through.objects.bulk_create(
        through(dialogue=talk, contact=contact) for talk, people in made for contact in people
    )
    entry_of = {entry.id: entry for entry in entries}
    kept: Any = apps.get_model("agencies", "HistoricalDialogue_contacts")
    kept.objects.bulk_create(
        kept(id=each.pk, history=entry_of[each.dialogue_id], dialogue=each.dialogue, contact=each.contact)
        for each in met
    )


def first_letters() -> None:
    """Letters of the weeks before the first, until there are LETTERS: the same words to the same addresses."""
    first: Any = Letter.objects.filter(kind=LetterKind.WEEKLY, sent_at__isnull=False).earliest("week")
    for n in range(1, LETTERS - Letter.objects.count() + 1):
        earlier = timedelta(weeks=n)
        letter: Any = Letter.objects.get(pk=first.pk)
        letter.pk, letter._state.adding = None, True
        letter.week, letter.sent_at = first.week - earlier, first.sent_at - earlier
        letter._history_date = letter.sent_at
        letter.signed_by(letter.sent_by).save_record()
        LetterCopy.objects.create(
            letter=letter, content=first.copy.content, text=first.copy.text, message=first.copy.message, deeds_until=0
        )
        deliveries = list(first.deliveries.all())
        for each in deliveries:
            each.pk, each.letter = None, letter
            # Another sign than between a copy and its number.
            each.message_id = each.message_id.replace("@", f"-{n}@")
            each.sent_at = each.sent_at - earlier if each.sent_at else None
        Delivery.objects.bulk_create(deliveries)
