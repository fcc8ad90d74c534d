"""Every address that can be looked at, with the demo's rows in it. A new page is found as soon as it exists."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

NOT_LOOKED_AT = {
    "palette": "a part of every page, see test_dialogs_are_without_barriers",
    "palette_places": "a part of every page, see test_dialogs_are_without_barriers",
    "answer_articles": "a part of a page",
    "attachment": "a download",
    "draft_file": "a download",
    "figures_csv": "a download",
    "statement_csv": "a download",
    "client_statement_csv": "a download",
    "settings_trail_sheet": "a download",
    "privacy_record_sheet": "a download",
    "privacy_opened_file": "a download",
    "import_sample": "a download",
    "import_bad_rows": "a download",
    "works_agreement": "a download",
    "attachment_pages": "a PDF, which the browser shows by its own means, or a stranger's file, shut in a frame in which no script runs",
    "portal_file": "a download",
    "own_copy_file": "a download",
    "customer_copy_file": "a download",
    "article_file": "a download",
    "knowledge_waiting": "a number",
    "help_file": "a download",
    "portal_receipt": "a download",
    "help_sitemap": "for search engines",
    "robots": "for search engines",
    "message_source": "a download",
    "mfa_download_recovery_codes": "a download",
    "openapi-json": "for programs",
    "live": "a stream",
    "manifest": "for devices that install the app",
    "service_worker": "a script",
    "static_of_another_version": "leads to a file",
    "live_of_clients": "a stream",
    "brand": "a stylesheet",
    "brand_mark": "a picture",
    "brand_logo": "a picture",
    "attendance": "a part of a page",
    "undoable": "a part of a page",
    "filter_counts": "a part of every page",
    "message_html": "a stranger's own layout, shut in a frame in which no script runs, not even that of axe",
    "account_inactive": "only for people who have left",
    "mfa_authenticate": "only between password and second factor",
    "mfa_reauthenticate": "only with a second factor",
    "mfa_reauthenticate_webauthn": "only with a passkey",
    "mfa_login_webauthn": "answers scripts",
    "mfa_remove_webauthn": "only with a passkey",
    "mfa_edit_webauthn": "only with a passkey",
    "mfa_add_webauthn": "only after the password was given again, see test_accounts.py",
    "mfa_deactivate_totp": "only with a second factor",
    "mfa_view_recovery_codes": "only with a second factor",
    "mfa_generate_recovery_codes": "only with a second factor",
    "account_confirm_email": "nobody's address is confirmed by mail",
    "account_email_verification_sent": "nobody's address is confirmed by mail",
    "account_confirm_login_code": "nobody signs in by a code",
    "account_reset_password_from_key": "admins give new passwords",
    "openid_connect_login": "only with single sign-on",
    "openid_connect_callback": "only with single sign-on",
    "socialaccount_signup": "only with single sign-on",
}
"""What is no page, or cannot be reached in the demo, and why."""
STRANGERS = {
    "offline",
    "help",
    "help_page",
    "help_article",
    "help_write",
    "help_cancel",
    "help_withdraw",
    "demo",
    "account_login",
    "join",
    "new_password",
    "portal_choice",
    "portal_solution",
    "portal_matter",
    "portal_satisfaction",
    "portal_no_more",
    "own",
    "own_page",
    "own_enter",
    "own_link",
    "own_code",
    "own_leave",
    "own_prove",
    "own_write",
    "own_record",
    "own_say",
    "own_wish",
    "own_add",
    "own_copy",
    "own_choosing",
    "own_allow",
    "own_take_back",
    "own_no_advertising",
    "own_channels",
    "own_confirm",
    "own_drop",
    "own_erase",
    "own_stay",
    "portal_unsubscribe",
    "portal_confirm",
}
"""Pages for people who have not signed in."""


CLIENTS = {"client_month", "client_statements", "client_statement", "client_concerns", "client_concern"}
"""Pages for people of a client company, whom the workspace does not know."""


@dataclass(frozen=True)
class Place:
    name: str
    route: str

    @property
    def is_for_strangers(self) -> bool:
        return self.name in STRANGERS

    @property
    def is_for_clients(self) -> bool:
        return self.name in CLIENTS

    @property
    def is_of_the_workspace(self) -> bool:
        return not (self.is_for_strangers or self.is_for_clients)

    def path(self, rows: dict[str, Any]) -> str:
        """The address with the demo's rows in it."""
        path = "/" + self.route
        for part in self.route.split("<")[1:]:
            blank = part.partition(">")[0]
            name = blank.rpartition(":")[2]
            path = path.replace(f"<{blank}>", str(rows[f"{self.name} token" if name == "token" else name]))
        return path


def places() -> list[Place]:
    """What may be looked at; of several addresses with one name the one that the resolver takes."""
    found = {place.name: place for place in reversed([*_walk(get_resolver(), "")]) if place.name}
    return [place for name, place in reversed(found.items()) if name not in NOT_LOOKED_AT]


def _walk(resolver: Any, before: str) -> Iterator[Place]:
    for one in resolver.url_patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _walk(one, route)
        elif isinstance(one, URLPattern) and not route.startswith("api/v1/"):
            yield Place(one.name or "", route)
