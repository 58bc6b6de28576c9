"""`manage.py reference_data`: the county's municipalities, offices and agencies."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from agencies import reference
from agencies.models import Agency, Municipality, Office

pytestmark = pytest.mark.django_db


def load() -> str:
    """Run the command; what it printed."""
    said = StringIO()
    call_command("reference_data", stdout=said)
    return said.getvalue()


def test_everything_is_added_once():
    assert load() == "Lade till 7 kommuner, 6 kontor och 42 myndigheter.\n"
    assert load() == "Kommunerna, kontoren och myndigheterna finns redan. Inget ändrades.\n"
    assert (Municipality.objects.count(), Office.objects.count(), Agency.objects.count()) == (7, 6, 42)


def test_each_row_is_one_entry_in_the_history_with_its_municipalities():
    load()
    kramfors = Municipality.objects.get(name="Kramfors")
    for record in (
        Agency.objects.get(name="Migrationsverket"),
        Office.objects.get(name="Arbetsförmedlingen Kramfors"),
    ):
        entry = record.history.get()
        assert entry.history_type == "+"
        assert kramfors.pk in {row.municipality_id for row in entry.municipalities.all()}
    assert kramfors.history.count() == 1


def test_what_somebody_changed_is_left_and_what_is_missing_comes_back():
    load()
    lantmateriet = Agency.objects.get(name="Lantmäteriet")
    lantmateriet.employees = 120
    lantmateriet.save_record(municipalities=[Municipality.objects.get(name="Ånge")])
    Agency.objects.get(name="Tullverket").delete()
    Office.objects.filter(name="Arbetsförmedlingen Ånge").update(letter_email="ange@example.se")
    assert load() == "Lade till 0 kommuner, 0 kontor och 1 myndighet.\n"
    lantmateriet.refresh_from_db()
    assert lantmateriet.employees == 120
    assert [place.name for place in lantmateriet.municipalities.all()] == ["Ånge"]
    assert Office.objects.get(name="Arbetsförmedlingen Ånge").letter_email == "ange@example.se"


def test_a_municipality_under_another_code_stops_everything():
    Municipality(code="9999", name="Sundsvall").save_record()
    with pytest.raises(CommandError, match="Inget lades till"):
        load()
    assert not Agency.objects.exists()


def test_every_row_is_one_that_a_form_would_take():
    reference.load()
    for model in (Municipality, Office, Agency):
        for record in model.objects.all():
            record.full_clean()
