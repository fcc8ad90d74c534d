"""Customers of the demo, who write by real mail and read what was caught for them."""

from __future__ import annotations

import itertools
import re
import smtplib
import time
from email.message import EmailMessage
from typing import Any
from urllib.parse import urlencode

from tests.browser.desk import PATIENCE, Desk
from tests.browser.running import House

SERVICE = {"heizwerk": "service@heizwerk.example", "sonnenreise": "hallo@sonnenreise.example"}
_places = itertools.count(1)


def a_customer(name: str) -> tuple[str, str]:
    """Somebody nobody knows yet: name and address."""
    mark = f"{time.time_ns() % 10**9}{next(_places)}"
    return name, f"{name.lower().replace(' ', '.')}.{mark}@post.example"


def writes(house: House, customer: tuple[str, str], *, subject: str, text: str, to: str = "heizwerk") -> None:
    """A mail to the company by SMTP; it is accepted when this returns."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = f"{customer[0]} <{customer[1]}>", SERVICE[to], subject
    mail["Message-ID"] = f"<{time.time_ns()}.{next(_places)}@post.example>"
    mail.set_content(text)
    with smtplib.SMTP("127.0.0.1", house.smtp_port, timeout=30) as wire:
        wire.send_message(mail, from_addr=customer[1], to_addrs=[SERVICE[to]])


def mailbox_of(customer: tuple[str, str], *, at: str = "heizwerk") -> str:
    """The address of that customer's mailbox in the demo."""
    return f"/demo/{at}/?" + urlencode({"as_name": customer[0], "as_address": customer[1]})


def link_in_mail(desk: Desk, customer: tuple[str, str], *, way: str, at: str = "heizwerk") -> str:
    """The address behind the newest link to `/k/<way>/` among the customer's mails, once it has come."""
    until = time.monotonic() + PATIENCE / 1000
    while time.monotonic() < until:
        for mail in _mails(desk, customer, at):
            desk.go(mail)
            found = desk.page.locator(f".mail-text a[href*='/k/{way}/']")
            if found.count():
                return str(found.last.get_attribute("href"))
        time.sleep(0.5)
    raise AssertionError(f"No mail with a link to /k/{way}/ came for {customer[1]}")


def words_in_mail(desk: Desk, customer: tuple[str, str], pattern: str, *, at: str = "heizwerk") -> re.Match[str]:
    """What fits the pattern in the newest of the customer's mails that has it, once it has come."""
    until = time.monotonic() + PATIENCE / 1000
    while time.monotonic() < until:
        for mail in _mails(desk, customer, at):
            desk.go(mail)
            if found := re.search(pattern, desk.page.locator(".mail-text").first.inner_text()):
                return found
        time.sleep(0.5)
    raise AssertionError(f"No mail with {pattern} came for {customer[1]}")


def _mails(desk: Desk, customer: tuple[str, str], at: str) -> list[str]:
    """The addresses of the caught mails, the newest first."""
    desk.go(mailbox_of(customer, at=at))
    links: list[str] = desk.page.locator("#phone a[href*='mail=']").evaluate_all("all => all.map(one => one.href)")
    return links


def row_of(page: Any, subject: str) -> Any:
    """The row of a concern in the list."""
    return page.locator("a.row").filter(has=page.locator(".row-subject", has_text=re.compile(re.escape(subject))))
