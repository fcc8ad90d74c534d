"""The catcher's pages, twice: for members inside the workspace, and for visitors of the demo."""

from __future__ import annotations

from django.urls import URLPattern, path

from golddraht.pages.catcher.views import catcher, play, send

WORKSPACE: list[URLPattern] = [
    path("catcher/", catcher, name="catcher"),
    path("catcher/send/", send, name="catcher_send"),
    path("catcher/story/", play, name="catcher_story"),
]

PUBLIC: list[URLPattern] = [
    path("", catcher, {"is_public": True}, name="demo"),
    path("send/", send, {"is_public": True}, name="demo_send"),
    path("story/", play, {"is_public": True}, name="demo_story"),
]
