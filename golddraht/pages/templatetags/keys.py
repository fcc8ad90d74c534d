"""The table of keys for templates."""

from __future__ import annotations

from django import template

from golddraht.pages.keys import Group, Key, clients, groups, groups_of_clients, places
from golddraht.team.queries import Viewer

register = template.Library()


@register.simple_tag
def key_groups(slug: str, viewers: list[Viewer] | str = "") -> list[Group]:
    return groups(slug, viewers or ())  # type: ignore[arg-type]  # A page without them gives "".


@register.simple_tag
def key_places(slug: str, viewers: list[Viewer] | str = "") -> list[Key]:
    return [*places(slug), *(clients(viewers) if isinstance(viewers, list) and viewers else [])]


@register.simple_tag
def client_key_groups(viewers: list[Viewer]) -> list[Group]:
    return groups_of_clients(viewers)


@register.simple_tag
def client_keys(viewers: list[Viewer]) -> list[Key]:
    return clients(viewers)
