"""Takes a picture of every place, in light and dark, German and English, at the desk and on the phone: `python -m tests.browser.album`.

The places are those that the resolver knows, with the demo's rows; each becomes one sheet in `docs/pictures/places`, and a page that shows them all.
"""

from __future__ import annotations

import base64
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

import django

from tests.browser.conftest import ARGUMENTS
from tests.browser.desk import AT_REST, PHONE, Desk
from tests.browser.furnishing import ADA, EVE, rows_of
from tests.browser.places import Place, places
from tests.browser.running import ROOT, House, a_running_house, scratch_folder
from tests.house.checking import as_if_deployed

ALBUM = ROOT / "docs" / "pictures" / "places"
KARLA = "karla@heizwerk.example"
SCREEN = {"width": 1350, "height": 844}
"""As high as the phone, so that both stand beside each other."""
SMALLER = 0.6
"""Of the real size; text remains readable."""
QUALITY = 0.7

COMPOSE = """
  async ({shots, smaller, quality}) => {
    const pictures = await Promise.all(shots.map(async (shot) => {
      const picture = new Image();
      picture.src = "data:image/png;base64," + shot;
      await picture.decode();
      return picture;
    }));
    const gap = 12, [wide, narrow] = [pictures[0].width * smaller, pictures[1].width * smaller];
    const high = pictures[0].height * smaller;
    const sheet = document.createElement("canvas");
    [sheet.width, sheet.height] = [wide + narrow + 3 * gap, 2 * high + 3 * gap];
    const pen = sheet.getContext("2d");
    pen.fillStyle = "#8a8f98";
    pen.fillRect(0, 0, sheet.width, sheet.height);
    pen.imageSmoothingQuality = "high";
    pictures.forEach((picture, at) => pen.drawImage(
      picture, gap + (at % 2) * (wide + gap), gap + Math.floor(at / 2) * (high + gap),
      picture.width * smaller, picture.height * smaller,
    ));
    return sheet.toDataURL("image/webp", quality).split(",")[1];
  }
"""
"""Four pictures on one sheet, by the browser's own means."""


@dataclass(frozen=True)
class View:
    """How a place is looked at."""

    locale: str
    scheme: str
    size: dict[str, int]

    @property
    def language(self) -> str:
        return self.locale[:2]

    def desk(self, browser: Any, house: House, login: str = "") -> Desk:
        screen = {"viewport": self.size, "locale": self.locale, "color_scheme": self.scheme, "reduced_motion": "reduce"}
        return Desk.opened(browser, house.url, login=login, **screen)


VIEWS = (
    View("de-DE", "light", SCREEN),
    View("de-DE", "light", PHONE),
    View("en-GB", "dark", SCREEN),
    View("en-GB", "dark", PHONE),
)


@dataclass(frozen=True)
class Chapter:
    """Places that one kind of people looks at, and who of the demo stands for them."""

    title: str
    places: list[Place]
    logins: dict[str, str]
    """Who signs in, by language; nobody for strangers."""


def chapters() -> list[Chapter]:
    """All that can be looked at, by who looks."""
    found = places()
    strangers = [place for place in found if place.is_for_strangers]
    return [
        Chapter("The workspace", [one for one in found if one.is_of_the_workspace], {"de": ADA, "en": EVE}),
        Chapter("A client company", [one for one in found if one.is_for_clients], {"de": KARLA, "en": KARLA}),
        Chapter("Customers and visitors", strangers, {}),
    ]


class Album:
    """The demo's places on sheets in a folder."""

    def __init__(self, browser: Any, house: House, folder: Path) -> None:
        self.browser, self.house, self.folder = browser, house, folder
        self.rows: dict[str, Any] = {}
        self.darkroom = browser.new_page()
        self.titles: dict[str, str] = {}

    def fill(self) -> None:
        """A sheet for each place and the page that shows them; sheets of places that are gone go as well."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        kept = [(chapter.title, self._chapter(chapter)) for chapter in chapters()]
        (self.folder / "README.md").write_text(self._shown(kept), encoding="utf-8")

    def _chapter(self, chapter: Chapter) -> list[str]:
        self.rows = rows_of(self.house)  # Codes last for minutes, and the chapters before took theirs.
        seen: dict[str, list[bytes]] = {}
        for view in VIEWS:
            desk = view.desk(self.browser, self.house, chapter.logins.get(view.language, ""))
            if not chapter.logins:
                desk.come_in(self.rows["own key"])
            for place, shot in self._shots(desk, chapter, view):
                seen.setdefault(place, []).append(shot)
            desk.close()
        sheets = {name: shots for name, shots in seen.items() if len(shots) == len(VIEWS)}
        for name, shots in sheets.items():
            self._keep(name, shots)
        return [*sheets]

    def _shots(self, desk: Desk, chapter: Chapter, view: View) -> Iterator[tuple[str, bytes]]:
        """Each place once, as it looks when all of it is there; what leads to one that was seen already is left out."""
        rows, seen = self._rows(chapter, view), set[str]()
        for place in chapter.places:
            if not desk.can_look_at(place.path(rows)):
                continue
            desk.go(place.path(rows))
            if desk.page.url in seen:
                continue
            seen.add(desk.page.url)
            desk.page.wait_for_load_state("load")
            desk.page.evaluate(AT_REST)
            if view == VIEWS[0]:
                self.titles[place.name] = desk.page.title().split(" · ")[0]
            yield place.name, desk.page.screenshot()

    def _rows(self, chapter: Chapter, view: View) -> dict[str, Any]:
        own = {"language": view.language}
        if login := chapter.logins.get(view.language):
            own |= {"filter_id": self.rows["filters"].get(login), "opening_id": self.rows["openings"].get(login)}
        return self.rows | own

    def _keep(self, name: str, shots: list[bytes]) -> None:
        wanted = {"shots": [base64.b64encode(shot).decode() for shot in shots], "smaller": SMALLER, "quality": QUALITY}
        sheet = self.darkroom.evaluate(COMPOSE, wanted)
        (self.folder / f"{name}.webp").write_bytes(base64.b64decode(sheet))
        print(name, flush=True)

    def _shown(self, kept: list[tuple[str, list[str]]]) -> str:
        """The page that shows all sheets."""
        lines = [
            "# Every place",
            "",
            "Light in German and dark in English, at the desk and on the phone, with the demo's invented people.",
            "",
        ]
        for title, names in kept:
            lines += [f"## {title}", ""]
            for name in names:
                lines += [f"### {self.titles[name]}", "", f"![{self.titles[name]}]({name}.webp)", ""]
        return "\n".join(lines)


@contextmanager
def a_browser() -> Iterator[Any]:
    """Chromium without a window, for as long as pictures are taken."""
    from playwright.sync_api import sync_playwright

    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        raise SystemExit("The pictures need chromium (apt: chromium).")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield browser
        browser.close()


def know_the_places() -> None:
    """As much of Django as the list of places needs: no database. The program runs beside, with settings of its own."""
    with patch.dict(os.environ), scratch_folder() as data:
        as_if_deployed(str(data))
        django.setup()


def main() -> None:
    know_the_places()
    with scratch_folder() as data, a_running_house(data) as house, a_browser() as browser:
        Album(browser, house, ALBUM).fill()


if __name__ == "__main__":
    main()
