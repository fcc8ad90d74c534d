"""The list of concerns: what a colleague sees, and what nobody else does."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.test import Client

from golddraht.conversations.operations import take
from golddraht.ground.numbers import spoken
from golddraht.pages.inbox import listing
from tests.cast import MONDAY_MORNING, Company, a_company, a_conversation, bjoern

Page = Callable[[Any], str]


def test_my_concerns_stand_in_my_list_with_the_next_touch_in_sight(company: Company, nina: Client, page: Page) -> None:
    conversation = a_conversation()
    take(conversation_id=conversation.pk, by=company.nina.pk, at=MONDAY_MORNING)

    said = page(nina.get("/t/heizwerk/inbox/"))

    assert "Valentina Moser" in said
    assert "Waschmaschine" in said
    assert "touch-" in said


def test_an_empty_list_says_something_kind(company: Company, nina: Client, page: Page) -> None:
    response = nina.get("/t/heizwerk/inbox/")

    assert response.status_code == 200
    assert 'class="empty"' in page(response)


def test_every_list_can_be_looked_at(company: Company, nina: Client) -> None:
    a_conversation(customer=bjoern())

    for place in [
        "mine",
        "team",
        "promised_today",
        "waiting",
        "in_danger",
        "solved",
        "all",
        "quiet",
        "spam",
        "no-such",
    ]:
        assert nina.get(f"/t/heizwerk/inbox/?place={place}").status_code == 200


def test_the_list_refreshes_only_itself(company: Company, nina: Client, page: Page) -> None:
    a_conversation()

    said = page(nina.get("/t/heizwerk/inbox/?place=all", headers={"HX-Request": "true"}))

    assert "<html" not in said
    assert 'id="concerns"' in said
    assert "Valentina Moser" in said


def test_a_list_in_which_nothing_changed_is_not_written_again(company: Company, nina: Client, page: Page) -> None:
    a_conversation(customer=bjoern())
    address = re.compile(r'id="concerns" hx-get="([^"]+)"')
    part = {"HX-Request": "true"}
    said = page(nina.get("/t/heizwerk/inbox/?place=all"))
    asks = html.unescape(address.search(said)[1])  # type: ignore[index]  # The list says how it is refreshed.

    assert nina.get(asks, headers=part).status_code == 204
    a_conversation()
    again = nina.get(asks, headers=part)

    assert "Valentina Moser" in page(again)
    assert nina.get(html.unescape(address.search(page(again))[1]), headers=part).status_code == 204  # type: ignore[index]  # As above.


def test_a_list_of_own_concerns_listens_for_its_owner_and_teams_alone(
    company: Company, nina: Client, page: Page
) -> None:
    own = re.compile(r'id="concerns"[^>]* data-hears="([^"]+)"')

    assert own.findall(page(nina.get("/t/heizwerk/inbox/?place=mine"))) == [
        f"inbox-of-{company.nina.pk} inbox-in-{company.team.pk} member-{company.nina.pk}"
    ]
    assert own.findall(page(nina.get("/t/heizwerk/inbox/?place=all")))[0].startswith("inbox member-")


def test_somebody_of_another_company_is_told_there_is_no_such_place(company: Company, signed_in: Any) -> None:
    stranger = a_company("moebelhaus", "Möbelhaus").nina

    assert signed_in(stranger).get("/t/heizwerk/inbox/").status_code == 404


def test_who_is_not_signed_in_is_asked_to(company: Company) -> None:
    response = Client().get("/t/heizwerk/inbox/")

    assert response.status_code == 302
    assert "/konto/" in response["Location"]


def test_a_spoken_number_leads_to_its_concern(company: Company, nina: Client) -> None:
    conversation = a_conversation()

    response = nina.get("/t/heizwerk/search/?q=1-3")

    assert response.status_code == 302
    assert conversation.number == 1
    assert response["Location"].startswith("/t/heizwerk/c")


def test_a_long_list_has_further_pages(company: Company, nina: Client, page: Page, monkeypatch: Any) -> None:
    monkeypatch.setattr(listing, "ROWS", 1)
    a_conversation(at=MONDAY_MORNING)
    a_conversation(customer=bjoern(), at=MONDAY_MORNING + timedelta(minutes=5))

    first = page(nina.get("/t/heizwerk/inbox/?place=all"))
    older = html.unescape(first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0])
    second = page(nina.get(older))

    assert "Björn Petersen" in first and "Valentina Moser" not in first
    assert "Valentina Moser" in second and "Björn Petersen" not in second


def test_a_place_for_leads_is_closed_to_agents(company: Company, nina: Client) -> None:
    assert nina.get("/t/heizwerk/lead/").status_code == 403


def test_a_click_in_the_list_swaps_in_the_concern_alone(company: Company, nina: Client, page: Page) -> None:
    concern = a_conversation()
    url = f"/t/heizwerk/conversations/{spoken(concern.number)}/?place=all"
    row = page(nina.get("/t/heizwerk/inbox/?place=all"))

    said = page(nina.get(url, headers={"HX-Request": "true", "HX-Target": "section#main"}))

    assert f'hx-get="{url}" hx-target="#main" hx-push-url="true"' in row and f'href="{url}"' in row
    assert "<html" not in said and 'class="row' not in said
    assert "<title>Waschmaschine · Heizwerk</title>" in said
    assert '<h1 class="bar-title" tabindex="-1" autofocus>Waschmaschine</h1>' in said
    assert 'id="thread"' in said and 'id="reply"' in said and 'id="aside" hx-swap-oob' in said


def test_going_back_asks_for_the_whole_page(company: Company, nina: Client, page: Page) -> None:
    a_conversation()
    headers = {"HX-Request": "true", "HX-Target": "body", "HX-History-Restore-Request": "true"}

    said = page(nina.get("/t/heizwerk/inbox/?place=all", headers=headers))

    assert "<html" in said and '<h1 class="bar-title" id="list-title" tabindex="-1" autofocus>' in said


def test_whoever_is_signed_out_meanwhile_is_asked_on_a_whole_page(company: Company) -> None:
    response = Client().get("/t/heizwerk/inbox/", headers={"HX-Request": "true"})

    assert (response.status_code, response.headers["HX-Refresh"]) == (204, "true")
