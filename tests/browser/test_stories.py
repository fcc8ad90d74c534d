"""What people do with Golddraht, with a real browser before the real program. In German, as it is shown first."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.customers import a_customer, link_in_mail, mailbox_of, row_of, writes
from tests.browser.desk import PATIENCE, PHONE, Desk
from tests.browser.running import House

NINA, LEA = "nina@heizwerk.example", "lea@heizwerk.example"
INBOX = "/t/heizwerk/inbox/"
VALENTINA = ("Valentina Moser", "valentina.moser@post.example")
Desks = Callable[..., Desk]


@pytest.fixture(autouse=True)
def patient() -> None:
    expect.set_options(timeout=3 * PATIENCE)


def test_an_agents_first_matter(desk: Desks) -> None:
    """Nina signs in, opens what is new, answers it: now the customer has the next word, and hers is known, too."""
    nina = desk(NINA)
    page = nina.page
    nina.go(INBOX)
    unread = page.locator("a.row.is-unread").first
    number = re.search(r"/conversations/([\d-]+)/", unread.get_attribute("href"))
    assert number
    row = page.locator(f"a.row[href*='/{number[1]}/']")
    unread.click()
    expect(page.locator("h1.bar-title")).to_be_visible()

    page.fill("#id_text", "Guten Tag, ich habe es gesehen und kümmere mich noch heute darum.")
    page.locator("#reply [data-send]").click()

    expect(page.locator("#thread")).to_contain_text("ich habe es gesehen und kümmere mich noch heute darum")
    expect(page.locator("#id_text")).to_have_value("")
    expect(page.locator(".bar-care [class^=touch-]")).to_contain_text(re.compile(r"\w"))
    nina.go(INBOX)
    expect(row).not_to_have_class(re.compile("is-unread"))
    # On a weekend it may be the very moment that was promised before.
    expect(row.locator(".touch")).to_have_class(re.compile("touch-(ok|soon)"))
    nina.go(INBOX + "?place=waiting")
    expect(row).to_have_count(1)


def test_a_customers_mail_appears_in_the_open_list_by_itself(desk: Desks, house: House) -> None:
    lea = desk(LEA)
    lea.go(INBOX + "?place=all")
    lea.page.evaluate("window.wasNeverReloaded = true")
    helga = a_customer("Helga Brandt")

    writes(house, helga, subject="Herd heizt nur links", text="Guten Tag, die rechten Platten bleiben kalt. Was nun?")

    row = row_of(lea.page, "Herd heizt nur links").filter(has_text="Helga Brandt")
    expect(row.first).to_be_visible()
    expect(row.first).to_have_class(re.compile("is-unread"))
    expect(row.first.locator(".touch")).to_contain_text(re.compile(r"\w"))
    assert lea.page.evaluate("window.wasNeverReloaded === true")


def test_the_customer_soon_reads_who_cares_and_until_when(desk: Desks, house: House) -> None:
    """Also in the demo's mailbox without a reload, and with the number that people say on the phone."""
    otto = a_customer("Otto Feld")
    visitor = desk()
    visitor.go(mailbox_of(otto))
    visitor.page.evaluate("window.wasNeverReloaded = true")

    writes(house, otto, subject="Rechnung doppelt", text="Grüß Gott, ich habe die Rechnung zweimal bekommen. Warum?")

    receipt = visitor.page.locator("#phone a[href*='mail=']")
    expect(receipt).to_contain_text("Rechnung doppelt")
    expect(receipt).to_contain_text(re.compile(r"#\d+-\d"))
    assert visitor.page.evaluate("window.wasNeverReloaded === true")


