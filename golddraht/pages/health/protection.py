"""Whether data protection does its work: the daily run of retention, and the ledger of erasures."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from golddraht.pages.shown import moment
from golddraht.privacy.queries import State, Trouble, keeping_state, ledger_trouble


def protection_lines(at: datetime) -> list[dict[str, Any]]:
    """Two lines: what is past its period, and whether whoever was erased stays erased."""
    return [_retention(keeping_state(at=at), at), _ledger(ledger_trouble())]


def _retention(state: State, at: datetime) -> dict[str, Any]:
    return {"name": gettext("Retention"), "is_fine": state.is_fine, "words": _words(state, at)}


def _words(state: State, at: datetime) -> str:
    if state.is_late:
        return gettext("for two days no run has come through. Is the worker alive?")
    if state.is_overdue:
        return gettext(
            "personal data have been past their period for a month. An admin should look at the preview in the settings."
        )
    if state.last is None or state.last.ended_at is None:
        return gettext("the first look is under way")
    when = {"when": moment(state.last.ended_at, at)}
    if state.is_on:
        return gettext("runs every day, last through %(when)s") % when
    return gettext("only counts what would go, last %(when)s") % when


def _ledger(trouble: Trouble | None) -> dict[str, Any]:
    words = {
        None: gettext("knows everybody who was erased"),
        Trouble.MISSING: gettext(
            "is missing. Whoever runs this installation should put it back from where it is kept."
        ),
        Trouble.KEY: gettext(
            "has lost its key. Whoever runs this installation should put it back from where it is kept."
        ),
        Trouble.TORN: gettext(
            "is damaged, or its key belongs to another one. Whoever runs this installation should put the copy and the key back that belong together."
        ),
        Trouble.OLDER: gettext(
            "is older than the database and does not know everybody who was erased. Whoever runs this installation should put the latest copy back."
        ),
    }[trouble]
    return {"name": gettext("Ledger of erasures"), "is_fine": trouble is None, "words": words}
