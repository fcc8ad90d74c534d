"""The table of keys for templates."""

from __future__ import annotations

from django import template

from golddraht.pages.keys import Group, Key, groups, places

register = template.Library()


@register.simple_tag
def key_groups(slug: str) -> list[Group]:
    return groups(slug)


@register.simple_tag
def key_places(slug: str) -> list[Key]:
    return places(slug)
