"""The golden record on a page: what is held to be true, how sure that is, and everything that was ever said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext

from golddraht.customers.queries.record import Noted
from golddraht.customers.rules.attributes import Attribute, Statement
from golddraht.customers.rules.doubts import DOUBTFUL
from golddraht.customers.rules.golden import Golden, golden, standing
from golddraht.pages.customers.wording import attribute_name, share_words, source_words, value_words
from golddraht.team.queries import names_of_members


@dataclass(frozen=True)
class SaidShown:
    """One thing that was said. `state` is "held", "other" (somebody is trusted more), "wrong" or "denial"."""

    id: int
    value: str
    source: str
    when: datetime
    evidence: str
    who: str
    state: str


@dataclass(frozen=True)
class ValueShown:
    text: str
    raw: str
    source: str
    when: datetime
    share: str
    is_doubtful: bool
    evidence: str


@dataclass(frozen=True)
class AttributeShown:
    """An attribute with what is held to be true of it, and its whole history."""

    name: str
    term: str
    values: list[ValueShown] = field(default_factory=list)
    history: list[SaidShown] = field(default_factory=list)
    has_more: bool = False
    said_count: int = 0
    is_cut: bool = False


def record_shown(noted: Iterable[Noted], *, at: datetime, most: int | None = None) -> list[AttributeShown]:
    """Every attribute of which something was said, in the order of a record; of each `most` values and statements."""
    said = list(noted)
    record, names = golden(one.statement for one in said), names_of_members()
    found = []
    for attribute in Attribute:
        theirs = [one for one in said if one.statement.attribute is attribute]
        if theirs:
            held = record.get(attribute, ())
            found.append(_attribute(attribute, theirs, held, names, at, most))
    return found


def _attribute(
    attribute: Attribute,
    noted: list[Noted],
    held: tuple[Golden, ...],
    names: dict[int, str],
    at: datetime,
    most: int | None,
) -> AttributeShown:
    kept = set(standing([one.statement for one in noted]))
    chosen = {one.statement for one in held}
    return AttributeShown(
        name=str(attribute),
        term=attribute_name(attribute),
        values=[_value(one, at) for one in held[:most]],
        history=[_said(one, chosen, kept, names) for one in noted[:most]],
        has_more=len(noted) > len(held),
        said_count=len(noted),
        is_cut=most is not None and len(noted) > most,
    )


def _value(one: Golden, at: datetime) -> ValueShown:
    certainty = one.certainty(at)
    return ValueShown(
        text=value_words(one.statement),
        raw=one.value,
        source=source_words(one.statement.source),
        when=one.statement.said_at,
        share=share_words(certainty),
        is_doubtful=certainty < DOUBTFUL,
        evidence=one.statement.evidence,
    )


def _said(noted: Noted, chosen: set[Statement], kept: set[Statement], names: dict[int, str]) -> SaidShown:
    one = noted.statement
    return SaidShown(
        id=noted.id,
        value=value_words(one),
        source=source_words(one.source),
        when=one.said_at,
        evidence=one.evidence,
        who=names.get(noted.actor_id or 0, ""),
        state=_state(one, chosen, kept),
    )


def _state(one: Statement, chosen: set[Statement], kept: set[Statement]) -> str:
    if one.denies:
        return "denial"
    if one in chosen:
        return "held"
    return "other" if one in kept else "wrong"


def why_words(one: Golden, at: datetime) -> str:
    """Where a value comes from and how sure it is, for a tooltip."""
    told = {"source": source_words(one.statement.source), "share": share_words(one.certainty(at))}
    words = gettext("%(source)s, sure to %(share)s") % told
    return f"{words}: “{one.statement.evidence}”" if one.statement.evidence else words
