"""What something is called: by its own words, or by what was ordered."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils import translation
from django.utils.translation import gettext

from golddraht.commerce.models import Appointment, Line, Product
from golddraht.ground.text import one_line
from golddraht.team.queries import current_tenant

NAMED_AT_MOST = 3


def name_of(row: Any) -> str:
    """What a delivery or a visit is called, in the language of the company where nobody has named it."""
    if row.what:
        return str(row.what)
    if isinstance(row, Appointment):
        with translation.override(current_tenant().language):
            return gettext("Visit of a technician")
    ordered = titles_of(row.source, row.order) if row.order else []
    if ordered:
        return summed_up(ordered)
    with translation.override(current_tenant().language):
        return gettext("Delivery")


def titles_of(source: str, order: str) -> list[str]:
    """What was ordered, line by line."""
    lines = Line.objects.filter(order__source=source, order__number=order).values_list("product", "title")
    return line_titles(source, list(lines))


def line_titles(source: str, lines: Iterable[tuple[str, str]]) -> list[str]:
    """The title of each line (product, title), else the name of its product, else the product's number."""
    lines = list(lines)
    untitled = [product for product, title in lines if not title]
    names: dict[str, str] = {}
    if untitled:
        names = dict(Product.objects.filter(source=source, number__in=untitled).values_list("number", "name"))
    return [title or names.get(product) or product for product, title in lines]


def summed_up(titles: list[str]) -> str:
    """ "Ofen, Rohr, Platte and 2 more" on one line."""
    named = ", ".join(titles[:NAMED_AT_MOST])
    left = len(titles) - NAMED_AT_MOST
    return one_line(
        gettext("%(named)s and %(count)s more") % {"named": named, "count": left} if left > 0 else named, 200
    )
