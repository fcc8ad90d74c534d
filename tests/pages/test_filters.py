"""Saved filters as people use them: kept from a search or a list, in the rail, shared, and brought back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from golddraht.conversations.models import Conversation, ErrandLine
from golddraht.ground.numbers import spoken
from golddraht.pages.shown import count_text
from golddraht.plumbing.clock import now
from golddraht.search.models import SavedFilter
from golddraht.search.operations import keep_filter, read_some
from golddraht.search.rules.filters import Sharing
from golddraht.team.models import Membership
from tests.api.programs import a_program
from tests.cast import Company, a_conversation, bjoern

Page = Callable[[Any], str]
URL = "/t/heizwerk/filters/"
INBOX = "/t/heizwerk/inbox/"


@pytest.fixture
def stove(company: Company) -> Conversation:
    found = a_conversation(subject="Ofen", text="Der Ofen bleibt kalt.", at=now())
    a_conversation(customer=bjoern(), subject="Pumpe", text="Die Pumpe steht.", at=now())
    read_some()
    return found


def kept(by: Membership, **more: Any) -> SavedFilter:
    return keep_filter(**({"name": "Kalte Öfen", "words": "ofen", "by": by.pk, "at": now()} | more))


def test_a_search_is_kept_and_stands_in_the_rail_with_its_count(stove: Conversation, nina: Client, page: Page) -> None:
    said = page(nina.get("/t/heizwerk/search/", {"q": "ofen"}))
    assert "/filters/new/?place=all&amp;words=ofen" in said
    form = page(nina.get(URL + "new/", {"place": "all", "words": "ofen"}))
    assert 'value="ofen"' in form

    told = {"name": "Kalte Öfen", "words": "ofen", "place": "all", "audience": "NOBODY"}
    shown = page(nina.post(URL + "new/", told, follow=True))

    assert "Kalte Öfen" in shown and "Der Ofen bleibt kalt" in shown and "Die Pumpe steht" not in shown
    key = f"filter-{SavedFilter.objects.get().pk}"
    assert f'href="/t/heizwerk/inbox/?place={key}" aria-current="page"' in shown
    counted = page(nina.get(URL + "counts/", headers={"HX-Request": "true"}))
    assert '<span class="rail-count">1</span>' in counted


def test_the_list_stays_beside_its_concern_and_the_bulk_acts(
    company: Company, stove: Conversation, nina: Client, page: Page
) -> None:
    key = f"filter-{kept(company.nina).pk}"

    said = page(nina.get(f"/t/heizwerk/conversations/{spoken(stove.number)}/", {"place": key}))

    assert f"/inbox/many/?place={key}" in said
    assert f"conversations/{spoken(stove.number)}/?place={key}" in said
    assert "Kalte Öfen" in said


def test_the_whole_of_a_filtered_list_can_be_acted_upon(company: Company, stove: Conversation, nina: Client) -> None:
    key = f"filter-{kept(company.nina).pk}"

    nina.post(f"/t/heizwerk/inbox/many/?place={key}", {"act": "aside", "whole": "1", "id": "1", "token": "t"})

    assert [line.conversation_id for line in ErrandLine.objects.all()] == [stove.pk]


def test_a_filter_that_is_gone_leads_to_ones_own_list(company: Company, nina: Client, page: Page) -> None:
    for key in ("filter-99999", "filter-x", "filter-", f"filter-{kept(company.tom).pk}"):
        response = nina.get(INBOX, {"place": key})
        assert response.status_code == 200 and "Meine Anliegen" in page(response)


def test_somebody_elses_filter_is_taken_over_ordered_and_left(company: Company, nina: Client, page: Page) -> None:
    kept(company.nina, name="Eigener")
    one = kept(company.tom, audience=Sharing.EVERYBODY)
    said = page(nina.get(URL))
    assert "von Tom Berger" in said

    nina.post(f"{URL}{one.pk}/take/")
    nina.post(f"{URL}{one.pk}/move/", {"to": "front"})
    said = page(nina.get(URL))
    assert said.index(f'<a class="strong" href="{INBOX}?place=filter-{one.pk}"') < said.index("Eigener</a>")
    assert f'action="{URL}{one.pk}/remove/"' not in said
    nina.post(f"{URL}{one.pk}/leave/")

    assert f'action="{URL}{one.pk}/take/"' in page(nina.get(URL))


def test_only_the_owner_sees_the_form_and_the_way_to_remove(company: Company, nina: Client) -> None:
    one = kept(company.tom, audience=Sharing.EVERYBODY)

    assert nina.get(f"{URL}{one.pk}/").status_code == 404
    for act in ("remove", "inherit", "bring-back"):
        assert nina.post(f"{URL}{one.pk}/{act}/").status_code == 404
    assert nina.post(f"{URL}{one.pk}/move/", {"to": "back"}).status_code == 404


def test_it_is_renamed_shared_removed_and_brought_back(company: Company, nina: Client, page: Page) -> None:
    one = kept(company.nina)
    told = {"name": "Warme Öfen", "words": "ofen", "place": "all", "audience": "TEAM", "team_id": company.team.pk}
    assert "für Service" in page(nina.post(f"{URL}{one.pk}/", told, follow=True))

    said = nina.post(f"{URL}{one.pk}/remove/", follow=True).content.decode()
    assert "Zurückholen" in said
    toast = said.partition('id="toasts"')[2].partition("<template>")[0]
    assert f'action="{URL}{one.pk}/bring-back/"' in toast and "Rückgängig" in toast
    assert f'action="{URL}{one.pk}/leave/"' in page(nina.post(f"{URL}{one.pk}/bring-back/", follow=True))


def test_what_is_refused_is_said_at_its_field(company: Company, nina: Client, page: Page) -> None:
    response = nina.post(URL + "new/", {"name": "x", "words": "status:rosa", "place": "all", "audience": "NOBODY"})

    assert response.status_code == 422 and "bedeutet hier nichts" in page(response)


def test_the_filter_of_whoever_left_can_be_ones_own(company: Company, nina: Client, page: Page) -> None:
    one = kept(company.tom, audience=Sharing.EVERYBODY)
    Membership.objects.filter(pk=company.tom.pk).update(active=False)

    nina.post(f"{URL}{one.pk}/inherit/")

    assert SavedFilter.objects.get().owner_id == company.nina.pk


def test_counts_are_said_up_to_a_thousand() -> None:
    assert [count_text(number) for number in (0, 999, 1000, 4000)] == ["0", "999", "999+", "999+"]


def test_programs_keep_filters_and_read_what_stands_in_them(company: Company, stove: Conversation) -> None:
    program = a_program(company.nina)
    made = program.post("/filters", {"name": "Öfen", "words": "ofen"}).json()

    found = program.get(f"/filters/{made['id']}/conversations").json()
    assert [one["subject"] for one in found["conversations"]] == ["Ofen"]
    counts = program.get("/filters/counts").json()
    assert [one["count"] for one in counts["filters"]] == [1]
    assert {"name": "all", "filter_id": None, "count": 2, "is_more": False} in counts["places"]
    assert program.send("delete", f"/filters/{made['id']}").json()["removed"][0]["id"] == made["id"]
    assert program.post(f"/filters/{made['id']}/bring-back").json()["is_pinned"]
    refused = program.post("/filters", {"name": "Nichts"})
    assert refused.status_code == 422 and refused.json()["reason"] == "EMPTY"
