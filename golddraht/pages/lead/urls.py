"""What a lead looks after: escalations, what needs no answer, groups of like concerns."""

from __future__ import annotations

from django.urls import URLPattern, path

from golddraht.pages.lead import escalations, group, quiet, views

urlpatterns: list[URLPattern] = [
    path("", views.lead, name="lead"),
    path("escalations/<int:escalation_id>/take/", escalations.take, name="take_escalation"),
    path("escalations/<int:escalation_id>/hand-over/", escalations.hand_on, name="hand_escalation_on"),
    path("quiet/", quiet.quiet, name="quiet"),
    path("quiet/wake/", quiet.wake_one, name="wake_quiet"),
    path("quiet/seen/", quiet.seen_all, name="quiet_seen"),
    path("group/", group.group, name="group"),
    path("group/answer/", group.answer, name="answer_group"),
]
