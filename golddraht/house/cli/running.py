from __future__ import annotations

import click

from golddraht.house import whereabouts


@click.command()
@click.option("--no-demo", is_flag=True, help="Leave an empty installation empty.")
@click.option("--web", type=click.IntRange(1, 32), help="Serve pages with so many processes: one for every 25 people.")
def run(no_demo: bool, web: int | None) -> int:
    """Run everything on this machine until Ctrl-C.

    Starts the embedded database (or uses the server that GOLDDRAHT_DATABASE_URL names), migrates when need be, fills
    the demo into an empty installation, then serves the pages, works off jobs, delivers and receives mail.
    """
    from golddraht.house.running.household import Household

    return Household(demo=not no_demo, web=web).live()


@click.command()
def web() -> int:
    """Run one web process on GOLDDRAHT_PORT."""
    return _alone("web")


@click.command()
def worker() -> int:
    """Run one worker: all jobs but deliveries, and the sweeper, which works in one process at a time."""
    return _alone("worker")


@click.command()
def deliverer() -> int:
    """Run one process that delivers what is to leave the house."""
    return _alone("deliverer")


@click.command()
def listener() -> int:
    """Run the process that receives mail: fetches from mailboxes, and listens for SMTP and LMTP."""
    return _alone("listener")


def _alone(role: str) -> int:
    whereabouts.open_django()
    from golddraht.house.running.roles import live

    return live(role)
