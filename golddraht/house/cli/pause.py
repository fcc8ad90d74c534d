from __future__ import annotations

from typing import Any

import click

from golddraht.house import whereabouts
from golddraht.house.cli.speaking import answer, as_json


@click.command()
@click.option("--reason", default="paused by hand", show_default=True, help="Shown by doctor.")
@as_json
def pause(reason: str, in_json: bool) -> None:
    """Send and fetch nothing until `golddraht resume`; people can go on working."""
    whereabouts.open_django()
    from golddraht.plumbing import pausing
    from golddraht.plumbing.clock import now

    pausing.pause(reason=reason, at=now())
    words = "Paused. Nothing is sent or fetched until: golddraht resume"
    answer(words, _state(), in_json=in_json)


@click.command()
@as_json
def resume(in_json: bool) -> None:
    """End a pause: send and fetch again.

    Look into the queue first when this is a restored copy: mail that has waited will leave now.
    """
    whereabouts.open_django()
    from golddraht.plumbing import pausing
    from golddraht.plumbing.clock import now

    ended = pausing.resume(at=now())
    words = "Golddraht sends and fetches again." if ended else "There was no pause."
    answer(words, _state() | {"ended": ended}, in_json=in_json)


def _state() -> dict[str, Any]:
    from golddraht.plumbing.pausing import current_pause

    pause = current_pause()
    return {"paused": pause is not None, "since": pause and pause.since, "reason": pause and pause.reason}
