"""Takes all pictures of README and docs from the running demo: `python -m tests.browser.pictures`. Shows what is there, nothing else.

`python -m tests.browser.album` takes those of every place alone.
"""

from __future__ import annotations

from typing import Any

from tests.browser.album import ALBUM, Album, a_browser, know_the_places
from tests.browser.desk import AT_REST
from tests.browser.running import ROOT, House, a_running_house, scratch_folder

PICTURES = ROOT / "docs" / "pictures"
DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
PATIENCE = 60_000
STORY = "Lieferung kam nicht ins Haus"


class Camera:
    """A browser that goes to places of the demo and keeps what it sees."""

    def __init__(self, browser: Any, house: House) -> None:
        self.browser, self.house = browser, house

    def page(self, size: dict[str, int], *, dark: bool = False, signed_in: bool = True) -> Any:
        scheme = "dark" if dark else "light"
        context = self.browser.new_context(viewport=size, locale="de-DE", color_scheme=scheme, reduced_motion="reduce")
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        if signed_in:
            page.goto(f"{self.house.url}/konto/login/")
            page.fill("[name=login]", "nina@heizwerk.example")
            page.fill("[name=password]", "golddraht-demo")
            page.click("form button[type=submit]")
            page.wait_for_url("**/")
        return page

    def go(self, page: Any, path: str) -> Any:
        page.goto(path if path.startswith("http") else self.house.url + path)
        page.evaluate(AT_REST)
        return page

    def keep(self, page: Any, name: str) -> None:
        for toast in page.locator(".toast [data-dismiss]").all():
            toast.click()
        page.wait_for_timeout(800)
        PICTURES.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=str(PICTURES / f"{name}.png"))
        print(name)


def take(camera: Camera) -> None:
    """The workspace in light and dark and on the phone, the customer's choice, and what a visitor sees as a customer."""
    story = camera.page(DESK)
    camera.go(story, "/demo/heizwerk/")
    camera.keep(story, "catcher")
    camera.go(story, "/t/heizwerk/inbox/")
    concern = story.locator("a.row", has_text=STORY).first.get_attribute("href")
    for name, size, dark in (
        ("workspace-light", DESK, False),
        ("workspace-dark", DESK, True),
        ("workspace-phone", PHONE, False),
    ):
        camera.keep(camera.go(camera.page(size, dark=dark), concern), name)
    camera.keep(camera.go(camera.page(DESK), "/t/heizwerk/promises/"), "promises")
    camera.keep(camera.go(camera.page(PHONE, signed_in=False), _choice(camera, story)), "choice-phone")


def _choice(camera: Camera, page: Any) -> str:
    """Where the customer chooses: the guided story is played until its delivery is in danger."""
    for step in ("write", "endanger"):
        camera.go(page, "/demo/heizwerk/")
        page.locator(f"button[name=step][value={step}]").click()
        page.wait_for_timeout(4_000)
    for _ in range(60):
        camera.go(page, "/demo/heizwerk/")
        for link in page.locator("#phone a[href*='mail=']").evaluate_all("all => all.map(one => one.href)"):
            camera.go(page, link)
            found = page.locator(".mail-text a[href*='/k/wahl/']")
            if found.count():
                return str(found.first.get_attribute("href"))
        page.wait_for_timeout(1_000)
    raise SystemExit("No mail with a choice came.")


def main() -> None:
    know_the_places()
    with scratch_folder() as data, a_running_house(data) as house, a_browser() as browser:
        take(Camera(browser, house))
        Album(browser, house, ALBUM).fill()


if __name__ == "__main__":
    main()
