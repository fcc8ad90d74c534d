"""How people sign in: nobody signs themselves up, second factors are sealed with a key outside the database."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import SignupClosedException
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.base.constants import AuthProcess

from golddraht.plumbing import clock
from golddraht.plumbing.secrets import opened, sealed
from golddraht.team.operations import accept_vouched_for
from golddraht.team.queries import works_somewhere

PURPOSE = "mfa_authenticator.secret"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth carries no types.
    def is_open_for_signup(self, request: Any) -> bool:
        return False


class SingleSignOnAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # As above.
    """Whoever the sign-in service vouches for comes in when a company invited them, and nobody else."""

    def is_open_for_signup(self, request: Any, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: Any, sociallogin: Any) -> None:
        if sociallogin.state.get("process") == AuthProcess.CONNECT:
            return
        verified = [each.email for each in sociallogin.email_addresses if each.verified]
        accepted = [accept_vouched_for(email=email, at=clock.now()) for email in verified]
        if any(accepted) and not sociallogin.is_existing:
            # Now there is an account with this address.
            sociallogin.lookup()
        # An address that is only still known here is nobody's place to work: nothing is linked with it.
        if not sociallogin.is_existing or not works_somewhere(email=sociallogin.user.email):
            raise SignupClosedException


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # As above.
    def _get_site_name(self) -> str:
        return "Golddraht"

    def encrypt(self, text: str) -> str:
        return sealed(text, purpose=PURPOSE)

    def decrypt(self, encrypted_text: str) -> str:
        return opened(encrypted_text, purpose=PURPOSE)
