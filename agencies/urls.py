"""Addresses of the agencies' room: Swedish words without accents."""

from django.urls import path

from agencies.views import agencies, contacts, dialogues, obstacles, offices, steps

app_name = "agencies"

urlpatterns = [
    path("myndigheter/", agencies.agency_list, name="agency-list"),
    path("myndigheter/ny/", agencies.agency_new, name="agency-new"),
    path("myndigheter/<int:pk>/", agencies.agency_page, name="agency"),
    path("myndigheter/<int:pk>/andra/", agencies.agency_edit, name="agency-edit"),
    path("myndigheter/<int:pk>/arkivera/", agencies.agency_archive, name="agency-archive"),
    path("myndigheter/<int:pk>/aterstall/", agencies.agency_restore, name="agency-restore"),
    path("myndigheter/<int:pk>/dialoger/ny/", dialogues.dialogue_new, name="dialogue-new"),
    path("myndigheter/<int:pk>/kontakter/ny/", contacts.contact_new, name="contact-new"),
    path("myndigheter/<int:pk>/hinder/nytt/", obstacles.obstacle_new, name="obstacle-new"),
    path("myndigheter/<int:pk>/nasta-steg/nytt/", steps.step_new, name="step-new"),
    path("dialoger/ny/", dialogues.dialogue_choose, name="dialogue-choose"),
    path("dialoger/<int:pk>/", dialogues.dialogue_page, name="dialogue"),
    path("dialoger/<int:pk>/andra/", dialogues.dialogue_edit, name="dialogue-edit"),
    path("dialoger/<int:pk>/ta-bort/", dialogues.dialogue_withdraw, name="dialogue-withdraw"),
    path("dialoger/<int:pk>/aterstall/", dialogues.dialogue_restore, name="dialogue-restore"),
    path("kontakter/adress/", contacts.contact_address, name="contact-address"),
    path("kontakter/<int:pk>/", contacts.contact_page, name="contact"),
    path("kontakter/<int:pk>/andra/", contacts.contact_edit, name="contact-edit"),
    path("kontakter/<int:pk>/slutat/", contacts.contact_gone, name="contact-gone"),
    path("kontakter/<int:pk>/kvar/", contacts.contact_back, name="contact-back"),
    path("hinder/<int:pk>/", obstacles.obstacle_page, name="obstacle"),
    path("hinder/<int:pk>/andra/", obstacles.obstacle_edit, name="obstacle-edit"),
    path("hinder/<int:pk>/lost/", obstacles.obstacle_resolve, name="obstacle-resolve"),
    path("hinder/<int:pk>/galler/", obstacles.obstacle_stands, name="obstacle-stands"),
    path("hinder/<int:pk>/olost/", obstacles.obstacle_reopen, name="obstacle-reopen"),
    path("nasta-steg/<int:pk>/", steps.step_page, name="step"),
    path("nasta-steg/<int:pk>/andra/", steps.step_edit, name="step-edit"),
    path("nasta-steg/<int:pk>/klart/", steps.step_done, name="step-done"),
    path("nasta-steg/<int:pk>/oppna/", steps.step_reopen, name="step-reopen"),
    path("nasta-steg/<int:pk>/angra/", steps.step_take_back, name="step-take-back"),
    path("nasta-steg/<int:pk>/flytta/", steps.step_move, name="step-move"),
    path("nasta-steg/<int:pk>/lamna/", steps.step_hand, name="step-hand"),
    path("kontor/", offices.office_list, name="office-list"),
    path("kontor/<int:pk>/", offices.office_page, name="office"),
    path("kontor/<int:pk>/brevadress/", offices.office_address, name="office-address"),
]
