"""What may be said? Clean input and nothing more; the verbs stand in `lifecycle.py`."""

from agencies.forms.agencies import AgencyForm
from agencies.forms.contacts import ContactForm, GoneForm, NewContactForm, NewContacts, same_address
from agencies.forms.dialogues import DialogueForm, LogDialogueForm
from agencies.forms.obstacles import ObstacleForm
from agencies.forms.offices import LetterAddressForm
from agencies.forms.steps import StepForm

__all__ = [
    "AgencyForm",
    "ContactForm",
    "DialogueForm",
    "GoneForm",
    "LetterAddressForm",
    "LogDialogueForm",
    "NewContactForm",
    "NewContacts",
    "ObstacleForm",
    "StepForm",
    "same_address",
]
