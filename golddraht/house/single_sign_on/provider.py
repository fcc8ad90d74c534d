"""Sends people to the sign-in service, and says what of its answer is believed."""

from __future__ import annotations

import secrets
from typing import Any

import requests
from allauth.account.models import EmailAddress
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from django.http import HttpRequest, HttpResponse

from golddraht.house.single_sign_on.adapter import SignInAdapter


class SignInProvider(OpenIDConnectProvider):  # type: ignore[misc]  # allauth carries no types.
    """With a nonce and PKCE (RFC 7636), and deaf to what an address asks for beyond the settings."""

    oauth2_adapter_class = SignInAdapter
    pkce_enabled_default = True

    def redirect(
        self, request: HttpRequest, process: str, next_url: str | None = None, data: Any = None, **more: Any
    ) -> HttpResponse:
        more["nonce"] = secrets.token_urlsafe(32)
        more["auth_params"] = self.get_auth_params() | {"nonce": more["nonce"]}
        try:
            response: HttpResponse = super().redirect(request, process, next_url, data, **more)
        except requests.RequestException as trouble:
            response = render_authentication_error(request, self, exception=trouble)
        return response

    def get_auth_params_from_request(self, request: HttpRequest, action: str) -> dict[str, str]:
        return dict(self.get_auth_params())

    def get_scope_from_request(self, request: HttpRequest) -> list[str]:
        return list(self.get_scope())

    def extract_email_addresses(self, data: dict[str, Any]) -> list[EmailAddress]:
        """Verified is what says so in so many words; the word "false" is true to Python."""
        addresses: list[EmailAddress] = super().extract_email_addresses(data)
        for address in addresses:
            address.verified = address.verified is True or str(address.verified).lower() == "true"
        return addresses


provider_classes = [SignInProvider]
