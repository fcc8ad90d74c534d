"""What the catalogue says, in words for people; translated when they are shown."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from golddraht.ground.retention_law import Keeping, Period, period
from golddraht.privacy.catalogue.forms import Fate, Kind, Table

KINDS: dict[Kind, Any] = {
    Kind.NAME: _("names"),
    Kind.CONTACT: _("addresses and numbers"),
    Kind.WORDS: _("what was written or said"),
    Kind.FILE: _("files"),
    Kind.TRAIT: _("wishes and traits"),
    Kind.HAPPENED: _("what happened when"),
    Kind.LINK: _("what belongs to whom"),
    Kind.JUDGED: _("estimates and ratings"),
    Kind.NETWORK: _("network addresses and devices"),
    Kind.KEY: _("keys and proofs of identity"),
    Kind.COLLEAGUE: _("which colleague did it"),
    Kind.STATE: _("not personal: how far the work is"),
    Kind.SETTING: _("not personal: a decision of the company"),
    Kind.COUNT: _("not personal: a count that names nobody"),
    Kind.OWN: _("not personal: the company's own words for everybody"),
    Kind.MACHINERY: _("not personal: how the program works"),
}

FATES: dict[Fate, Any] = {
    Fate.GOES: _("Deleted with the person"),
    Fate.SPEAKS: _("Deleted where it names the person"),
    Fate.SPARED: _("Stays; addresses of the person in it are replaced"),
    Fate.UNTOUCHED: _("Holds nothing of customers"),
}

KEEPINGS: dict[Keeping, Any] = {
    Keeping.ENQUIRY: _("Concerns without a deal"),
    Keeping.LETTER: _("Business letters: what prepares, makes, performs or reverses a deal"),
    Keeping.VOUCHER: _("Vouchers: what an entry in the books rests on"),
    Keeping.CONSENT: _("Proof of consents, after their last use"),
    Keeping.CLAIMS: _("What defends against claims"),
    Keeping.RECORD: _("Customer record, after the last contact"),
    Keeping.COPY: _("Copies on the way: raw mails, queues, what programs were told"),
    Keeping.TRAIL: _("Audit trail"),
    Keeping.SESSION: _("Sessions"),
    Keeping.STAFF: _("Records about colleagues"),
    Keeping.LASTING: _("What names nobody"),
}

PROTECTION = (
    _("Companies are separated by the database itself (row-level security)."),
    _("Roles, a second factor, sessions that can be ended, an audit trail of looking and changing."),
    _(
        "Passwords as Argon2 hashes; secrets and what is locked away are encrypted with a key outside the database and backup."
    ),
    _("Encrypted connections, signed backups."),
    _("Logs hold numbers, never words or addresses of customers."),
    _("By itself the program sends nothing to third countries; whoever connects a service outside adds it here."),
)
"""Technical and organisational measures (Article 30 (1) (g) and 32 GDPR)."""


def keeping_words(keeping: Keeping, *, country: str, on: Any, months: int | None = None) -> str:
    """How long, as a sentence: “6 years from the end of the year”."""
    if keeping is Keeping.STAFF:
        return gettext("as long as somebody works here")
    found = period(keeping, country=country, on=on)
    return gettext("without end") if found is None else period_words(found, months=months)


def period_words(period: Period, *, months: int | None = None) -> str:
    count = period.months if months is None else months
    length = (
        _length(count) if count else ngettext("%(count)d day", "%(count)d days", period.days) % {"count": period.days}
    )
    return gettext("%(length)s from the end of the year") % {"length": length} if period.from_year_end else length


def _length(months: int) -> str:
    years, rest = divmod(months, 12)
    if rest:
        return ngettext("%(count)d month", "%(count)d months", months) % {"count": months}
    return ngettext("%(count)d year", "%(count)d years", years) % {"count": years}


def fate_words(table: Table) -> str:
    return str(FATES[table.erasing.fate])
