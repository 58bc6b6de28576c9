"""Two people edit the same record: the later save is told what changed meanwhile and loses nothing it typed."""

import threading
from contextlib import contextmanager

import pytest
from django.db import connections, transaction
from django.db.models.signals import post_save
from django.http import QueryDict

from agencies.forms import AgencyForm, ContactForm
from agencies.models import Agency, Contact
from praktik.accounts.models import Submission
from praktik.accounts.submissions import new_token
from tests.factories import AgencyFactory, ContactFactory, MunicipalityFactory, UserFactory


def sent(form):
    """What a browser sends of a form as it stands: for each field the texts it holds."""
    values = {bound.html_name: bound.value() for bound in form}
    return {
        name: [str(getattr(each, "pk", each)) for each in (value if isinstance(value, list) else [value])]
        for name, value in values.items()
        if value not in (None, "", [])
    }


def query(fields, **typed):
    """A sent form, with what somebody typed in it."""
    data = QueryDict(mutable=True)
    for name, values in {**fields, **typed}.items():
        data.setlist(name, [str(each) for each in values] if isinstance(values, list) else [str(values)])
    return data


def change(record, by=None, **fields):
    """Somebody else saves."""
    record = type(record).objects.get(pk=record.pk)
    record._history_user = by
    many = {name: fields.pop(name) for name in [each.name for each in record._meta.many_to_many] if name in fields}
    for name, value in fields.items():
        setattr(record, name, value)
    with transaction.atomic():
        record.save_record(**many)


class Editor:
    """Somebody with a record's form open, through its two classes."""

    def __init__(self, form_class, record, user):
        self.form_class, self.pk, self.user = form_class, record.pk, user
        self.fields = sent(self.form(None))

    def form(self, data):
        return self.form_class(data, by=self.user, instance=self.form_class._meta.model.objects.get(pk=self.pk))

    def send(self, **typed):
        """Send the form with what was typed; what the answer holds is what is sent the next time."""
        form = self.form(query(self.fields, **typed))
        form.is_valid()
        self.fields = sent(form)
        return form


def conflicts(form):
    return {each.label: (each.now, each.typed, each.taken_in) for each in form.meanwhile}


@pytest.fixture
def agency(db):
    return AgencyFactory(name="Skogsstyrelsen", note="Ring på.", municipalities=[MunicipalityFactory(name="Ånge")])


@pytest.fixture
def editor(agency, coordinator):
    return Editor(AgencyForm, agency, coordinator)


def test_a_record_that_nobody_else_changed_is_saved(editor):
    form = editor.send(note="Ta trappan.")
    assert form.is_valid()
    assert form.meanwhile == []


def test_what_somebody_else_changed_is_told_and_stands_in_the_form_where_one_had_not_touched_it(editor, agency):
    change(agency, UserFactory(name="Eva Ek"), name="Skogsverket", employees=7)
    form = editor.send(note="Ta trappan.")
    assert form.non_field_errors().as_data()[0].code == "changed_meanwhile"
    assert form.meanwhile_by == "Eva Ek"
    assert conflicts(form) == {
        "Namn": ("Skogsverket", "Skogsstyrelsen", True),
        "Anställda i länet": ("7", "–", True),
    }
    assert (form["name"].value(), form["employees"].value()) == ("Skogsverket", "7")
    assert form["note"].value() == "Ta trappan."
    # Read and sent once more, both changes stand.
    form = editor.send()
    assert form.is_valid()
    saved = form.save(commit=False)
    assert (saved.name, saved.employees, saved.note) == ("Skogsverket", 7, "Ta trappan.")


def test_what_both_changed_stands_as_typed_beside_what_is_stored(editor, agency):
    change(agency, name="Skogsverket")
    form = editor.send(name="Skogskontoret")
    assert conflicts(form) == {"Namn": ("Skogsverket", "Skogskontoret", False)}
    assert form["name"].value() == "Skogskontoret"
    assert form.meanwhile_by == "systemet"
    form = editor.send()
    assert form.is_valid()
    assert form.save(commit=False).name == "Skogskontoret"


def test_what_both_changed_to_the_same_is_no_conflict(editor, agency):
    change(agency, name="Skogsverket")
    assert editor.send(name="Skogsverket", note="Ta trappan.").is_valid()


def test_a_change_and_its_undoing_meanwhile_are_no_conflict(editor, agency):
    change(agency, name="Skogsverket")
    change(agency, name="Skogsstyrelsen")
    assert editor.send(note="Ta trappan.").is_valid()


