"""Rows for tests. What a test does not say is plausible and in December 2018; what it is about, it says."""

from datetime import date
from typing import Any

import factory
from django.db import models, transaction

from agencies.choices import Channel, ContactRole, ObstacleKind, Phase
from agencies.models import Agency, Contact, Dialogue, Municipality, NextStep, Obstacle, Office
from praktik.accounts.models import User
from praktik.accounts.roles import Role

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
