"""What can it be? The enumerations of the agencies' room."""

from django.db import models


class ContactRole(models.TextChoices):
    """What a contact person does at the agency (domain description, Contact)."""

    HEAD = "head", "myndighetschef"
    HR = "hr", "HR"
    MANAGER = "manager", "chef"
    TUTOR = "tutor", "handledare"
    OTHER = "other", "annan"


class Channel(models.TextChoices):
    """How a dialogue was held (domain description, Dialogue)."""

    VISIT = "visit", "Besök"
    PHONE = "phone", "Telefon"
    VIDEO = "video", "Video"
    EMAIL = "email", "E-post"
    EVENT = "event", "Möte med flera"


class Phase(models.TextChoices):
    """The three phases of the work (final report of the two assignments, 2019-01-08)."""

    INFORMATION = "information", "Information"
    EXAMPLES = "examples", "Goda exempel"
    HANDOVER = "handover", "Överlämning"


class ObstacleKind(models.TextChoices):
    """Why an agency cannot offer places (domain description, "Kinds of obstacle")."""

    NO_TASKS = "no_tasks", "Saknar lämpliga arbetsuppgifter"
    TOO_SMALL = "too_small", "Få anställda i länet"
    HEAD_OFFICE = "head_office", "Alla platser på huvudkontoret"
    CITIZENSHIP = "citizenship", "Krav på svenskt medborgarskap"
    VETTING = "vetting", "Krav på säkerhetsprövning"
    NO_TIME = "no_time", "Saknar tid: omorganisation, nya uppdrag"
    NO_TUTOR = "no_tutor", "Saknar handledare"
    LEAD_TIME = "lead_time", "Lång ledtid"
    NO_MONEY = "no_money", "Saknar medel för omkostnader"
    NO_MATCH = "no_match", "Arbetsförmedlingen har ingen som passar"
    HARD_TO_REACH = "hard_to_reach", "Svår att nå"
    UNCLEAR_GOALS = "unclear_goals", "Oklart mål eller ansvar inom myndigheten"
    CONTACT_CHANGED = "contact_changed", "Nyckelperson har bytts ut"
    PLACE_TAKEN = "place_taken", "Platsen upptagen av tidigare anställd"
    PROGRAMME_STOPPED = "programme_stopped", "Insatsen är stoppad"
    OTHER = "other", "Annat"
