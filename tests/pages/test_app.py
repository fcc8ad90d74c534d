"""What a device gets to install Golddraht, and what it may keep."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from tests.cast import Company

Page = Callable[[Any], str]


def file_at(address: str) -> Any:
    """A file's answer, read and closed."""
    answer = Client().get(address)
    if answer.streaming:
        b"".join(answer)
    answer.close()
    return answer


def kept_by_the_worker() -> list[str]:
    script = Client().get("/service-worker.js").content.decode()
    found = re.match(r"const HOUSE = (\{.*\});\n", script)
    assert found
    house = json.loads(found[1])
    return [*house["shell"], *house["offline"].values()]


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["de", "en"])
def test_the_app_can_be_installed_in_either_language(language: str) -> None:
    answer = Client().get(f"/app/{language}.webmanifest")
    said = json.loads(answer.content)

    assert answer["Content-Type"] == "application/manifest+json"
    assert said["lang"] == language
    assert said["start_url"] == said["scope"] == "/"
    assert {(one["sizes"], one["purpose"]) for one in said["icons"]} >= {("192x192", "any"), ("512x512", "maskable")}
    for icon in said["icons"]:
        picture = file_at(icon["src"])
        assert picture.status_code == 200
        assert picture["Content-Type"] == icon["type"]


@pytest.mark.django_db
def test_pages_of_those_who_serve_lead_to_the_app_and_pages_of_customers_do_not(
    company: Company, nina: Client, page: Page
) -> None:
    assert 'rel="manifest"' in page(nina.get("/t/heizwerk/inbox/"))
    assert 'rel="manifest"' in page(Client().get("/konto/login/"))
    assert 'rel="manifest"' not in page(Client().get("/k/wahl/changed/"))


@pytest.mark.django_db
def test_whatever_the_worker_keeps_is_there_and_is_the_same_for_everybody(nina: Client) -> None:
    for address in kept_by_the_worker():
        hers, strangers = nina.get(address), Client().get(address)
        assert strangers.status_code == 200, address
        assert b"".join(hers) == b"".join(strangers), address
        assert "Set-Cookie" not in strangers.headers
        assert "Nina" not in str(hers.headers)


@pytest.mark.django_db
def test_the_worker_may_see_to_the_whole_house_and_is_asked_for_anew() -> None:
    answer = Client().get("/service-worker.js")
    assert answer["Content-Type"].startswith("text/javascript")
    assert answer["Cache-Control"] == "no-cache"
    assert "worker-src 'self'" in answer["Content-Security-Policy"]


@pytest.mark.django_db
def test_files_of_a_version_never_change_and_those_of_an_older_page_are_found() -> None:
    address = f"{settings.STATIC_URL}css/golddraht.css"
    assert "immutable" in file_at(address)["Cache-Control"]
    older = Client().get("/static/0123456789/css/golddraht.css")
    assert older["Location"] == address
    assert older["Cache-Control"] == "no-store"
    assert Client().get("/static/0123456789/css/nothing.css").status_code == 404


def test_the_page_without_a_network_is_honest_in_both_languages(page: Page) -> None:
    assert "Sie sind offline" in page(Client().get("/app/offline/de/"))
    assert "You are offline" in page(Client().get("/app/offline/en/"))
    assert Client().get("/app/offline/fr/").status_code == 404
