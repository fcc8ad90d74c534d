"""Every place of the workspace before there is anything in it: the day on which somebody begins."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from golddraht.team.models import Membership
from tests.cast import Company
from tests.house.rights import PAGES

NO_SUCH_METHOD = 405
ONLY_IN_A_DEMO = "catcher"


def _places() -> dict[str, str]:
    """The pages that need nothing but a company, by name."""
    found = {}
    for name in " ".join(PAGES.values()).split():
        if name.startswith(ONLY_IN_A_DEMO):
            continue
        try:
            found[name] = reverse(name, args=["heizwerk"])
        except NoReverseMatch:
            continue
    return found


@pytest.mark.parametrize("name", sorted(_places()))
def test_it_stands_before_there_is_anything(
    company: Company, signed_in: Callable[[Membership], Client], name: str
) -> None:
    answer = signed_in(company.ada).get(_places()[name])

    assert answer.status_code in {200, 204, 302, NO_SUCH_METHOD}
