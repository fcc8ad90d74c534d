"""DKIM (RFC 6376), SPF (RFC 7208) and DMARC (RFC 7489) of a mail, looked up by ourselves."""

from __future__ import annotations

import base64
import binascii
import ipaddress
import re
from dataclasses import dataclass
from typing import Any

import dkim
import spf
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from .asking import Look, NotKnown, tags, texts
from .home_domain import home_domain, is_aligned
from .verdict import NOT_CHECKED, Checked, Evidence

MOST_SEALS = 5
"""More signatures than this are not looked at: each costs a look-up."""


@dataclass(frozen=True)
class Client:
    """Whoever handed the mail in: address, greeting, and the sender of the envelope. An empty address is not known."""

    address: str = ""
    greeting: str = ""
    sender: str = ""


def looked_up(content: bytes, *, domain: str, client: Client, look: Look) -> Evidence:
    """What can be found out about a mail that says it comes from `domain`. Never raises; what nobody answers is `temperror`.

    Only names that belong to `domain` are asked: those of others cannot prove it, and slow ones of a forger's own would
    use up the time until nothing is known instead of failed.
    """
    rule = _rule(domain, look)
    seals = _seals(content, domain, look)
    allowed = _allowed(client, domain, look)
    return Evidence(seals, allowed, _rule_met(domain, rule, seals, allowed))


# DKIM


class _Seals(dkim.DKIM):  # type: ignore[misc]  # The library has no types.
    """Signatures of a mail; Ed25519 (RFC 8463) is verified by the library that we have anyway."""

    def verify_sig(self, sig: Any, include_headers: Any, sig_header: Any, dnsfunc: Any) -> bool:
        if sig[b"a"] != b"ed25519-sha256":
            return bool(super().verify_sig(sig, include_headers, sig_header, dnsfunc))
        name = sig[b"s"] + b"._domainkey." + sig[b"d"] + b"."
        told = tags((dnsfunc(name) or b"").decode("ascii", "replace"))
        if told.get("k") != "ed25519":
            return False
        self.pk, self.keysize, self.ktag, self.seqtlsrpt = _Ed25519(told.get("p", "")), 256, b"ed25519", False
        try:
            return bool(self.verify_sig_process(sig, include_headers, sig_header, dnsfunc))
        except InvalidSignature:
            return False


class _Ed25519:
    def __init__(self, encoded: str) -> None:
        self._key = Ed25519PublicKey.from_public_bytes(base64.b64decode(encoded))

    def verify(self, digest: bytes, signature: bytes) -> None:
        self._key.verify(signature, digest)


def _seals(content: bytes, domain: str, look: Look) -> tuple[Checked, ...]:
    count = min(len(re.findall(rb"(?im)^dkim-signature[ \t]*:", content[:262_144])), MOST_SEALS)
    if not count:
        return ()
    try:
        signed = _Seals(content)
    except (dkim.DKIMException, ValueError):
        return (Checked("permerror"),)
    return tuple(_seal(signed, position, domain, look) for position in range(count))


def _seal(signed: Any, position: int, domain: str, look: Look) -> Checked:
    signed.signature_fields = {}
    try:
        signed.verify_headerprep(position)
        if not is_aligned(domain, _domain_of(signed)):
            return Checked("neutral", _domain_of(signed))
        word = "pass" if signed.verify(position, dnsfunc=_key_finder(look)) else "fail"
        if word == "pass" and b"l" in signed.signature_fields:
            word = "policy"  # Anybody may add words behind the part that is sealed (RFC 6376 §8.2).
    except NotKnown:
        word = "temperror"
    except (dkim.DKIMException, ValueError, KeyError, TypeError, IndexError, binascii.Error):
        word = "fail"
    return Checked(word, _domain_of(signed))


def _domain_of(signed: Any) -> str:
    named: bytes = signed.signature_fields.get(b"d", b"")
    return named.decode("ascii", "replace").strip().lower()


def _key_finder(look: Look) -> Any:
    def find(name: bytes, timeout: float = 0) -> bytes | None:
        found = texts(look, name.decode("ascii").rstrip("."))
        return next((one.encode("ascii", "replace") for one in found if "p=" in one), None)

    return find


