"""What each form of the pages does, and the operation of the interface that does the same: the one table.

A new form that does not stand here fails `test_same_ground.py`; whoever adds one decides here how programs do it, or why they
need not.
"""

from __future__ import annotations

SAME = {
    "do_to_many": "POST /errands",
    "undo_errand": "POST /errands/{errand_id}/undo",
    "run_macro": "POST /macros/{macro_id}/run",
    "reply": "POST /conversations/{number}/replies",
    "keep_draft": "PUT /conversations/{number}/draft",
    "discard_draft": "DELETE /conversations/{number}/draft",
    "take_back": "POST /conversations/{number}/leaving/{draft_id}/take-back",
    "read": "PUT /conversations/{number}/read",
    "insert_module": "GET /text-modules/{module_id}/in/{number}",
    "hand_over": "POST /conversations/{number}/hand-over",
    "take": "POST /conversations/{number}/take",
    "next_touch": "PUT /conversations/{number}/next-touch",
    "note": "POST /conversations/{number}/notes",
    "heard": "POST /conversations/{number}/heard",
    "ask": "POST /conversations/{number}/inquiries",
    "goodwill": "POST /conversations/{number}/goodwill",
    "tags": "PUT /conversations/{number}/tags",
    "priority": "PUT /conversations/{number}/priority",
    "promise": "POST /promises",
    "new_promise": "POST /promises",
    "kept": "POST /promises/{promise_id}/kept",
    "keep_promise": "POST /promises/{promise_id}/kept",
    "change_promise": "POST /promises/{promise_id}/change",
    "promise_in_danger": "PUT /promises/{promise_id}/danger",
    "promise_all_clear": "DELETE /promises/{promise_id}/danger",
    "disturbance": "POST /disturbances",
    "ask_whether_solved": "PUT /conversations/{number}/solution",
    "withdraw": "DELETE /conversations/{number}/solution",
    "confirmed_in_person": "POST /conversations/{number}/solution/confirmed",
    "needs_no_answer": "PUT /conversations/{number}/needs-no-answer",
    "needs_an_answer": "DELETE /conversations/{number}/needs-no-answer",
    "wake_quiet": "DELETE /conversations/{number}/needs-no-answer",
    "spam": "PUT /conversations/{number}/spam",
    "no_spam": "DELETE /conversations/{number}/spam",
    "free_concern": "DELETE /conversations/{number}/spam",
    "block": "POST /blocked-senders",
    "settings_blocked": "POST /blocked-senders",
    "settings_block_again": "POST /blocked-senders",
    "settings_lift_block": "DELETE /blocked-senders/{block_id}",
    "merge": "POST /conversations/{number}/merge",
    "split": "POST /conversations/{number}/split",
    "undo_move": "POST /conversations/{number}/moves/{move_id}/undo",
    "link": "POST /conversations/{number}/links",
    "unlink": "DELETE /conversations/{number}/links/{link_id}",
    "enter": "POST /conversations",
    "write_first": "POST /conversations/first-words",
    "take_escalation": "POST /leading/escalations/{escalation_id}/take",
    "hand_escalation_on": "POST /leading/escalations/{escalation_id}/hand-on",
    "quiet_seen": "POST /leading/quiet-reviews",
    "answer_group": "POST /errands",
    "new_article": "POST /articles",
    "article_from_concern": "POST /articles",
    "write_article": "PUT /articles/{article_id}/texts/{language}",
    "publish_article": "POST /articles/{article_id}/texts/{language}/publish",
    "new_problem": "POST /problems",
    "problem_fixed": "POST /problems/{problem_id}/fixed",
    "belongs": "PUT /problems/{problem_id}/concerns/{number}",
    "new_filter": "POST /filters",
    "change_filter": "PUT /filters/{filter_id}",
    "remove_filter": "DELETE /filters/{filter_id}",
    "bring_filter_back": "POST /filters/{filter_id}/bring-back",
    "pin_filter": "PUT /filters/{filter_id}/pin",
    "unpin_filter": "DELETE /filters/{filter_id}/pin",
    "move_filter": "PUT /filters/order",
    "inherit_filter": "POST /filters/{filter_id}/inherit",
    "customer_fact": "POST /customers/{customer_id}/facts",
    "correct_customer": "PATCH /customers/{customer_id}",
    "copy_customer": "POST /customers/{customer_id}/copies",
    "merge_customer": "POST /merges",
    "take_apart": "POST /merges/{merge_id}/undo",
    "settle_pair": "POST /merges/proposed/{resemblance_id}/settle",
    "belong": "POST /customers/{customer_id}/belongings",
    "add_way": "POST /customers/{customer_id}/ways",
    "retire_way": "DELETE /customers/{customer_id}/ways/{way_id}",
    "bring_back_way": "POST /customers/{customer_id}/ways/former/{way_id}",
    "no_longer": "DELETE /customers/{customer_id}/belongings/{belonging_id}",
    "settings_absences": "POST /team/absences",
    "settings_cancel_absence": "DELETE /team/absences/{absence_id}",
    "settings_team": "PUT /team/teams/{team_id}/promises",
    "settings_arrivals": "POST /team/arrival-rules",
    "settings_rule": "PUT /team/arrival-rules/{rule_id}",
    "settings_move_rule": "POST /team/arrival-rules/{rule_id}/move",
    "settings_remove_rule": "DELETE /team/arrival-rules/{rule_id}",
    "settings_new_macro": "POST /macros",
    "settings_macro": "PUT /macros/{macro_id}",
    "settings_retire_macro": "DELETE /macros/{macro_id}",
    "settings_bring_back_macro": "POST /macros/{macro_id}/bring-back",
    "settings_tag": "PUT /tags",
    "settings_unite_tags": "POST /tags/unite",
    "settings_retire_tag": "PUT /tags/retired",
    "settings_use_tag": "PUT /tags/in-use",
    "settings_undo_tags": "POST /tags/changes/{change_id}/undo",
    "settings_new_module": "POST /text-modules",
    "settings_module": "PUT /text-modules/{module_id}",
    "settings_retire_module": "DELETE /text-modules/{module_id}",
    "settings_bring_back_module": "POST /text-modules/{module_id}/bring-back",
    "settings_automatic_words": "PUT /automatic-messages/{kind}/{language}",
    "settings_undo_words": "DELETE /automatic-messages/{kind}/{language}",
    "settings_new_own_key": "POST /keys/own",
    "settings_change_own_key": "POST /keys/{whose}/{key_id}/retire",
    "settings_new_known_key": "POST /keys/known",
    "settings_change_known_key": "DELETE /keys/{whose}/{key_id}",
    "signer": "POST /keys/known",
    "imports": "POST /imports",
    "map_import": "PUT /imports/{import_id}/columns",
    "try_import": "POST /imports/{import_id}/trial",
    "take_import": "POST /imports/{import_id}/take-over",
    "undo_import": "POST /imports/{import_id}/undo",
    "throw_import_away": "DELETE /imports/{import_id}",
    "import_row": "POST /imports/{import_id}/bad-rows",
    "import_mended": "POST /imports/{import_id}/bad-rows",
    "import_without": "POST /imports/{import_id}/bad-rows/without",
    "import_leave": "POST /imports/{import_id}/bad-rows/leave",
    "import_let_in": "POST /imports/{import_id}/bad-rows/let-in",
    "settings_look_again_at_seals": "POST /keys/look-again",
    "mend_row": "POST /orders/bad-rows/{bad_row_id}",
    "let_in_row": "POST /orders/bad-rows/{bad_row_id}/let-in",
    "drop_row": "DELETE /orders/bad-rows/{bad_row_id}",
    "tie_order": "PUT /conversations/{number}/orders/{order_id}",
    "untie_order": "DELETE /conversations/{number}/orders/{order_id}",
    "nobody_knew": "POST /questions",
    "note_question": "POST /questions",
    "question": "PUT /questions/{question_id}/step",
    "furnish_article": "PUT /articles/{article_id}/furnishing",
    "article_reviewed": "POST /articles/{article_id}/reviewed",
    "retire_article": "DELETE /articles/{article_id}",
    "bring_article_back": "POST /articles/{article_id}/bring-back",
    "add_article_file": "POST /articles/{article_id}/files",
    "remove_article_file": "DELETE /articles/{article_id}/files/{file_id}",
    "restore_article": "POST /articles/{article_id}/texts/{language}/versions/{version}/restore",
    "tell_affected": "POST /problems/{problem_id}/letters",
    "stop_letters": "POST /problems/{problem_id}/letters/stop",
    "change_a_problem": "PUT /problems/{problem_id}",
    "problem_not_fixed": "DELETE /problems/{problem_id}/fixed",
    "belongs_not": "DELETE /problems/{problem_id}/concerns/{number}",
    "reopen_pair": "POST /merges/proposed/{resemblance_id}/reopen",
    "settle_doubt": "POST /doubts/{doubt_id}/settle",
    "reopen_doubt": "POST /doubts/{doubt_id}/reopen",
    "settings_new_team": "POST /team/teams",
    "settings_open_again": "DELETE /team/teams/{team_id}/closed-days/{closed_day_id}",
    "settings_company": "PUT /company",
    "settings_found": "POST /client-companies",
    "settings_take_back_company": "POST /client-companies/{company_slug}/take-back",
    "settings_open_company_again": "POST /client-companies/{company_slug}/open-again",
    "settings_logo_down": "DELETE /company/logo",
    "settings_logo_back": "POST /company/logo/put-back",
    "deliver_again": "POST /mail/undelivered/{delivery_id}/again",
    "allow": "POST /customers/{customer_id}/consents",
    "withdraw_consent": "POST /customers/{customer_id}/consents/withdraw",
    "object_to": "POST /customers/{customer_id}/consents/object",
    "choose_channels": "PUT /customers/{customer_id}/channels",
    "ask_to_confirm": "POST /customers/{customer_id}/consents/ask",
    "note_purchase": "POST /customers/{customer_id}/consents/purchase",
    "settings_consent_text": "PUT /consent-texts/{purpose}/{way}/{language}",
    "note_presumed": "POST /customers/{customer_id}/consents/ground",
    "note_looked_up": "POST /customers/{customer_id}/consents/ground",
    "judge_heard": "POST /customers/{customer_id}/consents/{act_id}/reading",
}
"""The form of a page, and the operation that does the same."""

