"""No free text slips past the guard: every text field of every model and of every form refuses identity numbers."""

import inspect
from importlib import import_module
from itertools import chain

import pytest
from django import forms
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.test import RequestFactory

from agencies.models import Agency, Contact, Dialogue, NextStep, Obstacle, Office
from placements.models import MatchingOrder, Placement
from praktik.accounts.models import User
from praktik.identity import refuse_identity_numbers
from reports.choices import LetterKind
from reports.letters.recipients import OfficeReaders, Recipients
from reports.models import Letter, MonthlyReport
from tests.factories import (
    AgencyFactory,
    ContactFactory,
    DialogueFactory,
    HandoverFactory,
    LetterFactory,
    MatchingOrderFactory,
    MonthlyReportFactory,
    NextStepFactory,
    ObstacleFactory,
    OfficeFactory,
    OrderAnswerFactory,
    PlacementFactory,
)

# Made up, like all numbers of the tests: 1 January 1990, serial number 123 and its check digit.
MADE_UP = "900101-1239"
OURS = ("accounts", "agencies", "placements", "reports")

# Texts that are no free text, and why.
EXEMPT_FIELDS = {
    "reports.LetterCopy.text": "made of words and rows that were refused one by one",
    "reports.LetterCopy.message": "as its text",
    "reports.Notice.message": "made of names and rows that were refused one by one",
    "reports.Delivery.address": "copied from an office, an officer or a contact",
    "reports.Delivery.name": "as its address",
    "reports.Delivery.message_id": "made by us",
    "reports.Delivery.answer": "a mail server's words; what looks like a number is taken out when they are kept",
    "accounts.User.digest_days": "digits of weekdays, by a pattern",
    "accounts.User.password": "kept as a hash; shown to nobody",
    "agencies.Municipality.code": "four digits, by a pattern",
}
EXEMPT_FORM_FIELDS = {
    "ArchiveForm.sok": "looked for, never kept",
    "LoginForm.username": "compared, never kept",
    "LoginForm.password": "compared, never kept",
    "PasswordLinkForm.email": "compared, never kept",
}

TEXTS = [
    field
    for model in chain.from_iterable(
        apps.get_app_config(label).get_models() for label in OURS if label in apps.app_configs
    )
    if not model.__name__.startswith("Historical")
    for field in model._meta.fields
    if isinstance(field, models.CharField | models.TextField) and not field.choices
]


def name_of(field):
    return f"{field.model._meta.app_label}.{field.model.__name__}.{field.name}"


def test_there_are_texts_to_look_at():
    assert {"agencies.Dialogue.notes", "agencies.Agency.note", "agencies.Contact.email", "accounts.User.name"} <= {
        name_of(field) for field in TEXTS
    }


@pytest.mark.parametrize("field", TEXTS, ids=name_of)
def test_a_text_of_a_model_refuses_an_identity_number(field):
    if name_of(field) in EXEMPT_FIELDS:
        assert refuse_identity_numbers not in field.validators, "It is exempt no longer: take it off the list."
        return
    with pytest.raises(ValidationError) as refused:
        field.run_validators(MADE_UP)
    assert "identity_number" in {each.code for each in refused.value.error_list}


def test_the_code_of_a_municipality_is_four_digits():
    field = apps.get_model("agencies", "Municipality")._meta.get_field("code")
    assert [each.regex.pattern for each in field.validators if isinstance(each, RegexValidator)] == [r"^\d{4}$"]


def below(form_class):
    """Every form class that stands on this one."""
    return {each for child in form_class.__subclasses__() for each in (child, *below(child))}


import_module(settings.ROOT_URLCONF)  # which knows all pages, and so all forms
# Bases and mix-ins, which no page opens; those of a record's form have no model.
BASES = {"TokenForm", "AddressWarning", "VerbForm", "_HandoverForm"}
FORMS = sorted(
    (
        each
        for each in below(forms.BaseForm)
        if each.__module__.split(".")[0] in ("praktik", *OURS)
        and each.__name__ not in BASES
        and not (issubclass(each, forms.ModelForm) and each._meta.model is None)
    ),
    key=lambda each: each.__name__,
)


def test_there_are_forms_to_look_at():
    names = {each.__name__ for each in FORMS}
    assert {"AgencyForm", "ContactForm", "NewContactForm", "LogDialogueForm", "StepForm", "ObstacleForm"} <= names
    assert {"UserForm", "LoginForm"} <= names
    assert {"AgreeForm", "OrderForm", "AnswerForm", "HandOverForm", "ExtendForm"} <= names


