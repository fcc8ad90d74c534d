"""Macros that are offered, and how far an errand is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count

from golddraht.conversations.models import Errand, ErrandLine, Macro
from golddraht.conversations.queries.finding import Seer
from golddraht.conversations.rules import LineState
from golddraht.ground.numbers import spoken
from golddraht.plumbing.asking import Asked, Question

SHOWN_FOR = timedelta(minutes=10)


class NoSuchErrand(LookupError):
    """There is none of that id in the viewer's tenant; the same for macros."""


@dataclass(frozen=True)
class Left:
    """A concern that an errand left as it is, or of which something stays although it was undone."""

    number: int
    spoken: str
    customer_name: str
    subject: str
    why_not: str


@dataclass(frozen=True)
class ErrandState:
    """How far it is, and what was left."""

    id: int
    name: str
    by_id: int
    by_name: str
    begun_at: datetime
    whole: int
    done: int
    refused: int
    undone: int
    is_over: bool
    is_undoing: bool
    left: tuple[Left, ...] = ()
    only_number: int | None = None

    @property
    def through(self) -> int:
        """How many have had their turn, in the direction in which it goes."""
        if not self.is_undoing:
            return self.done + self.refused
        return self.whole - self.done

    @property
    def may_be_undone(self) -> bool:
        return not self.is_undoing and (self.done > 0 or not self.is_over)


_MACROS: Question[Macro] = Question(lambda: _macros().filter(retired_at=None))
_RETIRED: Question[Macro] = Question(lambda: _macros().exclude(retired_at=None))


def _macros() -> Any:
    return Macro.objects.filter(tenant_id=Asked("tenant")).select_related("module", "to", "team")


def macros(*, viewer: Seer, retired: bool = False) -> list[Macro]:
    """Those with a key first."""
    rows = (_RETIRED if retired else _MACROS).all(tenant=viewer.tenant_id)
    return sorted(rows, key=lambda one: (one.key or "~", one.name))


def macro_for(*, viewer: Seer, macro_id: int) -> Macro:
    """Raises NoSuchErrand."""
    found = Macro.objects.filter(tenant_id=viewer.tenant_id, pk=macro_id).select_related("module").first()
    if found is None:
        raise NoSuchErrand(macro_id)
    macro: Macro = found
    return macro


def errand_for(*, viewer: Seer, errand_id: int) -> ErrandState:
    """With everything that it left. Raises NoSuchErrand."""
    row = _rows(viewer).filter(pk=errand_id).first()
    if row is None:
        raise NoSuchErrand(errand_id)
    return _state(row, with_left=True)


def latest_errand(*, viewer: Seer, at: datetime, conversation_id: int | None = None) -> ErrandState | None:
    """What the viewer did in the last minutes, to be looked at or undone; of one concern when asked."""
    mine = {"tenant": viewer.tenant_id, "me": viewer.membership_id, "since": at - SHOWN_FOR}
    anywhere = conversation_id is None
    row = _LATEST.first(**mine) if anywhere else _LATEST_IN.first(**mine, conversation=conversation_id)
    return _state(row, with_left=True) if row else None


def _latest(rows: Any) -> Any:
    mine = rows.filter(tenant_id=Asked("tenant"), by_id=Asked("me"), moved_at__gt=Asked("since"))
    return mine.select_related("by").order_by("-begun_at", "-pk")[:1]


def _lines_in() -> Any:
    return ErrandLine.objects.filter(tenant_id=Asked("tenant"), conversation_id=Asked("conversation"))


_LATEST: Question[Errand] = Question(lambda: _latest(Errand.objects.all()))
_LATEST_IN: Question[Errand] = Question(lambda: _latest(Errand.objects.filter(pk__in=_lines_in().values("errand_id"))))


def _rows(viewer: Seer) -> Any:
    return Errand.objects.filter(tenant_id=viewer.tenant_id).select_related("by")


def _state(row: Errand, *, with_left: bool) -> ErrandState:
    lines = ErrandLine.objects.filter(errand=row)
    counts = dict(lines.order_by().values_list("state").annotate(count=Count("pk")))
    whole = sum(counts.values())
    only = lines.select_related("conversation").first() if whole == 1 else None
    return ErrandState(
        id=row.pk,
        name=row.name,
        by_id=row.by_id,
        by_name=row.by.name,
        begun_at=row.begun_at,
        whole=whole,
        done=counts.get(LineState.DONE, 0),
        refused=counts.get(LineState.REFUSED, 0),
        undone=counts.get(LineState.UNDONE, 0),
        is_over=row.ended_at is not None,
        is_undoing=row.undone_at is not None,
        left=_left(lines) if with_left else (),
        only_number=only.conversation.number if only else None,
    )


def _left(lines: Any) -> tuple[Left, ...]:
    rows = lines.exclude(why_not="").select_related("conversation__customer").order_by("conversation_id")[:200]
    return tuple(
        Left(
            line.conversation.number,
            spoken(line.conversation.number),
            line.conversation.customer.name,
            line.conversation.subject,
            line.why_not,
        )
        for line in rows
    )