EXCEPTIONS = {
    "It shows, and changes nothing.": """
        inbox conversation suggestions message_html message_source draft_file undoable attachment attachment_pages customers
        refinery golden_rules customer consent_proof catcher catcher_story preview_answer
    """,
    "A page's own comfort: programs do not type, read along, or need seconds to change their mind.": """
        forget_mapping attendance send_now add_draft_files remove_draft_file article_draft settings_writing
    """,
    "Somebody's own devices: their keys are made in a browser and stay there.": """
        settings_notices settings_renew_notices settings_notice_device settings_try_notice settings_remove_notices
    """,
    "Who may come in is decided by a person who has shown a second factor, never by a token that leaked.": """
        settings_invite settings_invite_again settings_take_back settings_end_client settings_person settings_renew_password settings_let_go
        settings_signing_in settings_sessions settings_end_sessions settings_tokens settings_revoke_token
    """,
    "Passwords and consents of mail services pass through the browser of whoever gives them.": """
        settings_assistant settings_assistant_servers settings_send_trial settings_new_mailbox settings_mailbox
        settings_try_mailbox settings_close_mailbox settings_reopen_mailbox settings_sign_in settings_connect_program
        settings_disconnect
    """,
    "Where a company's mail and events go is set once, and a stolen token must not be able to send them elsewhere.": """
        settings_domains settings_look_at_domain settings_new_key settings_change_key settings_telephone settings_webhooks
        settings_webhook settings_try_webhook settings_pause_webhook settings_resume_webhook settings_rotate_webhook
        settings_replay_webhook settings_close_webhook
    """,
    "What is erased or refused for good is decided by people who are named: one asks, another one approves.": """
        erase_customer privacy_approve privacy_refuse privacy_extend privacy_withdraw
        privacy_retention_begin privacy_retention_stop privacy_retention_choose privacy_retention_hold
        privacy_retention_end_hold privacy_open privacy_archive_right
    """,
    "What is kept about staff is agreed with those who represent them: a person turns the switch, and is named.": """
        turn_staff_switch
    """,
    "Whether words may point at a person is judged by a person who has read them, before everybody does.": "article_mark",
    "That customers may be asked how it was is answered for by a person who says so by name.": "settings_asking",
    "The demo's own post office.": "catcher_send",
}
"""Forms that no program needs, by the reason."""

NOT_YET: dict[str, str] = {}
"""What programs cannot do and should. This list may only become shorter."""
MOST_NOT_YET = 0


def named(table: dict[str, str]) -> list[str]:
    return [name for names in table.values() for name in names.split()]
