"""What may be said? One module per thing."""

from placements.forms.handovers import AskForm, HandOverForm, ReturnForm
from placements.forms.orders import AnswerForm, FlagForm, OrderForm, ReplyForm
from placements.forms.places import AgreeForm, PlaceForm
from placements.forms.verbs import (
    ConfirmForm,
    EndForm,
    ExtendForm,
    FollowUpForm,
    PlanForm,
    StartForm,
    VerbForm,
    WithdrawForm,
)

__all__ = [
    "AgreeForm",
    "AnswerForm",
    "AskForm",
    "ConfirmForm",
    "EndForm",
    "ExtendForm",
    "FlagForm",
    "FollowUpForm",
    "HandOverForm",
    "OrderForm",
    "PlaceForm",
    "PlanForm",
    "ReplyForm",
    "ReturnForm",
    "StartForm",
    "VerbForm",
    "WithdrawForm",
]