def test_a_lead_answers_a_surge_in_one_go_and_everybody_is_greeted_by_name(desk: Desks, house: House) -> None:
    callers = [a_customer(name) for name in ("Anna Sturm", "Bruno Hagel", "Clara Regen")]
    word = "Hagelschaden" + callers[0][1].partition("@")[0].rpartition(".")[2]
    for caller in callers:
        writes(house, caller, subject=f"{word} am Kamin", text=f"Guten Tag, nach dem {word} ist der Kamin undicht?")
    lea = desk(LEA)
    page = lea.page
    _until(lambda: lea.go(f"/t/heizwerk/lead/group/?word={word}") and page.locator("[name=id]").count() == 3)
    assert page.locator("[name=id]:checked").count() == 3

    page.fill("#id_text", "{greeting}\n\nder Dachdecker kommt morgen früh.\n\nLea Conrad")
    page.click("button[name=step][value=look]")
    expect(page.locator("button[name=step][value=send]")).to_be_visible()
    letters = page.locator("details.card").all_inner_texts()
    page.click("button[name=step][value=send]")

    expect(page.locator("[name=step][value=send]")).to_have_count(0)
    assert len(letters) == 3
    for name, _ in callers:
        assert any(name in letter for letter in letters)
    visitor = desk()
    for caller in callers:
        visitor.go(mailbox_of(caller))
        answer = visitor.page.locator("#phone li", has_text="Dachdecker")
        expect(answer).to_have_count(1)
        answer.locator("a").click()
        expect(visitor.page.locator(".mail-text")).to_contain_text(caller[0])
    lea.go(f"/t/heizwerk/lead/group/?word={word}")
    expect(page.locator("[name=id]")).to_have_count(0)


def test_a_customer_chooses_another_day_on_the_phone_without_signing_in(desk: Desks) -> None:
    """Half a tonne at the kerb up to the choice; looking alone changes nothing, and a choice stands."""
    visitor = desk()
    _play(visitor, "write", "endanger")
    link = link_in_mail(visitor, VALENTINA, way="wahl")
    phone = desk(viewport=PHONE, has_touch=True, is_mobile=True)
    page = phone.page

    phone.go(link)
    expect(page.locator("input[name=choice]").first).to_be_attached()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert min(_heights(page, "label.option, main button[type=submit], .portal-card button")) >= 44
    phone.go(link)
    expect(page.locator(".option.is-chosen")).to_have_count(0)
    page.locator("label.option").first.tap()
    title = page.locator("label.option .option-title").first.inner_text()
    page.locator(".portal-card form button").tap()

    expect(page.locator(".option.is-chosen")).to_contain_text(title)
    phone.go(link)
    expect(page.locator(".option.is-chosen")).to_contain_text(title)
    visitor.go("/demo/heizwerk/")
    expect(visitor.page.locator("button[name=step][value=ask]")).to_be_visible()


def test_only_the_customer_says_that_it_is_solved(desk: Desks, house: House) -> None:
    emil = a_customer("Emil Wacker")
    writes(house, emil, subject="Tür des Ofens klemmt", text="Guten Tag, die Ofentür klemmt. Können Sie helfen?")
    nina = desk(NINA)
    page = nina.page
    nina.go(INBOX + "?place=all")
    row_of(page, "Tür des Ofens klemmt").filter(has_text="Emil Wacker").first.click()
    expect(page.locator("h1.bar-title")).to_have_text("Tür des Ofens klemmt")
    concern = page.url
    page.locator("a[href*='/solved/'].button-primary").click()
    page.locator("dialog[open] textarea").fill("Die Scharniere sind getauscht. Schließt die Tür wieder?")
    page.locator("dialog[open] form.form button.button-primary").click()
    expect(page.locator("#thread")).to_contain_text("Die Scharniere sind getauscht")
    customer = desk(viewport=PHONE)

    link = link_in_mail(customer, emil, way="geloest")
    customer.go(link)
    expect(customer.page.locator("button[name=answer][value=solved]")).to_be_visible()
    nina.go(concern)
    expect(page.locator("form[action*='/solved/withdraw/']").first).to_be_attached()
    customer.page.click("button[name=answer][value=solved]")

    expect(customer.page.locator("button[name=answer][value=solved]")).to_have_count(0)
    nina.go(INBOX + "?place=solved")
    expect(row_of(page, "Tür des Ofens klemmt").filter(has_text="Emil Wacker")).to_have_count(1)


