"""Addresses of the places' room: Swedish words without accents."""

from django.urls import path

from placements.choices import Verb
from placements.views import agreements, handovers, lists, orders, places, verbs, waits

app_name = "placements"

urlpatterns = [
    path("platser/", lists.placement_list, name="placement-list"),
    path("platser/oppna/", lists.open_places, name="open-places"),
    path("platser/pagaende/", lists.ongoing_places, name="ongoing-places"),
    path("platser/vantar/", waits.waits, name="waits"),
    path("platser/bekrafta/", lists.to_confirm, name="to-confirm"),
    path("platser/<int:pk>/", places.placement_page, name="placement"),
    path("platser/<int:pk>/andra/", places.placement_edit, name="placement-edit"),
    path("platser/<int:pk>/nasta-steg/", verbs.verb_page, {"verb": Verb.PLAN}, name="placement-plan"),
    path("platser/<int:pk>/bekrafta/", verbs.verb_page, {"verb": Verb.CONFIRM}, name="placement-confirm"),
    path("platser/<int:pk>/dra-tillbaka/", verbs.verb_page, {"verb": Verb.WITHDRAW}, name="placement-withdraw"),
    path("platser/<int:pk>/starta/", verbs.verb_page, {"verb": Verb.START}, name="placement-start"),
    path("platser/<int:pk>/forlang/", verbs.verb_page, {"verb": Verb.EXTEND}, name="placement-extend"),
    path("platser/<int:pk>/avsluta/", verbs.verb_page, {"verb": Verb.END}, name="placement-end"),
    path("platser/<int:pk>/folj-upp/", verbs.verb_page, {"verb": Verb.FOLLOW_UP}, name="placement-follow-up"),
    path("platser/<int:pk>/ta-over/", verbs.take_back, name="placement-take-back"),
    path("platser/<int:pk>/angra/", verbs.undo, name="placement-undo"),
    path("platser/angra/<uuid:act>/", verbs.undo_act, name="undo-act"),
    path("myndigheter/<int:pk>/platser/nya/", agreements.agree, name="agree"),
    path("myndigheter/<int:pk>/order/ny/", orders.order_new, name="order-new"),
    path("order/", lists.order_list, name="order-list"),
    path("order/<int:pk>/", orders.order_page, name="order"),
    path("order/<int:pk>/andra/", orders.order_edit, name="order-edit"),
    path("order/<int:pk>/svara/", orders.order_answer, name="order-answer"),
    path("order/<int:pk>/svarmatchad/", orders.order_flag, name="order-flag"),
    path("order/<int:pk>/inte-svarmatchad/", orders.order_unflag, name="order-unflag"),
    path("order/<int:pk>/aterta/", orders.order_recall, name="order-recall"),
    path("svar/<int:pk>/svara/", orders.answer_reply, name="answer-reply"),
    path("svar/<int:pk>/angra/", orders.answer_undo, name="answer-undo"),
    path("overlamningar/", handovers.handover_list, name="handover-list"),
    path("overlamningar/nya/", handovers.handover_new, name="handover-new"),
    path("overlamningar/<int:pk>/ta-emot/", handovers.handover_accept, name="handover-accept"),
    path("overlamningar/<int:pk>/lamna-tillbaka/", handovers.handover_return, name="handover-return"),
    path("overlamningar/<int:pk>/fraga/", handovers.handover_ask, name="handover-ask"),
]
