"""Who may open what: the one table. A new page or operation that does not stand here fails `test_rights.py`.

Whoever may read this may ask: why is it so? Agents care for customers; leads see to the work of the team and its words; admins
set the company up. No page is closed to somebody of another team: within a company everybody may help everybody.
"""

from __future__ import annotations

AGENT = "agent"
LEAD = "lead"
ADMIN = "admin"

PAGES = {
    AGENT: """
        inbox search conversation attendance reply keep_draft preview_answer discard_draft add_draft_files remove_draft_file
        take_back send_now read
        insert_module hand_over take next_touch note heard ask goodwill tags priority promise kept ask_whether_solved
        confirmed_in_person withdraw needs_no_answer needs_an_answer spam no_spam block free_concern merge split undo_move link unlink
        article_from_concern suggestions answer_articles nobody_knew message_html message_source draft_file undoable signer attachment attachment_pages
        promises new_promise keep_promise change_promise promise_in_danger promise_all_clear
        knowledge new_article questions note_question question knowledge_waiting article furnish_article article_reviewed
        retire_article bring_article_back add_article_file article_file remove_article_file write_article article_draft
        publish_article article_mark article_versions restore_article
        settings settings_writing settings_notices settings_renew_notices settings_notice_device settings_try_notice
        settings_remove_notices health deliver_again customers customer correct_customer
        customer_fact allow ask_to_confirm note_purchase note_presumed note_looked_up judge_heard withdraw_consent object_to choose_channels consent_proof golden_rules refinery settle_pair reopen_pair settle_doubt
        reopen_doubt take_apart merge_customer belong no_longer add_way retire_way bring_back_way tie_order untie_order calls enter write_first
        catcher catcher_send catcher_story palette palette_places
        problems new_problem problem change_a_problem problem_fixed problem_not_fixed problem_told belongs belongs_not
        filters new_filter change_filter pin_filter unpin_filter move_filter remove_filter bring_filter_back inherit_filter
        filter_counts
        erase_customer privacy_archive privacy_open privacy_opened privacy_opened_file
        today do_to_many errand undo_errand run_macro figures own_figures staff_records works_agreement
    """,
    LEAD: """
        disturbance disturbance_outcome lead take_escalation hand_escalation_on quiet wake_quiet quiet_seen group answer_group
        settings_absences settings_cancel_absence settings_modules settings_new_module settings_module
        settings_retire_module settings_bring_back_module settings_trail settings_trail_sheet
        tell_affected stop_letters copy_customer customer_copy customer_copy_file
        settings_tags settings_tag settings_unite_tags settings_retire_tag settings_use_tag settings_undo_tags
        settings_blocked settings_lift_block settings_block_again
        privacy_requests privacy_request privacy_approve privacy_refuse privacy_extend privacy_withdraw
        statement statement_of_month statement_csv
        figures_csv figure_behind settings_macros settings_new_macro settings_macro settings_retire_macro
        settings_bring_back_macro
    """,
    ADMIN: """
        settings_signing_in settings_sessions settings_end_sessions
        settings_people settings_invite settings_invite_again settings_take_back settings_end_client settings_person settings_renew_password
        settings_let_go settings_teams settings_new_team settings_team settings_open_again settings_arrivals settings_rule
        settings_move_rule settings_remove_rule settings_mailboxes settings_new_mailbox settings_mailbox
        settings_try_mailbox settings_close_mailbox settings_reopen_mailbox settings_connected settings_sign_in
        settings_connect settings_connect_program settings_disconnect settings_domains settings_domain
        settings_look_at_domain settings_new_key settings_change_key settings_keys settings_new_own_key
        settings_change_own_key settings_new_known_key settings_change_known_key settings_look_again_at_seals
        settings_companies settings_found settings_take_back_company settings_open_company_again
        settings_company settings_logo_down settings_logo_back orders_file mend_row let_in_row drop_row settings_tokens settings_revoke_token settings_telephone settings_webhooks settings_webhook
        settings_try_webhook settings_pause_webhook settings_resume_webhook settings_rotate_webhook
        settings_replay_webhook settings_close_webhook settings_asking turn_staff_switch
        settings_consents settings_consent_text
        settings_automatic settings_automatic_words settings_undo_words settings_assistant settings_assistant_servers
        settings_assistant_trial settings_send_trial
        privacy_record privacy_record_sheet privacy_archive_right privacy_retention privacy_retention_begin privacy_retention_stop
        privacy_retention_choose privacy_retention_hold privacy_retention_end_hold
        imports import_sample forget_mapping import map_import try_import take_import undo_import throw_import_away
        import_bad_rows import_mended import_without import_leave import_let_in import_row
    """,
}

FROM_LEAD_ON = {
    "GET /disturbances/preview",
    "POST /disturbances",
    "GET /disturbances/{disturbance_id}",
    "GET /leading/escalations",
    "POST /leading/escalations/{escalation_id}/take",
    "POST /leading/escalations/{escalation_id}/hand-on",
    "POST /leading/quiet-reviews",
    "GET /team/absences",
    "POST /team/absences",
    "DELETE /team/absences/{absence_id}",
    "GET /figures",
    "POST /customers/{customer_id}/copies",
    "GET /customers/{customer_id}/copies/{copy_id}",
    "GET /customers/{customer_id}/copies/{copy_id}/file",
    "GET /statements",
    "GET /statements/{month}",
    "DELETE /blocked-senders/{block_id}",
    "POST /text-modules",
    "PUT /text-modules/{module_id}",
    "DELETE /text-modules/{module_id}",
    "POST /text-modules/{module_id}/bring-back",
    "POST /macros",
    "PUT /macros/{macro_id}",
    "DELETE /macros/{macro_id}",
    "POST /macros/{macro_id}/bring-back",
    "PUT /tags",
    "POST /tags/unite",
    "PUT /tags/retired",
    "PUT /tags/in-use",
    "POST /tags/changes/{change_id}/undo",
    "POST /problems/{problem_id}/letters",
    "POST /problems/{problem_id}/letters/preview",
    "POST /problems/{problem_id}/letters/stop",
}
"""What the interface does only for the token of a lead or an admin; everything else it does for an agent's, too."""

