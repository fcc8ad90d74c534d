"""The settings."""

from __future__ import annotations

from django.urls import path

from golddraht.pages.settings import (
    absences,
    arrivals,
    company,
    mailboxes,
    overview,
    people,
    sign_in,
    teams,
    tokens,
    trail,
)

urlpatterns = [
    path("", overview.overview, name="settings"),
    path("people/", people.list_people, name="settings_people"),
    path("people/invite/", people.invite_person, name="settings_invite"),
    path("people/invitations/<int:invitation_id>/again/", people.invite_again, name="settings_invite_again"),
    path("people/invitations/<int:invitation_id>/withdraw/", people.take_back, name="settings_take_back"),
    path("people/<int:member_id>/", people.change_person, name="settings_person"),
    path("people/<int:member_id>/password/", people.renew_password, name="settings_renew_password"),
    path("people/<int:member_id>/leave/", people.let_go, name="settings_let_go"),
    path("teams/", teams.list_teams, name="settings_teams"),
    path("teams/new/", teams.new_team, name="settings_new_team"),
    path("teams/<int:team_id>/", teams.show_team, name="settings_team"),
    path("teams/<int:team_id>/closed/<int:closed_day_id>/open/", teams.open_again, name="settings_open_again"),
    path("absences/", absences.list_absences, name="settings_absences"),
    path("absences/<int:absence_id>/cancel/", absences.cancel_absence, name="settings_cancel_absence"),
    path("arrivals/", arrivals.list_rules, name="settings_arrivals"),
    path("arrivals/<int:rule_id>/", arrivals.change_rule, name="settings_rule"),
    path("arrivals/<int:rule_id>/move/", arrivals.move_rule, name="settings_move_rule"),
    path("arrivals/<int:rule_id>/remove/", arrivals.remove_rule, name="settings_remove_rule"),
    path("mailboxes/", mailboxes.list_mailboxes, name="settings_mailboxes"),
    path("mailboxes/new/", mailboxes.new_mailbox, name="settings_new_mailbox"),
    path("mailboxes/<int:mailbox_id>/", mailboxes.show_mailbox, name="settings_mailbox"),
    path("mailboxes/<int:mailbox_id>/try/", mailboxes.try_out, name="settings_try_mailbox"),
    path("mailboxes/<int:mailbox_id>/close/", mailboxes.close, name="settings_close_mailbox"),
    path("mailboxes/<int:mailbox_id>/reopen/", mailboxes.reopen, name="settings_reopen_mailbox"),
    path("mailboxes/connected/", sign_in.connected, name="settings_connected"),
    path("mailboxes/<int:mailbox_id>/sign-in/", sign_in.show_sign_in, name="settings_sign_in"),
    path("mailboxes/<int:mailbox_id>/connect/", sign_in.connect, name="settings_connect"),
    path("mailboxes/<int:mailbox_id>/connect-program/", sign_in.connect_program, name="settings_connect_program"),
    path("mailboxes/<int:mailbox_id>/disconnect/", sign_in.forget, name="settings_disconnect"),
    path("company/", company.show_company, name="settings_company"),
    path("tokens/", tokens.list_tokens, name="settings_tokens"),
    path("tokens/<int:token_id>/revoke/", tokens.revoke, name="settings_revoke_token"),
    path("trail/", trail.show_trail, name="settings_trail"),
]
