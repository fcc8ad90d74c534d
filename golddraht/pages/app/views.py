"""What a browser asks for to install Golddraht, and the page it shows when the house cannot be reached.

Nothing here knows who is signed in: these answers are kept on the device, and nothing personal may be.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext, override
from django.views.decorators.http import require_safe

SCRIPT = Path(__file__).parent / "service-worker.js"
LANGUAGES = [code for code, _name in settings.LANGUAGES]
SHELL = ("css", "js")
"""Folders whose files the page without a network needs."""
MARKS = ("favicon.svg", "icons.svg", "logo.svg")
NIGHT = "#1a2140"
"""The ground of the mark; what a device shows before the first page is there."""


@require_safe
def manifest(request: HttpRequest, language: str) -> HttpResponse:
    """What a device needs to install Golddraht (W3C Web Application Manifest), in that language."""
    _known(language)
    with override(language):
        said = {
            "id": "/",
            "name": "Golddraht",
            "short_name": "Golddraht",
            "description": gettext("Customer care that never lets the wire to a customer break."),
            "lang": language,
            "dir": "ltr",
            "start_url": "/",
            "scope": "/",
            "display": "standalone",
            "background_color": NIGHT,
            "theme_color": NIGHT,
            "icons": _icons(),
        }
    return JsonResponse(said, content_type="application/manifest+json", headers={"Cache-Control": "max-age=3600"})


@require_safe
def offline(request: HttpRequest, language: str) -> HttpResponse:
    """The page that stands in for any other one without a network. Written without the request: it is for everybody."""
    _known(language)
    with override(language):
        page = render_to_string("app/offline.html")
    return HttpResponse(page, headers={"Cache-Control": "no-cache", "Content-Language": language})


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker. It stands at the root, because it may only see to what lies below its own address."""
    house = {
        "version": settings.STATIC_VERSION,
        "static": "" if settings.DEBUG else settings.STATIC_URL,
        "files": settings.STATIC_URL,
        "offline": {language: reverse("offline", args=[language]) for language in LANGUAGES},
        "language": settings.LANGUAGE_CODE,
        "shell": _shell(),
    }
    script = f"const HOUSE = {json.dumps(house)};\n{_script()}"
    return HttpResponse(script, content_type="text/javascript; charset=utf-8", headers={"Cache-Control": "no-cache"})


@require_safe
def other_version(request: HttpRequest, version: str, name: str) -> HttpResponse:
    """A page of another version asks for a file that has moved with an upgrade: it gets the one of today."""
    if version == settings.STATIC_VERSION or finders.find(name) is None:
        raise Http404
    answer = redirect(static(name))
    answer["Cache-Control"] = "no-store"
    return answer


def _known(language: str) -> None:
    if language not in LANGUAGES:
        raise Http404


def _icons() -> list[dict[str, str]]:
    drawn = [{"src": static("logo.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"}]
    for purpose in ("any", "maskable"):
        for size in (192, 512):
            picture = static(f"app/icon-{purpose}-{size}.png")
            drawn.append({"src": picture, "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose})
    return drawn


@cache
def _script() -> str:
    return SCRIPT.read_text(encoding="utf-8")


@cache
def _shell() -> list[str]:
    root = Path(__file__).parents[1] / "static"
    found = [path for folder in SHELL for path in sorted((root / folder).rglob("*")) if path.is_file()]
    return [static(path.relative_to(root).as_posix()) for path in found] + [static(name) for name in MARKS]