def test_everything_is_done_without_a_mouse(desk: Desks) -> None:
    nina = desk(NINA)
    page = nina.page
    nina.go(INBOX)
    expect(page.locator("a.row").nth(2)).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert _focused(page, "a.row") == 1
    page.keyboard.press("k")
    assert _focused(page, "a.row") == 0
    page.keyboard.press("?")
    expect(page.locator("#help-dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#help-dialog")).to_be_hidden()
    page.keyboard.press("Control+k")
    expect(page.locator("#palette")).to_be_visible()
    page.keyboard.type("Mosr")
    expect(page.locator("#palette [role=option]", has_text="Valentina Moser").first).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/conversations/"))
    expect(page.locator("#id_text")).to_be_visible()

    page.keyboard.press("r")
    expect(page.locator("#id_text")).to_be_focused()
    page.keyboard.type("Guten Tag, wir melden uns morgen mit einem Termin.")
    _tab_to(page, "#reply [data-send]")
    page.keyboard.press("Enter")

    expect(page.locator("#thread")).to_contain_text("wir melden uns morgen mit einem Termin")


def test_who_serves_two_companies_never_sees_them_mixed(desk: Desks, house: House) -> None:
    heizwerk, sonnenreise = desk(NINA), desk(NINA)
    heizwerk.go("/")
    companies = heizwerk.page.locator("a[href*='/t/']").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    assert {one.split("/")[2] for one in companies} >= {"heizwerk", "sonnenreise"}
    heizwerk.go("/t/heizwerk/inbox/?place=all")
    sonnenreise.go("/t/sonnenreise/inbox/?place=all")
    rosa, subject = a_customer("Rosa Lindner"), "Busfahrt ins Blaue"

    writes(house, rosa, subject=subject, text="Guten Tag, fährt der Bus am Sonntag auch?", to="sonnenreise")

    expect(row_of(sonnenreise.page, subject)).to_have_count(1)
    href = row_of(sonnenreise.page, subject).get_attribute("href")
    heizwerk.page.reload()
    expect(row_of(heizwerk.page, subject)).to_have_count(0)
    assert _rows(heizwerk.page).isdisjoint(_rows(sonnenreise.page))
    for desk_, own, other in ((heizwerk, "Heizwerk", "Sonnenreise"), (sonnenreise, "Sonnenreise", "Heizwerk")):
        assert own in desk_.page.title() and other not in desk_.page.title()
    heizwerk.go(href.replace("/t/sonnenreise/", "/t/heizwerk/"))
    expect(heizwerk.page.locator("body")).not_to_contain_text(subject)
    heizwerk.go("/t/heizwerk/customers/?q=Rosa+Lindner")
    expect(heizwerk.page.locator("main")).not_to_contain_text(rosa[1])


# What the stories share


def _play(visitor: Desk, *steps: str) -> None:
    """Play the guided story from its beginning, up to the last of these steps."""
    visitor.go("/demo/heizwerk/")
    again = visitor.page.locator("button[name=step][value=again]")
    if again.count():
        again.click()
    for step in steps:
        visitor.page.locator(f"button[name=step][value={step}]").click()


def _until(holds: Callable[[], Any]) -> None:
    for _ in range(60):
        if holds():
            return
    raise AssertionError("It did not come true.")


def _heights(page: Any, selector: str) -> list[float]:
    return [box["height"] for one in page.locator(selector).all() if (box := one.bounding_box())]


def _focused(page: Any, selector: str) -> int:
    """The place of the element in focus among those; -1 when it is none of them."""
    found = page.evaluate("which => [...document.querySelectorAll(which)].indexOf(document.activeElement)", selector)
    return int(found)


def _tab_to(page: Any, selector: str) -> None:
    """Press the tabulator until that element is in focus; every stop on the way must be seen to be in focus."""
    for _ in range(120):
        if _focused(page, selector) >= 0:
            return
        page.keyboard.press("Tab")
        assert page.evaluate(
            "document.activeElement === document.body || document.activeElement.matches(':focus-visible')"
        )
    raise AssertionError(f"The tabulator never comes to {selector}")


def _rows(page: Any) -> set[tuple[str, str]]:
    """Who is in the list with what."""
    names = page.locator("a.row .row-name").all_text_contents()
    return set(zip(names, page.locator("a.row .row-subject").all_text_contents(), strict=True))
