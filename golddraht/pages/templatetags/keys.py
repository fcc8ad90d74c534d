"""The table of keys for templates. Every page of the workspace has it, and it says the same on each: it is drawn once."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from golddraht.pages.keys import Group, Key, clients, groups, groups_of_clients
from golddraht.team.queries import Viewer

register = template.Library()
Viewers = tuple[Viewer, ...]
DRAWN = 500
"""Kept, each of some kilobytes: one for each company and language, and one for everybody who serves several."""


@register.simple_tag
def keys_help(slug: str, viewers: list[Viewer] | str = "") -> SafeString:
    """The dialog with all keys of a company's workspace; `viewers` of somebody who serves several."""
    return _help(groups, (slug,), tuple(viewers), get_language())


@register.simple_tag
def keys_help_of_clients(viewers: list[Viewer]) -> SafeString:
    return _help(groups_of_clients, (), tuple(viewers), get_language())


@register.simple_tag
def client_keys(viewers: list[Viewer]) -> list[Key]:
    return clients(viewers)


@lru_cache(DRAWN)
def _help(
    gathered: Callable[..., list[Group]], where: tuple[Any, ...], viewers: Viewers, language: str | None
) -> SafeString:
    """`language` is only what it was drawn for."""
    return render_to_string("components/keys_dialog.html", {"groups": gathered(*where, viewers)})