# SPF


class _Allowed(spf.query):  # type: ignore[misc]  # The library has no types.
    """The library's evaluation, asking the DNS in our way."""

    def __init__(self, client: Client, look: Look) -> None:
        super().__init__(i=client.address, s=client.sender, h=client.greeting)
        self._look = look

    def dns(self, name: str, qtype: str, cnames: Any = None, ignore_void: bool = False) -> list[Any]:
        name = str(name).rstrip(".").lower()
        if not all(0 < len(label) < 64 for label in name.split(".")):
            return []
        if (name, qtype) not in self.cache:
            self.cache[name, qtype] = self._asked(name, qtype)
        found: list[Any] = self.cache[name, qtype]
        if not found and not ignore_void:
            self.void_lookups += 1
            if self.void_lookups > spf.MAX_VOID_LOOKUPS:
                raise spf.PermError("Too many look-ups without an answer.")
        return found

    def _asked(self, name: str, qtype: str) -> list[Any]:
        if qtype == "SPF":
            return []
        try:
            return [_as_library_wants(qtype, answer.text, answer.preference) for answer in self._look(name, qtype)]
        except NotKnown as silence:
            raise spf.TempError(str(silence)) from silence


def _as_library_wants(qtype: str, text: str, preference: int) -> Any:
    if qtype == "TXT":
        return (text.encode("utf-8", "replace"),)
    if qtype == "MX":
        return (preference, text)
    return text


def allowed_by(client: Client, look: Look) -> tuple[str, int]:
    """The word of RFC 7208 §2.6 for a client, and how many look-ups it took. `temperror` when nobody answers."""
    try:
        asked = _Allowed(client, look)
        word = str(asked.check()[0])
    except (
        Exception
    ):  # The library parses what strangers have published; whatever it trips over says nothing about a mail.
        return "permerror", 0
    return word, int(asked.lookups)


def _allowed(client: Client, shown: str, look: Look) -> Checked:
    domain = (client.sender.strip("<>").rpartition("@")[2] or client.greeting).strip("[]. ").lower()
    if not _is_public(client.address) or not is_aligned(shown, domain):
        return NOT_CHECKED
    sender = client.sender.strip("<>")
    word, _ = allowed_by(Client(client.address, client.greeting, sender), look)
    return Checked(word, domain)


def _is_public(address: str) -> bool:
    """A server of one's own network that passes a mail on is not the one that the domain could allow."""
    try:
        return ipaddress.ip_address(address).is_global
    except ValueError:
        return False


# DMARC


def _rule(domain: str, look: Look) -> dict[str, str] | Checked:
    """The domain's rule, or what to say without one."""
    if not domain:
        return NOT_CHECKED
    try:
        return dmarc_rule(domain, look) or Checked("none", domain)
    except NotKnown:
        return Checked("temperror", domain)


def _rule_met(domain: str, rule: dict[str, str] | Checked, seals: tuple[Checked, ...], allowed: Checked) -> Checked:
    if isinstance(rule, Checked):
        return rule
    ways = [(one, rule.get("adkim") == "s") for one in seals] + [(allowed, rule.get("aspf") == "s")]
    own = [one for one, strictly in ways if is_aligned(domain, one.domain, strictly=strictly)]
    if any(one.is_pass for one in own):
        return Checked("pass", domain)
    return Checked("temperror" if any(one.is_unknown for one in own) else "fail", domain)


def dmarc_rule(domain: str, look: Look) -> dict[str, str] | None:
    """The domain's DMARC record as tags, or that of its home (RFC 7489 §6.6.3); None without one. Raises NotKnown."""
    for name in dict.fromkeys((domain, home_domain(domain))):
        records = dmarc_records(name, look)
        if records:
            # Two of them count as none.
            return tags(records[0]) if len(records) == 1 and "p" in tags(records[0]) else None
    return None


def dmarc_records(name: str, look: Look) -> list[str]:
    """What is published at `_dmarc` of a name. Raises NotKnown."""
    return [one for one in texts(look, f"_dmarc.{name}") if re.match(r"v\s*=\s*DMARC1\s*(;|$)", one)]
