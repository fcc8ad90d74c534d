"""People signed in with a browser that only speaks HTTP."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from golddraht.team.models import Membership
from tests.cast import Company
from tests.mails import a_mailbox

Browser = Callable[[Membership], Client]


@pytest.fixture
def mailbox(company: Company) -> None:
    """Heizwerk can be written to and can answer."""
    a_mailbox()


@pytest.fixture
def signed_in(company: Company) -> Browser:
    """A browser in which that member is signed in."""

    def browser(member: Membership) -> Client:
        client = Client()
        client.force_login(member.user)
        return client

    return browser


@pytest.fixture
def nina(company: Company, mailbox: None, signed_in: Browser) -> Client:
    """Nina, who lets her answers leave at once; of the seconds in which others can take theirs back tells test_composing."""
    Membership.objects.filter(pk=company.nina.pk).update(undo_seconds=0)
    return signed_in(company.nina)


@pytest.fixture
def page() -> Callable[[Any], str]:
    """What an answer says, with blanks evened out."""

    def said(response: Any) -> str:
        return " ".join(response.content.decode().split())

    return said