FOR_ADMINS = {
    "POST /team/teams",
    "PUT /team/teams/{team_id}",
    "PUT /team/teams/{team_id}/hours",
    "POST /team/teams/{team_id}/closed-days",
    "DELETE /team/teams/{team_id}/closed-days/{closed_day_id}",
    "GET /client-companies",
    "POST /client-companies",
    "POST /client-companies/{company_slug}/take-back",
    "POST /client-companies/{company_slug}/open-again",
    "GET /company",
    "PUT /company",
    "GET /company/logo",
    "PUT /company/logo",
    "DELETE /company/logo",
    "POST /company/logo/put-back",
    "GET /consent-texts",
    "GET /consent-texts/{purpose}/{way}/{language}",
    "PUT /consent-texts/{purpose}/{way}/{language}",
    "PUT /team/teams/{team_id}/promises",
    "GET /team/arrival-rules",
    "POST /team/arrival-rules",
    "PUT /team/arrival-rules/{rule_id}",
    "POST /team/arrival-rules/{rule_id}/move",
    "DELETE /team/arrival-rules/{rule_id}",
    "GET /automatic-messages",
    "PUT /automatic-messages/{kind}/{language}",
    "DELETE /automatic-messages/{kind}/{language}",
    "POST /automatic-messages/{kind}/{language}/preview",
    "GET /keys",
    "POST /keys/own",
    "POST /keys/known",
    "POST /keys/{whose}/{key_id}/retire",
    "POST /keys/{whose}/{key_id}/restore",
    "DELETE /keys/{whose}/{key_id}",
    "POST /keys/look-again",
    "GET /retention",
    "GET /orders/bad-rows",
    "POST /orders/bad-rows/{bad_row_id}",
    "POST /orders/bad-rows/{bad_row_id}/let-in",
    "DELETE /orders/bad-rows/{bad_row_id}",
    "GET /imports",
    "POST /imports",
    "GET /imports/{import_id}",
    "DELETE /imports/{import_id}",
    "PUT /imports/{import_id}/columns",
    "POST /imports/{import_id}/trial",
    "POST /imports/{import_id}/take-over",
    "POST /imports/{import_id}/undo",
    "GET /imports/{import_id}/bad-rows",
    "POST /imports/{import_id}/bad-rows",
    "POST /imports/{import_id}/bad-rows/without",
    "POST /imports/{import_id}/bad-rows/leave",
    "POST /imports/{import_id}/bad-rows/let-in",
}
"""What the interface does only for the token of an admin."""

WHOSE_IT_IS = {"POST /errands/{errand_id}/undo"}
"""What an agent may do to their own alone; leads may to everybody's."""

SCOPES = {
    "/conversations": "conversations",
    "/leading": "conversations",
    "/search": "conversations",
    "/text-modules": "conversations",
    "/articles": "conversations",
    "/questions": "conversations",
    "/mail": "conversations",
    "/doubts": "customers",
    "/consent-texts": "customers",
    "/client-companies": "team",
    "/company": "team",
    "/filters": "conversations",
    "/errands": "conversations",
    "/macros": "conversations",
    "/tags": "conversations",
    "/blocked-senders": "conversations",
    "/problems": "conversations",
    "/attachments": "conversations",
    "/messages": "conversations",
    "/automatic-messages": "conversations",
    "/keys": "team",
    "/companies": "customers",
    "/households": "customers",
    "/customers": "customers",
    "/products": "orders",
    "/orders": "orders",
    "/deliveries": "orders",
    "/appointments": "orders",
    "/returns": "orders",
    "/merges": "customers",
    "/imports": "customers",
    "/erasures": "customers",
    "/promises": "promises",
    "/disturbances": "promises",
    "/team": "team",
    "/figures": "team",
    "/statements": "team",
    "/retention": "team",
    "/calls": "calls",
    "/me": "",
}
"""The area of each part of the interface; reading wants `:read`, everything else `:write`. Any token may ask `/me`."""

CLIENT_PAGES = """
    client_month client_statements client_statement client_statement_csv client_concerns client_concern
"""
"""What somebody of the client company opens. They look only, and no colleague of whatever role gets in there without a seat."""

RANKS = (AGENT, LEAD, ADMIN)


def role_for(page: str) -> str:
    """The lowest role that may open it. Raises KeyError for a page that nobody has entered in the table."""
    found = [role for role, names in PAGES.items() if page in names.split()]
    if len(found) != 1:
        raise KeyError(page)
    return found[0]


def lowest_role_for(operation: str) -> str:
    """Whose token it takes at least for that operation of the interface."""
    if operation in FOR_ADMINS:
        return ADMIN
    return LEAD if operation in FROM_LEAD_ON else AGENT


def may(role: str, lowest: str) -> bool:
    return RANKS.index(role) >= RANKS.index(lowest)


def scope_for(path: str, method: str) -> str:
    area = SCOPES["/" + path.split("/")[1]]
    if not area:
        return ""
    return f"{area}:{'read' if method == 'get' and area != 'calls' else 'write'}"
