"""Takes what the sign-in service says about somebody, after all that OpenID Connect Core 1.0 §3.1.3.7 wants to be looked at."""

from __future__ import annotations

from typing import Any

import jwt
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
"""Signatures with a public key alone: with HS256 whoever reads our secret could sign, and `none` is no signature."""
CLOCKS_DIFFER_BY = 60
"""Seconds."""


class SignInAdapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # allauth carries no types.
    """Always checks signature, issuer, audience, time and nonce of the ID token, and that UserInfo is about the same person."""

    nonce = ""
    """What was sent along when the sign-in began; the callback sets it from the session."""

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> Any:
        id_token = kwargs["response"].get("id_token")
        if not id_token:
            raise OAuth2Error("The answer holds no ID token.")
        claims = self._claims(app.client_id, id_token)
        person = self._fetch_user_info(token.token)
        # OpenID Connect Core 1.0 §5.3.2: otherwise it may be about somebody else.
        if person.get("sub") != claims["sub"]:
            raise OAuth2Error("UserInfo is about somebody else than the ID token.")
        return self.get_provider().sociallogin_from_response(request, {"userinfo": person, "id_token": claims})

    def _claims(self, client_id: str, id_token: str) -> dict[str, Any]:
        try:
            claims: dict[str, Any] = jwt.decode(
                id_token,
                key=self._key(id_token),
                algorithms=ALGORITHMS,
                audience=client_id,
                issuer=self.openid_config["issuer"],
                leeway=CLOCKS_DIFFER_BY,
                options={"require": ["exp", "iat", "iss", "aud", "sub"]},
            )
        except (jwt.PyJWTError, TypeError, ValueError) as wrong:
            raise OAuth2Error("The ID token is not to be believed.") from wrong
        self._check_whom_for(client_id, claims)
        return claims

    def _check_whom_for(self, client_id: str, claims: dict[str, Any]) -> None:
        said = str(claims.get("nonce", ""))
        if not self.nonce or not constant_time_compare(said, self.nonce):
            raise OAuth2Error("The ID token answers another sign-in than this one.")
        others = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
        if claims.get("azp", None if others else client_id) != client_id:
            raise OAuth2Error("The ID token was made for another party.")

    def _key(self, id_token: str) -> Any:
        """The key that the token names, or the only one there is. Raises jwt.PyJWTError."""
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
            keys = jwt.PyJWKSet.from_dict(answer.json()).keys
        named = jwt.get_unverified_header(id_token).get("kid")
        for key in keys:
            if key.key_id == named or (named is None and len(keys) == 1):
                return key.key
        raise jwt.InvalidKeyError("The sign-in service does not know the key.")
