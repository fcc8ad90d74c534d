"""Articles and problems for programs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from golddraht.conversations.models import Conversation
from golddraht.ground.numbers import spoken
from golddraht.knowledge.models import Article
from golddraht.plumbing import clock
from golddraht.team.operations import create_api_token
from tests.cast import Company, a_conversation

pytestmark = pytest.mark.django_db


def program(company: Company, member: Any) -> Any:
    """Asks and tells in the name of that member."""
    _, text = create_api_token(name="Shop", member_id=member.pk, may_write=True, at=clock.now())
    headers = {"Authorization": f"Bearer {text}"}

    def ask(method: str, path: str, told: dict[str, Any] | None = None) -> Any:
        send = getattr(Client(), method)
        more = {"data": told or {}, "content_type": "application/json"} if method != "get" else {}
        return send(f"/api/v1{path}", headers=headers, **more)

    return ask


def test_an_article_is_written_found_and_published(company: Company) -> None:
    nina, lea = program(company, company.nina), program(company, company.lea)
    told = {"title": "Ofen raucht", "body": "Lüften Sie, sagt Frau Moser.", "audience": "PUBLIC", "tags": ["Ofen"]}
    made = nina("post", "/articles", told)
    assert made.status_code == 201 and made.json()["texts"][0]["is_published"] is False
    path = f"/articles/{made.json()['id']}"
    assert nina("post", f"{path}/texts/de/publish").status_code == 422
    assert lea("post", f"{path}/texts/de/publish").status_code == 409
    assert nina("put", f"{path}/texts/de", {"title": "Ofen raucht", "body": "Lüften Sie."}).status_code == 200
    assert lea("post", f"{path}/texts/de/publish").json()["state"] == "PUBLISHED"
    found = nina("get", "/articles?words=Kaminöfen").json()["articles"]
    assert [one["id"] for one in found] == [Article.objects.get().pk]
    assert nina("get", f"{path}").json()["texts"][0]["body"] == "Lüften Sie."
    assert nina("get", "/articles/999").status_code == 404


def test_a_problem_is_opened_tied_and_fixed(company: Company) -> None:
    nina = program(company, company.nina)
    concern: Conversation = a_conversation(at=clock.now())
    day = (clock.now() + timedelta(days=9)).date().isoformat()
    made = nina("post", "/problems", {"title": "Die Dichtung reißt", "target_on": day})
    assert made.status_code == 201 and made.json()["owner_name"] == "Nina Aigner"
    path = f"/problems/{made.json()['id']}"
    assert nina("put", f"{path}/concerns/{spoken(concern.number)}").json()["concerns"] == 1
    assert nina("post", f"{path}/fixed").json()["is_fixed"] is True
    assert nina("post", f"{path}/fixed").status_code == 422
    assert nina("post", "/problems", {"title": "x", "target_on": "2001-01-01"}).status_code == 422
    assert len(nina("get", "/problems").json()["problems"]) == 1
