"""A notice on a real browser: switched on in the settings, sent by the real worker, opened with the browser's keys, shown.

The service between is ours on loopback, for Chromium's own is not within reach: what it took is handed to the browser.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from tests.browser.desk import PATIENCE, Desk
from tests.journeys.push_service import PushService, pushing

Desks = Callable[..., Desk]
SUBSCRIBES = """
  const said = %s;
  PushManager.prototype.subscribe = async () => ({ toJSON: () => said });
"""


def test_a_trial_comes_to_the_device_on_which_it_was_switched_on(desk: Desks) -> None:
    with pushing() as service:
        tom = desk("tom@heizwerk.example")
        tom.context.grant_permissions(["notifications"], origin=tom.url)
        keys = service.browser.keys
        said = {"endpoint": service.endpoint, "keys": {"p256dh": keys["public_key"], "auth": keys["secret"]}}
        tom.context.add_init_script(SUBSCRIBES % json.dumps(said))
        page = tom.page

        tom.go("/t/heizwerk/settings/notices/")
        page.locator("[data-switch-on]").click()
        expect(page.get_by_role("button", name="Probe senden")).to_have_count(1, timeout=PATIENCE)
        page.get_by_role("button", name="Probe senden").click()
        _came(service)
        assert service.told[0]["title"] == "Etwas wartet auf Sie"

        assert _shown(tom, service.told[0]) == [
            {"title": "Etwas wartet auf Sie", "body": "Das ist eine Probe. Mehr als das steht hier nie."}
        ]
        page.get_by_role("button", name="Ausschalten").click()
        expect(page.get_by_role("button", name="Probe senden")).to_have_count(0)


def _came(service: PushService) -> None:
    until = time.monotonic() + 3 * PATIENCE / 1000
    while not service.came and time.monotonic() < until:
        time.sleep(0.2)
    assert service.came, "no notice came"


def _shown(one: Desk, said: dict[str, Any]) -> list[dict[str, str]]:
    """Hand it to the browser as its push service would; gives what it shows."""
    tools = one.context.new_cdp_session(one.page)
    registrations: list[dict[str, Any]] = []
    tools.on("ServiceWorker.workerRegistrationUpdated", lambda told: registrations.extend(told["registrations"]))
    tools.send("ServiceWorker.enable")
    one.page.wait_for_timeout(500)
    known = {"origin": one.url, "registrationId": registrations[0]["registrationId"], "data": json.dumps(said)}
    tools.send("ServiceWorker.deliverPushMessage", known)
    one.page.wait_for_timeout(1000)
    shown: list[dict[str, str]] = one.page.evaluate(
        "async () => (await (await navigator.serviceWorker.ready).getNotifications())"
        ".map(({ title, body }) => ({ title, body }))"
    )
    return shown
