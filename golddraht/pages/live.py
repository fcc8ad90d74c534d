"""The name of the live line. Its streams are served beside Django; behind a server without them pages stay as they are."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse


def live(request: HttpRequest, tenant_slug: str = "") -> HttpResponse:
    """204 tells the browser that there is nothing to listen to (WHATWG HTML §9.2.3)."""
    return HttpResponse(status=204)
