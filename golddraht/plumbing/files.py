"""Names for stored files, and answers that hand one over."""

from __future__ import annotations

import secrets

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from golddraht.plumbing.tenancy import current_tenant_id

FILE_HEADER = "X-Golddraht-File"
"""Names the stored file whose content the dispatcher streams in place of the answer's; it never leaves the house."""

PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "image/bmp"})


def harmless_type(content_type: str) -> str:
    """What a browser is told of a stranger's file: that it is a picture, or nothing at all."""
    return content_type if content_type in PICTURES else "application/octet-stream"


def new_name() -> str:
    """A place in the storage that says the tenant and nothing else, and that nobody can guess."""
    token = secrets.token_hex(20)
    return f"{current_tenant_id()}/{token[:2]}/{token[2:]}"


def file_answer(name: str, *, filename: str, content_type: str, inline: bool = False) -> HttpResponse:
    """What a view returns after it has made sure that the viewer may have the file `name` of the default storage.

    The content does not pass through the view's thread. Whatever it is, a browser treats it as inert.
    """
    answer = HttpResponse(content_type=content_type or "application/octet-stream")
    answer[FILE_HEADER] = name
    answer["Content-Disposition"] = content_disposition_header(not inline, filename) or "attachment"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