def wanted_by(form_class):
    """What the form is opened with, by name."""
    opening = (each.__init__ for each in form_class.__mro__ if "__init__" in vars(each))
    return dict.fromkeys(chain.from_iterable(inspect.signature(each).parameters for each in opening))


def an_office_without_readers():
    office = Office.objects.first() or OfficeFactory()
    return Recipients([], offices=[OfficeReaders(office, (), frozenset(), "")])


def opened(form_class, data, user):
    """The form as a view opens it on something stored, with what was typed."""
    made = {
        Agency: AgencyFactory,
        Contact: ContactFactory,
        Dialogue: DialogueFactory,
        NextStep: NextStepFactory,
        Obstacle: ObstacleFactory,
        Placement: PlacementFactory,
        MatchingOrder: MatchingOrderFactory,
        MonthlyReport: MonthlyReportFactory,
        Letter: lambda: LetterFactory(kind=LetterKind.NEWSLETTER),
        User: lambda: user,
    }
    arguments = {
        "by": user,
        "agency": AgencyFactory(),
        "contact": ContactFactory(),
        "place": PlacementFactory(),
        "order": MatchingOrderFactory(),
        "report": MonthlyReportFactory(),
        "letter": LetterFactory(),
        "kind": LetterKind.NEWSLETTER,
        "weeks": 6,
        "to": an_office_without_readers(),
        "site": "https://praktik.example.se",
        "given": OrderAnswerFactory(),
        "handover": HandoverFactory(),
        "places": Placement.objects.all(),
        "offices": Office.objects.all(),
        "office": None,
        "chosen": set(),
        "request": RequestFactory().get("/"),
    }
    chosen = {name: arguments[name] for name in wanted_by(form_class) if name in arguments}
    if issubclass(form_class, forms.ModelForm):
        chosen["instance"] = made[form_class._meta.model]()
    return form_class(data=data, **chosen)


def is_text(field):
    return isinstance(field, forms.CharField)


@pytest.mark.once
@pytest.mark.django_db
@pytest.mark.parametrize("form_class", FORMS, ids=lambda each: each.__name__)
def test_a_text_of_a_form_refuses_an_identity_number(form_class, coordinator):
    texts = [bound.name for bound in opened(form_class, None, coordinator).visible_fields() if is_text(bound.field)]
    typed = {name: f"{MADE_UP}@example.se" if "email" in name else MADE_UP for name in texts}
    form = opened(form_class, typed, coordinator)
    refused = {
        name for name, errors in form.errors.as_data().items() for error in errors if error.code == "identity_number"
    }
    exempt = {name for name in texts if f"{form_class.__name__}.{name}" in EXEMPT_FORM_FIELDS}
    assert refused == set(texts) - exempt


@pytest.mark.django_db
def test_the_admin_site_refuses_an_identity_number(as_administrator, administrator):
    request = RequestFactory().get("/")
    request.user = administrator
    looked_at = set()
    for model, pages in admin.site._registry.items():
        if model._meta.app_label not in OURS:
            continue
        form_class = pages.get_form(request, obj=None)
        texts = [name for name, field in form_class.base_fields.items() if is_text(field)]
        typed = {name: f"{MADE_UP}@example.se" if "email" in name else MADE_UP for name in texts}
        errors = form_class(data=typed).errors.as_data()
        for name in texts:
            full = name_of(model._meta.get_field(name))
            if full not in EXEMPT_FIELDS:
                assert "identity_number" in {each.code for each in errors.get(name, [])}, full
                looked_at.add(full)
    assert {"accounts.User.name", "agencies.Office.name", "agencies.Office.letter_email"} <= looked_at


@pytest.mark.django_db
def test_the_answer_shows_the_field_and_keeps_what_was_typed(as_coordinator):
    agency = AgencyFactory()
    answer = as_coordinator.post(
        f"/myndigheter/{agency.pk}/dialoger/ny/",
        {"held_on": "2018-12-31", "channel": "phone", "phase": "information", "notes": f"Hon är {MADE_UP}, ring."},
    )
    assert answer.status_code == 200
    assert "personnummer" in answer.context["form"].errors["notes"][0]
    assert f"Hon är {MADE_UP}, ring." in answer.content.decode()
    assert not agency.dialogues.exists()
