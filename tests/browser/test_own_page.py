"""A customer with a telephone in the hand: in by the code of a mail, to see, to correct, and out again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.customers import a_customer, row_of, words_in_mail, writes
from tests.browser.desk import PATIENCE, PHONE, Desk
from tests.browser.running import House

NINA = "nina@heizwerk.example"
Desks = Callable[..., Desk]


@pytest.fixture(autouse=True)
def patient() -> None:
    expect.set_options(timeout=3 * PATIENCE)


def test_a_customer_comes_in_by_mail_sees_corrects_and_leaves(desk: Desks, house: House) -> None:
    rosa = a_customer("Rosa Feldbach")
    writes(house, rosa, subject="Herd pfeift", text="Guten Tag, mein Herd pfeift beim Aufheizen. Was kann das sein?")
    phone, mails = desk(viewport=PHONE, locale="de-DE"), desk(locale="de-DE")
    page = phone.page
    words_in_mail(mails, rosa, "auf einen Blick")

    phone.go("/my/heizwerk/")
    page.fill("[name=email]", rosa[1])
    page.get_by_role("button", name="Code schicken").click()
    expect(page.get_by_role("heading", name="Sehen Sie in Ihr Postfach")).to_be_visible()
    code = words_in_mail(mails, rosa, r"(?m)^\s*(\d{3}) (\d{3})$")
    page.fill("[name=code]", f"{code[1]}{code[2]}")
    page.get_by_role("button", name="Hineingehen").click()

    expect(page.get_by_text("Herd pfeift")).to_be_visible()
    assert phone.barriers() == [] and phone.scrolls_sideways() == 0
    page.get_by_role("link", name="Was Sie von mir wissen").click()
    section = page.locator("section", has=page.get_by_role("heading", name="Wann Sie Ruhe haben möchten"))
    section.locator("summary").click()
    section.locator("input[name=value]").fill("20 bis 8 Uhr")
    section.get_by_role("button", name="Speichern").click()
    expect(page.get_by_text("Danke, das gilt von jetzt an.")).to_be_visible()
    expect(page.get_by_text("20:00–08:00")).to_be_visible()
    page.get_by_label("Reparieren geht vor Ersetzen").check()
    page.locator("section", has=page.get_by_label("Reparieren geht vor Ersetzen")).get_by_role(
        "button", name="Speichern"
    ).click()
    expect(page.get_by_label("Reparieren geht vor Ersetzen")).to_be_checked()
    assert phone.barriers() == [] and phone.scrolls_sideways() == 0

    page.get_by_role("button", name="Hinausgehen").click()
    expect(page.get_by_text("Sie sind hinausgegangen")).to_be_visible()
    phone.go("/my/heizwerk/de/record/")
    expect(page.locator("[name=email]")).to_be_visible()


def test_a_customer_chooses_the_telephone_takes_a_consent_back_takes_the_copy_and_asks_to_be_erased(
    desk: Desks, house: House
) -> None:
    greta = a_customer("Greta Lindner")
    writes(house, greta, subject="Ofen knackt", text="Guten Tag, mein Ofen knackt am Abend. Ist das gefährlich?")
    mine, mails = desk(locale="de-DE"), desk(locale="de-DE")
    page = mine.page
    words_in_mail(mails, greta, "auf einen Blick")
    mine.go("/my/heizwerk/")
    page.fill("[name=email]", greta[1])
    page.get_by_role("button", name="Code schicken").click()
    code = words_in_mail(mails, greta, r"(?m)^\s*(\d{3}) (\d{3})$")
    page.fill("[name=code]", f"{code[1]}{code[2]}")
    page.keyboard.press("Enter")

    page.get_by_role("link", name="Was ich erlaube").click()
    page.get_by_role("button", name="Erlauben: Angebote und Neuigkeiten, per E-Mail").click()
    expect(page.get_by_text("Danke, das gilt von jetzt an.")).to_be_visible()
    back = page.get_by_role("button", name="Zurücknehmen: Angebote und Neuigkeiten, per E-Mail")
    back.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Sie haben es zurückgenommen")).to_be_visible()
    ways = page.locator("section", has=page.get_by_role("heading", name="Zu meinen Anliegen"))
    ways.locator("select[name=first]").select_option("CALL")
    ways.get_by_role("button", name="Speichern").click()
    expect(ways.locator("select[name=first]")).to_have_value("CALL")
    assert mine.barriers() == [] and mine.scrolls_sideways() == 0

    nina = desk(NINA)
    nina.go("/t/heizwerk/inbox/?place=all")
    row_of(nina.page, "Ofen knackt").filter(has_text="Greta Lindner").first.click()
    expect(nina.page.locator("#wished-way")).to_be_visible()
    expect(nina.page.locator("#reply [name=channel]")).to_have_value("PHONE")

    page.get_by_role("link", name="Alles mitnehmen").first.click()
    page.get_by_role("button", name="Alles zusammenstellen").click()
    with page.expect_download(timeout=6 * PATIENCE) as fetched:
        page.locator("a[download]").click(timeout=6 * PATIENCE)
    assert fetched.value.suggested_filename.endswith(".zip")

    page.get_by_role("link", name="Löschen").click()
    page.get_by_role("button", name="Alles löschen lassen").click()
    page.get_by_label("Ja, löschen Sie").check()
    page.get_by_role("button", name="Alles löschen lassen").click()
    expect(page.get_by_text("Sie haben darum gebeten")).to_be_visible()
    page.get_by_role("button", name="Ich habe es mir anders überlegt").click()
    page.get_by_role("link", name="Löschen").click()
    expect(page.get_by_label("Ja, löschen Sie")).to_be_visible()
