"""A notice in words: that something waits, and how much of what."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext, ngettext

from golddraht.notices.rules import Kind


def wording(counts: Mapping[Kind, int]) -> tuple[str, str]:
    """Title and words, in the language that is switched on."""
    told = [words(kind, counts[kind]) for kind in Kind if counts.get(kind)]
    return gettext("Something waits for you"), " · ".join(told)


def words(kind: Kind, n: int) -> str:
    match kind:
        case Kind.HANDED_OVER:
            return ngettext("one hand-over to you", "%(n)s hand-overs to you", n) % {"n": n}
        case Kind.CUSTOMER_WROTE:
            return ngettext("new words in one concern", "new words in %(n)s concerns", n) % {"n": n}
        case Kind.PROMISE_IN_DANGER:
            return ngettext("one promise in danger", "%(n)s promises in danger", n) % {"n": n}
        case Kind.MENTIONED:
            return ngettext("one note names you", "%(n)s notes name you", n) % {"n": n}
        case Kind.TRIAL:
            return gettext("This is a trial. More than this never stands here.")
