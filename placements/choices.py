"""What can it be? The enumerations of the places' room."""

from django.db import models


class ProgrammeKind(models.TextChoices):
    """What a programme gives a person (domain description, "Programme rules are data")."""

    INTERNSHIP = "internship", "praktik"
    EMPLOYMENT = "employment", "anställning"


class State(models.TextChoices):
    """Where a place stands on a day. Never stored: it follows from the place's dates."""

    AGREED = "agreed", "avtalad"
    ONGOING = "ongoing", "pågår"
    ENDED = "ended", "avslutad"
    WITHDRAWN = "withdrawn", "tillbakadragen"


class Waits(models.TextChoices):
    """Where an open process stands and waits. Never stored: it follows from what was done (`stages`)."""

    NO_ORDER = "no_order", "Avtalade utan order"
    NO_ANSWER = "no_answer", "Order utan svar"
    NO_START = "no_start", "Besvarade, inte startade"
    NOT_ACCEPTED = "not_accepted", "Överlämnade, inte mottagna"


class Sex(models.TextChoices):
    """The sex of the person in place: a figure that official statistics need, nothing more."""

    WOMAN = "woman", "kvinna"
    MAN = "man", "man"
    NOT_GIVEN = "not_given", "inte angivet"


class Outcome(models.TextChoices):
    """What came after a place (domain description, "Outcome when a placement ends")."""

    SAME_AGENCY = "same_agency", "Anställd på samma myndighet"
    ELSEWHERE = "elsewhere", "Anställd någon annanstans"
    STUDIES = "studies", "Studier"
    NEXT_PROGRAMME = "next_programme", "Vidare till en annan insats"
    BACK_TO_AF = "back_to_af", "Tillbaka till Arbetsförmedlingen"
    BROKEN_BY_PERSON = "broken_by_person", "Avbruten av personen"
    BROKEN_BY_AGENCY = "broken_by_agency", "Avbruten av myndigheten"
    ILLNESS = "illness", "Sjukdom eller föräldraledighet"
    OTHER = "other", "Annat"


# Of each employment it is told whether it is subsidised.
EMPLOYMENTS = (Outcome.SAME_AGENCY, Outcome.ELSEWHERE)
# Whoever broke off has not completed (domain description, "Statskontoret's three counts").
BROKEN_OFF = (Outcome.BROKEN_BY_PERSON, Outcome.BROKEN_BY_AGENCY)


class FollowUp(models.TextChoices):
    """What the person does ninety days after the end; of work it is told whether it is subsidised."""

    WORK = "work", "I arbete"
    STUDIES = "studies", "I studier"
    NONE = "none", "Varken arbete eller studier"
    UNKNOWN = "unknown", "Vet inte"


class AnswerKind(models.TextChoices):
    """What an office says to an order (domain description, OrderAnswer)."""

    CANDIDATE = "candidate", "Vi föreslår någon"
    NONE_NOW = "none_now", "Ingen just nu"
    MORE_INFORMATION = "more_information", "Vi behöver veta mer"


class Requirement(models.TextChoices):
    """What makes an order hard to match: the requirement that blocks."""

    CITIZENSHIP = "citizenship", "svenskt medborgarskap"
    VETTING = "vetting", "säkerhetsprövning"
    SWEDISH = "swedish", "nivån på svenskan"
    LICENCE = "licence", "körkort"
    COMPUTER = "computer", "datorvana"
    SKILL = "skill", "särskild kompetens"
    HOURS = "hours", "omfattningen"
    TRAVEL = "travel", "svårt att resa dit"
    OTHER = "other", "något annat"


class SwedishLevel(models.TextChoices):
    """How much Swedish the work takes."""

    LITTLE = "little", "Lite svenska räcker"
    SPEAK = "speak", "Förstår och talar"
    WRITE = "write", "Talar och skriver"
    FLUENT = "fluent", "Skriver felfritt"


class Licence(models.TextChoices):
    """Which licence the work takes."""

    NONE = "none", "Krävs inte"
    CAR = "car", "Personbil (B)"
    HEAVY = "heavy", "Tyngre fordon (C eller D)"
    TRUCK = "truck", "Truckkort"


class Computer(models.TextChoices):
    """How much the work is done at a computer."""

    NONE = "none", "Krävs inte"
    BASIC = "basic", "Grundläggande"
    GOOD = "good", "God vana"


class Verb(models.TextChoices):
    """Everything that can be done with a place, its order or its handover. The words are those of the timeline."""

    AGREE = "agree", "Avtal"
    CHANGE = "change", "Ändring"
    PLAN = "plan", "Nästa steg"
    CONFIRM = "confirm", "Avtalet bekräftat"
    WITHDRAW = "withdraw", "Tillbakadragen"
    ORDER = "order", "Order"
    RECALL = "recall", "Order återtagen"
    SUPPLEMENT = "supplement", "Order ändrad"
    ANSWER = "answer", "Svar på order"
    REPLY = "reply", "Svar på fråga"
    FLAG = "flag", "Svårmatchad"
    UNFLAG = "unflag", "Inte längre svårmatchad"
    HAND_OVER = "hand_over", "Överlämning"
    ACCEPT = "accept", "Överlämning mottagen"
    RETURN = "return", "Överlämning i retur"
    ASK = "ask", "Fråga om överlämning"
    TAKE_BACK = "take_back", "Tillbaka hos koordinatorn"
    START = "start", "Start"
    EXTEND = "extend", "Förlängning"
    END = "end", "Slut"
    FOLLOW_UP = "follow_up", "Uppföljning"
    UNDO = "undo", "Ångrat"
