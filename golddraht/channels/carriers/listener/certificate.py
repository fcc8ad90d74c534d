"""The certificate that our listener shows, read anew when it was renewed on disk."""

from __future__ import annotations

import logging
import ssl
from pathlib import Path

from django.conf import settings

log = logging.getLogger(__name__)


class Certificate:
    """Raises OSError when the files cannot be used at the start; later the old ones stay until the new ones can be."""

    def __init__(self, chain: str, key: str = "") -> None:
        self._chain, self._key = Path(chain), Path(key or chain)
        self._stamp = self._written()
        self._context = self._read()

    def context(self) -> ssl.SSLContext:
        """What new connections are secured with."""
        try:
            stamp = self._written()
            if stamp != self._stamp:
                self._context, self._stamp = self._read(), stamp
        except OSError as failure:
            # In the middle of being replaced; the next connection looks again.
            log.warning("The renewed certificate cannot be used yet: %s", failure)
        return self._context

    def _written(self) -> tuple[int, ...]:
        return tuple(path.stat().st_mtime_ns for path in (self._chain, self._key))

    def _read(self) -> ssl.SSLContext:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(self._chain, self._key)
        return context


def own_certificate() -> Certificate | None:
    """That of the settings. Raises OSError with the name of the setting."""
    if not settings.MAIL_CERTIFICATE:
        return None
    try:
        return Certificate(settings.MAIL_CERTIFICATE, settings.MAIL_KEY)
    except OSError as failure:
        raise OSError(f"GOLDDRAHT_MAIL_CERTIFICATE or GOLDDRAHT_MAIL_KEY cannot be used: {failure}") from failure
