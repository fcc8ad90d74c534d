"""How people sign in: nobody signs themselves up, second factors are sealed with a key outside the database."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter

from golddraht.plumbing.secrets import opened, sealed

PURPOSE = "mfa_authenticator.secret"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth carries no types.
    def is_open_for_signup(self, request: Any) -> bool:
        return False


class SingleSignOnAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # As above.
    def is_open_for_signup(self, request: Any, sociallogin: Any) -> bool:
        return False


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # As above.
    def _get_site_name(self) -> str:
        return "Golddraht"

    def encrypt(self, text: str) -> str:
        return sealed(text, purpose=PURPOSE)

    def decrypt(self, encrypted_text: str) -> str:
        return opened(encrypted_text, purpose=PURPOSE)
