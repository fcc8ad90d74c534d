"""Colleagues at their browsers, as far as the server notices: pages, forms and one open line each."""

from __future__ import annotations

import gzip
import http.client
import re
import time
from collections import defaultdict
from dataclasses import dataclass, field
from random import Random
from threading import Lock, Thread
from urllib.parse import urlencode

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
CONCERN = re.compile(r'href="(/t/gross/conversations/[\d-]+/)')
CUSTOMER = re.compile(r'href="(/t/gross/customers/\d+/)"')
SEEN = re.compile(r'name="seen_message_id" value="(\d+)"')
RECIPIENT = re.compile(r'name="recipients" value="([^"]+)"')
PLACES = ("mine", "team", "all", "promised_today", "in_danger")
SHOWS = {
    "inbox": 'id="concerns"',
    "list again": 'id="concerns"',
    "conversation": 'id="thread"',
    "customer": "<h1",
    "hand-over, form": 'name="to"',
}
"""What stands on a page that is really the one that was asked for."""
BESIDE = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "section#main"}
"""A click in the list asks for the concern alone."""


@dataclass
class Times:
    """Milliseconds by what was done, and what went wrong."""

    taken: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    failures: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    lock: Lock = field(default_factory=Lock)

    def note(self, name: str, milliseconds: float) -> None:
        with self.lock:
            self.taken[name].append(milliseconds)

    def failed(self, name: str, why: str) -> None:
        with self.lock:
            self.failures[f"{name}: {why}"] += 1


class Browser:
    """One colleague's, with a connection that stays open."""

    def __init__(self, port: int, session: str, times: Times) -> None:
        self.times = times
        self.host, self.port = "localhost", port
        self.cookies = {f"golddraht_{port}": session}
        self.weight = 0
        """Bytes of the latest answer, as they were sent."""
        self.line = http.client.HTTPConnection(self.host, port, timeout=60)

    def get(self, name: str, path: str, **headers: str) -> str:
        return self._ask(name, "GET", path, None, headers)

    def post(self, name: str, path: str, page: str, **told: str) -> str:
        """Send a form of that page."""
        token = TOKEN.search(page)
        told["csrfmiddlewaretoken"] = token[1] if token else ""
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"http://{self.host}:{self.port}"}
        return self._ask(name, "POST", path, urlencode(told), headers)

    def _ask(self, name: str, method: str, path: str, body: str | None, headers: dict[str, str]) -> str:
        cookies = "; ".join(f"{key}={value}" for key, value in self.cookies.items())
        began = time.perf_counter()
        try:
            answer = self._answered(method, path, body, {"Cookie": cookies, "Accept-Encoding": "gzip", **headers})
            sent = answer.read()
        except (OSError, http.client.HTTPException) as failure:
            self.line.close()
            self.times.failed(name, type(failure).__name__)
            return ""
        taken = 1000 * (time.perf_counter() - began)
        self.weight = len(sent)
        said = (gzip.decompress(sent) if answer.headers.get("Content-Encoding") == "gzip" else sent).decode()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            key, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[key] = value
        if why := _wrong(name, method, answer, said):
            self.times.failed(name, why)
            return ""
        self.times.note(name, taken)
        return said

    def _answered(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> http.client.HTTPResponse:
        """As browsers do: what is only read is asked for once more when the server had let a resting line go."""
        try:
            self.line.request(method, path, body, headers)
            return self.line.getresponse()
        except http.client.RemoteDisconnected:
            if method != "GET":
                raise
            self.line.close()
            self.line.request(method, path, body, headers)
            return self.line.getresponse()


def _wrong(name: str, method: str, answer: http.client.HTTPResponse, said: str) -> str:
    """Why this is not the answer that was wanted: a page, or after a form the way to one that is not the sign-in."""
    led_to = answer.headers.get("Location", "")
    if "/konto/" in led_to:
        return "asked to sign in"
    if answer.status == 204 and name == "list again":
        return ""
    if answer.status not in ((200,) if method == "GET" else (200, 204, 302, 303)):
        return f"answered {answer.status}"
    if method == "GET" and SHOWS.get(name, "") not in said:
        return "another page"
    return ""


class Colleague(Thread):
    """Works until the given moment: reads the inbox, a concern, now and then answers, hands over, searches."""

    def __init__(self, browser: Browser, seed: int, until: float, pause: float, words: dict[str, list[str]]) -> None:
        super().__init__(daemon=True)
        self.browser, self.random, self.until, self.pause, self.words = browser, Random(seed), until, pause, words

    def run(self) -> None:
        time.sleep(self.random.random() * self.pause)
        while time.monotonic() < self.until:
            self._work()

    def _work(self) -> None:
        browser, random = self.browser, self.random
        listed = browser.get("inbox", f"/t/gross/inbox/?place={random.choice(PLACES)}")
        self._think()
        found = CONCERN.findall(listed)
        if found:
            self._care(random.choice(found))
        kind = random.choice(("rare", "common", "mistyped", "two words"))
        browser.get(f"search, {kind}", "/t/gross/search/?" + urlencode({"q": random.choice(self.words[kind])}))
        self._think()
        browser.get("palette", "/t/gross/palette/?" + urlencode({"q": random.choice(self.words["common"])[:5]}))
        self._think()

    def _care(self, url: str) -> None:
        browser, random = self.browser, self.random
        page = browser.get("conversation", url, **BESIDE)
        self._think()
        customer = CUSTOMER.search(page)
        if customer:
            browser.get("customer", customer[1])
            self._think()
        seen, recipient = SEEN.search(page), RECIPIENT.search(page)
        if 'id="reply"' in page and random.random() < 0.5 and seen:
            told = {
                "text": "Guten Tag, wir kümmern uns.",
                "channel": "EMAIL",
                "seen_message_id": seen[1],
                "recipients_shown": "on",
            }
            browser.post("reply", f"{url}reply/", page, **told, **({"recipients": recipient[1]} if recipient else {}))
        elif 'id="reply"' in page:
            form = browser.get("hand-over, form", f"{url}hand-over/")
            people = re.findall(r'<option value="(\d+)"', form)
            if people:
                browser.post("hand-over", f"{url}hand-over/", form, to=random.choice(people), reason="Übergabe")
        self._think()

    def _think(self) -> None:
        time.sleep(self.pause * (0.5 + self.random.random()))
