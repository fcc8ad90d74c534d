"""Somebody before a browser window."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

PASSWORD = "golddraht-demo"
PATIENCE = 30_000  # Milliseconds: the machine may have much else to do.
DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
TAKES_ONLY_WHAT_IS_SENT = 405
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

AT_REST = """
  (async () => {
    const frame = () => new Promise(requestAnimationFrame);
    await frame(), await frame();
    const ended = document.getAnimations().map((one) => one.finished.catch(() => 0));
    await Promise.race([Promise.all(ended), new Promise((done) => setTimeout(done, 2000))]);
  })()
"""
"""Nothing fades or moves any more: colours are measured as they stay."""


@dataclass
class Desk:
    """A browser window, and what it complained about: errors of scripts, of the content policy, failed answers."""

    url: str
    context: Any
    page: Any
    complaints: list[str] = field(default_factory=list)
    is_examined: bool = False
    was_cut_off: bool = False

    @classmethod
    def opened(cls, browser: Any, url: str, *, login: str = "", **screen: Any) -> Desk:
        """A window that nobody used before; with `login` that person of the demo is signed in."""
        wanted = {"viewport": DESKTOP, "locale": "de-DE", "timezone_id": "Europe/Berlin"} | screen
        context = browser.new_context(**wanted)
        context.set_default_timeout(PATIENCE)
        desk = cls(url, context, context.new_page())
        desk.listen()
        if login:
            desk.sign_in(login)
        return desk

    def listen(self) -> None:
        self.page.on("console", self._said)
        self.page.on("framenavigated", self._went)
        self.page.on("pageerror", lambda trouble: self.complaints.append(f"{self.page.url}: {trouble}"))

    def _went(self, frame: Any) -> None:
        if frame == self.page.main_frame:
            self.is_examined = False

    def _said(self, message: Any) -> None:
        # That an answer was 4xx is known to whoever asked for it; here it is only noise.
        is_noise = "Failed to load resource" in message.text
        # Axe styles what it measures, which the content policy of the page rightly complains about.
        is_of_axe = self.is_examined and "Applying inline style" in message.text
        # Without a network nothing can be fetched; what the page makes of that is what such a story tells.
        is_cut_off = self.was_cut_off and "Failed to fetch" in message.text
        if message.type == "error" and not is_noise and not is_of_axe and not is_cut_off:
            self.complaints.append(f"{self.page.url}: {message.text}")

    def sign_in(self, login: str) -> None:
        self.go("/konto/login/")
        self.page.fill("[name=login]", login)
        self.page.fill("[name=password]", PASSWORD)
        with self.page.expect_navigation():
            self.page.press("[name=password]", "Enter")
        assert "/konto/login" not in self.page.url

    def come_in(self, key: str, *, company: str = "heizwerk") -> None:
        """Be a customer whose visit to their own page has begun."""
        place = urlsplit(self.url)
        cookie = {
            "name": f"golddraht_my_{place.port}",
            "value": key,
            "domain": place.hostname,
            "path": f"/my/{company}/",
        }
        self.context.add_cookies([cookie])

    def go(self, path: str) -> Any:
        """Open an address of the house; gives the answer."""
        return self.page.goto(path if path.startswith("http") else self.url + path)

    def can_look_at(self, path: str) -> bool:
        """Whether there is a page at all; some addresses only take what is sent to them."""
        return bool(self.context.request.head(self.url + path, max_redirects=0).status != TAKES_ONLY_WHAT_IS_SENT)

    def cut_off(self, *, is_off: bool = True) -> None:
        """Take the network away, or give it back."""
        self.was_cut_off = True
        self.context.set_offline(is_off)

    def close(self) -> None:
        self.context.close()

    # What everybody must be able to use

    def barriers(self, *, rules: list[str] | None = None) -> list[str]:
        """What axe finds against WCAG 2.2 AA on the page, or against those rules alone, in words."""
        only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": RULES}
        run = json.dumps({"runOnly": only, "resultTypes": ["violations"]})
        self._tell(_axe())
        self._tell(AT_REST)
        self.is_examined = True
        found = self._tell(f"axe.run(document, {run}).then(found => JSON.stringify(found.violations))")
        return [_in_words(violation) for violation in json.loads(found)]

    def _tell(self, script: str) -> Any:
        """Run a script beside the page's own; the page's content policy does not bind the one who looks at it."""
        tools = self.context.new_cdp_session(self.page)
        told = tools.send("Runtime.evaluate", {"expression": script, "awaitPromise": True, "returnByValue": True})
        tools.detach()
        assert "exceptionDetails" not in told, told["exceptionDetails"]
        return told["result"].get("value")

    def scrolls_sideways(self, width: int = 320) -> int:
        """By how many pixels the page is wider than a screen of that width (WCAG 2.2, 1.4.10); 0 is right."""
        before = self.page.viewport_size
        self.page.set_viewport_size({"width": width, "height": 640})
        beyond = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        self.page.set_viewport_size(before)
        return int(beyond)


@cache
def _axe() -> str:
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8") + "\n;0"


def _in_words(violation: dict[str, Any]) -> str:
    places = "; ".join(node["html"][:160] for node in violation["nodes"][:4])
    return f"{violation['id']} ({violation['impact']}): {places}"
