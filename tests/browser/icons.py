"""Draws the pictures of the app that devices want as PNG, from the product's mark: `python -m tests.browser.icons`."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.browser.conftest import ARGUMENTS
from tests.browser.running import ROOT

PAGES = ROOT / "golddraht" / "pages"
ICONS = PAGES / "app" / "static" / "app"
MARK = PAGES / "static" / "logo.svg"
FULL = ICONS / "icon-maskable.svg"
"""The mark on a ground without corners, small enough that a device may cut a circle out of it."""
WANTED = {
    "icon-any-192": (MARK, 192),
    "icon-any-512": (MARK, 512),
    "icon-maskable-192": (FULL, 192),
    "icon-maskable-512": (FULL, 512),
    "icon-touch-180": (FULL, 180),
}


def draw(browser: object, mark: Path, size: int, to: Path) -> None:
    page = browser.new_page(viewport={"width": size, "height": size})  # type: ignore[attr-defined]  # Playwright's browser.
    page.set_content(f"<style>body{{margin:0}}svg{{display:block;width:{size}px}}</style>{mark.read_text()}")
    page.screenshot(path=str(to), omit_background=True)
    page.close()


def main() -> None:
    from playwright.sync_api import sync_playwright

    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        raise SystemExit("The icons need chromium (apt: chromium).")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        for name, (mark, size) in WANTED.items():
            draw(browser, mark, size, ICONS / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