def test_saving_without_a_change_meanwhile_is_no_conflict(editor, agency):
    change(agency)
    assert editor.send(note="Ta trappan.").is_valid()


def test_a_third_change_after_the_telling_is_told_too(editor, agency):
    change(agency, name="Skogsverket")
    editor.send(note="Ta trappan.")
    change(agency, note="Ta hissen.")
    form = editor.send()
    assert conflicts(form) == {"Att känna till": ("Ta hissen.", "Ta trappan.", False)}


def test_choices_of_many_are_compared_and_taken_in(editor, agency):
    towns = [MunicipalityFactory(name=name) for name in ("Örnsköldsvik", "Härnösand")]
    change(agency, municipalities=towns)
    form = editor.send(note="Ta trappan.")
    assert conflicts(form) == {"Kommuner": ("Härnösand, Örnsköldsvik", "Ånge", True)}
    assert set(form["municipalities"].value()) == {str(town.pk) for town in towns}
    assert set(editor.send().cleaned_data["municipalities"]) == set(towns)


def test_choices_of_many_that_both_changed_stand_as_typed(editor, agency):
    theirs, mine = MunicipalityFactory(name="Sollefteå"), MunicipalityFactory(name="Kramfors")
    change(agency, municipalities=[theirs])
    form = editor.send(municipalities=[mine.pk])
    assert conflicts(form) == {"Kommuner": ("Sollefteå", "Kramfors", False)}
    assert form["municipalities"].value() == [str(mine.pk)]


@pytest.mark.parametrize("version", ["", "0", "-1", "999999", "nonsense", "9" * 30])
def test_a_form_that_does_not_know_what_it_was_opened_on_is_compared_with_what_is_stored(editor, version):
    form = editor.send(version=version, note="Ta trappan.")
    assert conflicts(form) == {"Att känna till": ("Ring på.", "Ta trappan.", False)}
    assert form["note"].value() == "Ta trappan."
    assert editor.send().is_valid()


def test_the_version_of_another_record_counts_for_nothing(editor, agency):
    other = AgencyFactory(name="Skogsverket")
    change(agency, name="Skogsverket nord")
    form = editor.send(version=other.version(), note="Ta trappan.")
    assert conflicts(form)["Namn"] == ("Skogsverket nord", "Skogsstyrelsen", False)


def test_what_could_not_be_understood_is_kept_as_typed(editor, agency):
    change(agency, employees=50)
    form = editor.send(employees="femtio", note="Ta trappan.")
    assert conflicts(form) == {"Anställda i länet": ("50", "femtio", False)}
    assert form["employees"].value() == "femtio"
    assert "employees" in form.errors


def test_a_forged_choice_does_not_hide_what_changed_meanwhile(editor, agency):
    town = MunicipalityFactory(name="Timrå")
    change(agency, municipalities=[town])
    form = editor.send(municipalities=[999_999])
    assert conflicts(form)["Kommuner"][0] == "Timrå"
    assert not form.is_valid()


def test_a_text_of_several_lines_that_one_has_not_touched_is_recognised(agency, coordinator):
    """Browsers send another line end than other sources write."""
    change(agency, note="Ring på.\nTa trappan.")
    editor = Editor(AgencyForm, agency, coordinator)
    editor.fields["note"] = ["Ring på.\r\nTa trappan."]
    change(agency, note="Ring på.\nTa hissen.")
    form = editor.send(employees=5)
    assert conflicts(form) == {"Att känna till": ("Ring på.\nTa hissen.", "Ring på.\nTa trappan.", True)}
    assert editor.send().save(commit=False).note == "Ring på.\nTa hissen."


@pytest.fixture
def contact(db):
    return ContactFactory(name="Eva Ek", municipality=MunicipalityFactory(name="Ånge"))


def test_references_and_enumerations_are_told_in_words(contact, coordinator):
    editor = Editor(ContactForm, contact, coordinator)
    change(contact, municipality=MunicipalityFactory(name="Timrå"), role="manager")
    form = editor.send(municipality="", role="tutor")
    assert conflicts(form) == {"Kommun": ("Timrå", "–", False), "Roll": ("chef", "handledare", False)}


def test_a_reference_that_one_had_not_touched_is_taken_in(contact, coordinator):
    editor = Editor(ContactForm, contact, coordinator)
    change(contact, municipality=None)
    form = editor.send(phone="0611-555 99")
    assert conflicts(form) == {"Kommun": ("–", "Ånge", True)}
    assert not form["municipality"].value()
    assert editor.send().save(commit=False).municipality is None


