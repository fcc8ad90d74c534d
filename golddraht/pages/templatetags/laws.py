"""Laws in the language of the page."""

from __future__ import annotations

from django import template
from django.utils.translation import get_language

from golddraht.ground.citing import cited

register = template.Library()


@register.filter
def law(source: str) -> str:
    return cited(str(source), get_language() or "en")
