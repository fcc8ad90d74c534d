"""The logo of a company, where its admins choose it and where its customers see it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from golddraht.ground.pictures import bare_picture
from golddraht.plumbing import clock
from golddraht.plumbing.links import token_for
from golddraht.team.models import Logo, Membership
from golddraht.team.operations import put_up_logo, take_down_logo
from tests.cast import MONDAY_MORNING, Company, a_company, a_conversation
from tests.operations.test_statements import DECEMBER, swept
from tests.pages.test_portal import a_solution

ROUND = (Path(__file__).parents[1] / "rules" / "ground" / "pictures" / "round.png").read_bytes()
SETTINGS = "/t/heizwerk/settings/company/"
Page = Callable[[Any], str]
SignIn = Callable[[Membership], Client]


@pytest.fixture
def now() -> datetime:
    return clock.now()


def sent(content: bytes, **more: str) -> dict[str, Any]:
    return {"logo": "1", "picture": SimpleUploadedFile("logo.png", content, "image/png"), **more}


def up(company: Company, now: datetime, *, says_name: bool = False) -> Logo:
    return put_up_logo(content=ROUND, says_name=says_name, by=company.ada.pk, at=now)


def customers_pages(company: Company, now: datetime) -> list[str]:
    solution = a_solution(company, now)
    return [
        f"/k/geloest/{token_for('solution', tenant_id=company.tenant.pk, id_=solution.pk)}/",
        "/my/heizwerk/de/enter/",
        "/help/heizwerk/de/contract/cancel/",
    ]


def test_an_admin_puts_it_up_takes_it_down_and_back(company: Company, signed_in: SignIn, page: Page) -> None:
    ada = signed_in(company.ada)

    assert ada.post(SETTINGS, sent(ROUND, says_name="on")).status_code == 302
    said = page(ada.get(SETTINGS))
    assert said.count('class="portal-logo"') == 2 and "Das vorige zeigen" not in said

    assert ada.post(f"{SETTINGS}logo/down/").status_code == 302
    said = page(ada.get(SETTINGS))
    assert 'class="portal-logo"' not in said and "Das vorige zeigen" in said

    ada.post(f"{SETTINGS}logo/back/")
    assert 'class="portal-logo"' in page(ada.get(SETTINGS))


def test_an_svg_is_refused_beside_its_field(company: Company, signed_in: SignIn, page: Page) -> None:
    ada = signed_in(company.ada)
    response = ada.post(SETTINGS, sent(b"<svg onload='alert(1)'/>"))
    assert response.status_code == 422 and "als PNG" in page(response)
    assert ada.post(SETTINGS, {"logo": "1"}).status_code == 422
    assert not Logo.objects.exists()


def test_nobody_else_may(company: Company, nina: Client, now: datetime) -> None:
    up(company, now)
    for path, told in ((SETTINGS, sent(ROUND)), (f"{SETTINGS}logo/down/", {}), (f"{SETTINGS}logo/back/", {})):
        assert nina.post(path, told).status_code == 403, path


@pytest.mark.parametrize("says_name", [True, False])
def test_customers_see_it_with_the_companys_name(
    company: Company, now: datetime, client: Client, says_name: bool
) -> None:
    logo = up(company, now, says_name=says_name)
    picture = f'src="/logo/heizwerk/{logo.digest}/" alt="{"Heizwerk" if says_name else ""}" width="40" height="24">'

    for path in customers_pages(company, now):
        said = client.get(path).content.decode()
        assert picture + ("" if says_name else "Heizwerk") in said and 'class="portal-mark"' not in said, path


def test_without_one_they_see_sign_and_name(company: Company, now: datetime, client: Client) -> None:
    up(company, now)
    take_down_logo(at=now)
    for path in customers_pages(company, now):
        said = client.get(path).content.decode()
        assert "portal-logo" not in said and 'class="portal-mark"' in said, path


def test_everybody_may_look_and_keep_it(company: Company, now: datetime, client: Client) -> None:
    logo = up(company, now)
    response = client.get(f"/logo/heizwerk/{logo.digest}/")

    assert response["Content-Type"] == "image/png" and response["X-Golddraht-File"] == logo.file.name
    assert "immutable" in response["Cache-Control"] and response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    with default_storage.open(str(logo.file.name)) as file:
        assert file.read() == bare_picture(ROUND).content


def test_it_is_found_at_its_own_company_alone(company: Company, now: datetime, client: Client) -> None:
    logo = up(company, now)
    a_company("moebelhaus", "Möbelhaus")
    for path in (f"/logo/moebelhaus/{logo.digest}/", "/logo/heizwerk/5f0b8f6b/", f"/logo/niemand/{logo.digest}/"):
        assert client.get(path).status_code == 404, path


def test_a_printed_statement_carries_it(company: Company, now: datetime, signed_in: SignIn, page: Page) -> None:
    a_conversation(at=MONDAY_MORNING)
    swept(DECEMBER)
    lea = signed_in(company.lea)

    assert "statement-logo" not in page(lea.get("/t/heizwerk/statement/"))
    logo = up(company, now)
    said = page(lea.get("/t/heizwerk/statement/"))
    assert f'<img class="portal-logo statement-logo" src="/logo/heizwerk/{logo.digest}/" alt="Heizwerk"' in said
