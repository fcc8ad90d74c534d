"""The way back in a toast."""

from __future__ import annotations

from django import template

from golddraht.pages.undoing import undo_of

register = template.Library()
register.filter("undo", undo_of)
