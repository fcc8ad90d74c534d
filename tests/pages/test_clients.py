"""The inbox over all companies that somebody serves, as they see it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage
from typing import Any
from urllib.parse import unquote

import pytest
from django.test import Client

from golddraht.channels.operations import add_mailbox
from golddraht.conversations.operations import hand_over
from golddraht.ground.numbers import spoken
from golddraht.plumbing import clock
from golddraht.plumbing.models import Tenant
from golddraht.team.models import Membership
from tests.cast import MONDAY_MORNING, Company, a_company, a_conversation, also_serves, bjoern
from tests.mails import arrives

Page = Callable[[Any], str]


@pytest.fixture
def theirs(company: Company) -> Company:
    """Nina serves this one, too."""
    theirs = a_company("moebelhaus", "Möbelhaus")
    also_serves(company.nina, theirs)
    return theirs


def concern(company: Company, subject: str, *, to: Membership | None = None) -> int:
    with company.seen():
        made = a_conversation(customer=bjoern(), subject=subject)
        nina = Membership.objects.get(tenant=company.tenant, user__email="nina@heizwerk.example")
        hand_over(conversation_id=made.pk, to_id=(to or nina).pk, by=None, at=MONDAY_MORNING)
    return made.number


def test_everything_for_all_clients_stands_in_one_list_with_whose_it_is(
    company: Company, theirs: Company, nina: Client, page: Page
) -> None:
    concern(company, "Ofen raucht"), concern(theirs, "Sofa wackelt")

    said = page(nina.get("/clients/"))

    for subject, name in (("Ofen raucht", "Heizwerk"), ("Sofa wackelt", "Möbelhaus")):
        row = said.partition(f"{subject}</span>")[0].rpartition('<a class="row')[2]
        assert name in row
    assert 'href="/t/heizwerk/conversations/1-3/?place=mine"' in said
    assert 'href="/t/moebelhaus/conversations/1-3/?place=mine"' in said
    assert 'id="heizwerk-1"' in said and 'id="moebelhaus-1"' in said
    assert 'data-live="/live/"' in said
    assert all(f"live:member-{one.pk}" in said for one in Membership.objects.filter(user=company.nina.user))


def test_one_client_alone_is_looked_at_and_all_are_counted(
    company: Company, theirs: Company, nina: Client, page: Page
) -> None:
    concern(company, "Ofen raucht"), concern(theirs, "Sofa wackelt"), concern(theirs, "Tisch fehlt")

    said = page(nina.get("/clients/?place=all&client=moebelhaus"))

    assert "Sofa wackelt" in said and "Ofen raucht" not in said
    assert 'Heizwerk <span class="chip-count">1</span>' in said
    assert 'Möbelhaus <span class="chip-count">2</span>' in said


def test_the_list_refreshes_only_itself(company: Company, theirs: Company, nina: Client, page: Page) -> None:
    concern(theirs, "Sofa wackelt")
    said = page(nina.get("/clients/", headers={"HX-Request": "true"}))
    assert said.startswith('<div class="clients"') and "Sofa wackelt" in said and "<html" not in said


@pytest.mark.parametrize("asked", ["", "?place=spam", "?place=x&order=x&client=nobody&after=x", "?order=newest"])
def test_whatever_is_asked_something_is_shown(company: Company, theirs: Company, nina: Client, asked: str) -> None:
    concern(company, "Ofen raucht")
    response = nina.get("/clients/" + asked)
    assert response.status_code == 200 and "Ofen raucht" in response.content.decode()


def test_nobody_sees_a_company_they_do_not_serve_or_serve_no_more(
    company: Company, theirs: Company, nina: Client, signed_in: Callable[[Membership], Client], page: Page
) -> None:
    concern(company, "Ofen raucht"), concern(theirs, "Sofa wackelt", to=theirs.tom)
    for address in ("/clients/?place=all", "/clients/?place=all&client=moebelhaus"):
        assert "Sofa wackelt" in page(nina.get(address))
        for_tom = page(signed_in(company.tom).get(address))
        assert "Ofen raucht" in for_tom and "Möbelhaus" not in for_tom and "Sofa wackelt" not in for_tom
    Membership.objects.filter(user=company.nina.user, tenant=theirs.tenant).update(active=False)
    for address in ("/clients/?place=all", "/clients/?place=all&client=moebelhaus"):
        said = page(nina.get(address))
        assert "Ofen raucht" in said and "Möbelhaus" not in said and "Sofa wackelt" not in said


def test_a_company_that_asks_for_a_second_factor_shows_nothing_without_one(
    company: Company, theirs: Company, nina: Client, page: Page
) -> None:
    concern(company, "Ofen raucht"), concern(theirs, "Sofa wackelt")
    strict = Tenant.objects.filter(pk=theirs.tenant.pk)
    strict.update(second_factor_from=clock.now() - timedelta(minutes=1))
    for address in ("/clients/?place=all", "/clients/?place=all&client=moebelhaus"):
        said = page(nina.get(address))
        assert "Ofen raucht" in said and "Sofa wackelt" not in said
        assert "Möbelhaus verlangt einen zweiten Faktor" in said and "/t/moebelhaus/" not in said
    Tenant.objects.update(second_factor_from=clock.now() - timedelta(minutes=1))
    assert "second-factor" in nina.get("/clients/")["Location"]
    assert nina.get("/clients/", headers={"HX-Request": "true"})["HX-Refresh"] == "true"


def test_whoever_serves_nobody_is_told_so(company: Company, nina: Client, page: Page) -> None:
    Membership.objects.filter(user=company.nina.user).update(active=False)
    assert nina.get("/clients/")["Location"] == "/"
    assert "Noch kein Platz" in page(nina.get("/"))


def test_only_who_is_signed_in_looks_and_nobody_writes(company: Company, theirs: Company, nina: Client) -> None:
    assert Client().get("/clients/")["Location"].startswith("/konto/login/?next=/clients/")
    assert nina.post("/clients/").status_code == 405
    assert "no-store" in nina.get("/clients/")["Cache-Control"]


def test_the_day_says_what_is_still_to_do_for_each_client(
    company: Company, theirs: Company, nina: Client, page: Page
) -> None:
    concern(theirs, "Sofa wackelt")
    said = page(nina.get("/clients/?place=waiting"))
    assert "Heute noch zu melden: 1" in said and "1 Anliegen ist in Gefahr" in said
    for number in ("1", "1", "1"):
        assert f">{number}<span" in said.rpartition("brand-")[2]


def test_colours_are_a_stylesheet_that_everybody_may_read(db: None) -> None:
    response = Client().get("/brand/1d5fbf-ffee00.css")
    assert response["Content-Type"] == "text/css" and "immutable" in response["Cache-Control"]
    assert ".brand-1d5fbf { --brand: #1d5fbf; --on-brand: #ffffff; }" in response.content.decode()
    assert ".brand-ffee00 { --brand: #ffee00; --on-brand: #000000; }" in response.content.decode()
    for wrong in ("1d5fb", "red", "1D5FBF", "1d5fbf-", "-".join(["1d5fbf"] * 101), "1d5fbf;}"):
        assert Client().get(f"/brand/{wrong}.css").status_code == 404


def test_an_admin_chooses_the_colour(company: Company, signed_in: Callable[[Membership], Client], page: Page) -> None:
    ada = signed_in(company.ada)
    kept = {"name": "Heizwerk", "language": "de", "country": "DE", "watch_days": "14", "automatic_per_hour": "600"}
    assert ada.post("/t/heizwerk/settings/company/", kept | {"brand_colour": "#c0ffee"}).status_code == 302
    assert 'value="#c0ffee"' in page(ada.get("/t/heizwerk/settings/company/"))
    assert "brand-c0ffee" in page(ada.get("/clients/"))
    assert ada.post("/t/heizwerk/settings/company/", kept | {"brand_colour": "rot"}).status_code == 422


# For whom one speaks, within a company


def test_every_page_of_a_company_says_for_whom_one_speaks(
    company: Company, theirs: Company, nina: Client, page: Page
) -> None:
    number = concern(theirs, "Sofa wackelt")
    for address in ("inbox/", f"conversations/{spoken(number)}/", "customers/", "settings/", "search/", "today/"):
        said = page(nina.get(f"/t/moebelhaus/{address}"))
        assert "Sie sprechen für</span> <b>Möbelhaus</b>" in said, address
        assert "Möbelhaus</title>" in said, address
        assert 'href="/clients/" title="g m"' in said, address
        assert re.search(r'<link rel="icon"[^>]*href="/brand/[0-9a-f]{6}/MÖ.svg"', unquote(said)), address
        assert re.search(r'<body class="workspace is-speaking brand-[0-9a-f]{6}"', said), address
    assert 'data-keys="g 1" data-url="/t/heizwerk/inbox/"' in said
    assert 'data-keys="g 2" data-url="/t/moebelhaus/inbox/"' in said


def test_who_serves_one_company_is_not_told_so_on_every_page(
    company: Company, theirs: Company, signed_in: Callable[[Membership], Client], page: Page
) -> None:
    said = page(signed_in(company.tom).get("/t/heizwerk/inbox/"))
    assert "speaking" not in said and "/clients/" not in said and 'data-keys="g 1"' not in said


def test_the_editor_says_from_which_address_an_answer_leaves(
    company: Company, theirs: Company, nina: Client, page: Page
) -> None:
    number = concern(theirs, "Sofa wackelt")
    with theirs.seen():
        add_mailbox(address="hallo@moebelhaus.example", sender_name="Möbelhaus", is_default=True)
        second = add_mailbox(address="retoure@moebelhaus.example", sender_name="Retouren")
        written = arrives(to_second(), mailbox=second, at=MONDAY_MORNING)
    beside = {"HX-Request": "true", "HX-Target": "section#main"}
    for headers in ({}, beside):
        said = page(nina.get(f"/t/moebelhaus/conversations/{spoken(number)}/", headers=headers))
        assert "Nina Aigner, <b>Möbelhaus</b> · hallo@moebelhaus.example" in said
        said = page(nina.get(f"/t/moebelhaus/conversations/{spoken(written.conversation.number)}/", headers=headers))
        assert "<b>Möbelhaus</b> · retoure@moebelhaus.example" in said
        assert "heizwerk.example" not in said.partition('class="composer-to composer-from"')[2][:300]


def to_second() -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "b@kunde.example", "retoure@moebelhaus.example", "Zurück damit"
    mail.set_content("Guten Tag, wie schicke ich es zurück?")
    return mail.as_bytes()


def test_the_mark_of_a_company_is_a_picture_that_says_nothing_else(db: None) -> None:
    response = Client().get("/brand/1d5fbf/MÖ.svg")
    assert response["Content-Type"] == "image/svg+xml"
    assert 'fill="#1d5fbf"' in response.content.decode() and ">MÖ</text>" in response.content.decode()
    for wrong in ("<a", "abc", "", "%3Cb", "a%22"):
        assert Client().get(f"/brand/1d5fbf/{wrong}.svg").status_code == 404


def test_a_colour_is_looked_at_before_it_is_kept(
    company: Company, signed_in: Callable[[Membership], Client], page: Callable[[Any], str]
) -> None:
    ada, path = signed_in(company.ada), "/t/heizwerk/settings/company/"
    told = {
        "name": "Heizwerk",
        "language": "de",
        "country": "DE",
        "brand_colour": "#c0ffee",
        "watch_days": 14,
        "automatic_per_hour": 600,
    }

    looked = page(ada.post(path, told | {"look": "1"}))

    assert looked.count("settings-worn dressed brand-c0ffee") == 2 and "/brand/c0ffee.css" in looked
    assert Tenant.objects.get(slug="heizwerk").brand_colour == ""
    ada.post(path, told | {"offers_withdrawing": "on"})
    tenant = Tenant.objects.get(slug="heizwerk")
    assert (tenant.brand_colour, tenant.offers_cancelling, tenant.offers_withdrawing) == ("#c0ffee", False, True)
