from __future__ import annotations

import click

from golddraht.house import whereabouts


@click.command()
@click.option("--reason", default="paused by hand", show_default=True, help="Shown by doctor.")
def pause(reason: str) -> None:
    """Send and fetch nothing until `golddraht resume`; people can go on working."""
    whereabouts.open_django()
    from golddraht.plumbing import pausing
    from golddraht.plumbing.clock import now

    pausing.pause(reason=reason, at=now())
    click.echo("Paused. Nothing is sent or fetched until: golddraht resume")


@click.command()
def resume() -> None:
    """End a pause: send and fetch again.

    Look into the queue first when this is a restored copy: mail that has waited will leave now.
    """
    whereabouts.open_django()
    from golddraht.plumbing import pausing
    from golddraht.plumbing.clock import now

    click.echo("Golddraht sends and fetches again." if pausing.resume(at=now()) else "There was no pause.")