def test_what_the_form_does_not_show_is_left_as_somebody_else_made_it(contact, coordinator, today):
    editor = Editor(ContactForm, contact, coordinator)
    change(contact, left_on=today)
    form = editor.send(phone="0611-555 99")
    assert form.is_valid()
    form.save(commit=False).save_record()
    contact.refresh_from_db()
    assert (contact.left_on, contact.phone) == (today, "0611-555 99")


@pytest.mark.django_db
def test_the_page_tells_who_changed_what_and_shows_what_was_typed(log_in, agency, coordinator):
    client, path = log_in(coordinator), f"/myndigheter/{agency.pk}/andra/"
    opened = sent(client.get(path).context["form"])
    other = log_in(UserFactory(name="Eva Ek"))
    assert other.post(path, {**sent(other.get(path).context["form"]), "note": "Ta hissen."}).status_code == 302

    answer = client.post(path, {**opened, "note": "Ta trappan.", "employees": "12"})
    assert answer.status_code == 200
    assert "Ändrat medan du skrev, av Eva Ek" in answer.content.decode()
    assert answer.content.decode().count("Ta hissen.") == 1
    assert [(each.now, each.typed) for each in answer.context["form"].meanwhile] == [("Ta hissen.", "Ta trappan.")]
    agency.refresh_from_db()
    assert (agency.note, agency.employees) == ("Ta hissen.", None)

    assert client.post(path, sent(answer.context["form"])).status_code == 302
    agency.refresh_from_db()
    assert (agency.note, agency.employees) == ("Ta trappan.", 12)


class Race:
    """Two browsers at the same moment: the second sends while the first one's saving is not finished.

    The first is held inside its transaction, after its row is written, until the second has come through or has
    had time to; a second that does not wait for the first comes through.
    """

    PATIENCE = 0.5  # seconds

    def __init__(self, model):
        self.model = model
        self.first_is_saving, self.second_is_through = threading.Event(), threading.Event()
        self.answers = {}

    def _hold(self, sender, **kwargs):
        if not self.first_is_saving.is_set():
            self.first_is_saving.set()
            self.second_is_through.wait(self.PATIENCE)

    @contextmanager
    def _held(self):
        post_save.connect(self._hold, sender=self.model, weak=False)
        try:
            yield
        finally:
            post_save.disconnect(self._hold, sender=self.model)

    def _send(self, name, client, path, data):
        try:
            self.answers[name] = client.post(path, data)
        finally:
            connections.close_all()

    def run(self, first, second):
        """Each is a client, a path and a form; returns both answers."""

        def second_in_time():
            assert self.first_is_saving.wait(20)
            self._send("second", *second)
            self.second_is_through.set()

        threads = [threading.Thread(target=self._send, args=("first", *first)), threading.Thread(target=second_in_time)]
        with self._held():
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(40)
        return self.answers["first"], self.answers["second"]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_the_same_moment_one_is_told(log_in):
    agency = AgencyFactory(name="Skogsstyrelsen")
    path = f"/myndigheter/{agency.pk}/andra/"
    eva, olle = log_in(UserFactory(name="Eva Ek")), log_in(UserFactory(name="Olle Al"))
    forms = [{**sent(each.get(path).context["form"]), "note": note} for each, note in ((eva, "Evas"), (olle, "Olles"))]

    first, second = Race(Agency).run((eva, path, forms[0]), (olle, path, forms[1]))

    assert (first.status_code, second.status_code) == (302, 200)
    form = second.context["form"]
    assert (form.meanwhile_by, conflicts(form)) == ("Eva Ek", {"Att känna till": ("Evas", "Olles", False)})
    agency.refresh_from_db()
    assert agency.note == "Evas"
    assert agency.history.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_double_click_that_comes_while_the_first_is_being_saved_saves_once(log_in):
    agency, user = AgencyFactory(), UserFactory()
    path, form = f"/myndigheter/{agency.pk}/kontakter/ny/", {"name": "Eva Ek", "role": "hr"}
    form["form_token"] = new_token(user)

    answers = Race(Contact).run((log_in(user), path, form), (log_in(user), path, form))

    assert [each.status_code for each in answers] == [302, 302]
    assert answers[0]["Location"] == answers[1]["Location"] == f"/myndigheter/{agency.pk}/"
    assert Contact.objects.count() == 1
    assert Submission.objects.count() == 1
