"""What goes by itself when its period is over: for each kind of thing its table, its class, and the moment its period counts from.

Whatever hangs on a row goes with it, by the ties of the catalogue. `tests/house/test_keepers.py` compares this with the tables:
one that tells something of a customer is reached from here, or says in `NEVER` why it is not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from golddraht.ground.retention_law import Keeping


@dataclass(frozen=True)
class Keeper:
    """Rows of `label` are counted from `since`, a path of the model; those of `only` alone. `until` is the row's own last day.

    `customer` leads to the customer whose rows may be held. While a row of `unless` names it over that column, it is needed.
    """

    key: str
    label: str
    keeping: Keeping
    since: str = ""
    until: str = ""
    only: Q = field(default_factory=Q)
    open_while: Q | None = None
    customer: str = ""
    unless: Mapping[str, str] = field(default_factory=dict)


KEEPERS = (
    Keeper("calls", "telephone.Call", Keeping.ENQUIRY, "rang_at", only=Q(conversation=None), customer="customer_id"),
    Keeper(
        "promises",
        "promises.Promise",
        Keeping.LETTER,
        "due_at",
        only=Q(conversation=None),
        open_while=Q(state="OPEN"),
        customer="customer_id",
    ),
    Keeper("orders", "commerce.Order", Keeping.VOUCHER, "first_heard_at", customer="customer_id"),
    Keeper("deliveries", "commerce.Delivery", Keeping.VOUCHER, "first_heard_at", customer="customer_id"),
    Keeper("visits", "commerce.Appointment", Keeping.VOUCHER, "first_heard_at", customer="customer_id"),
    Keeper("returns", "commerce.Return", Keeping.VOUCHER, "first_heard_at", customer="customer_id"),
    Keeper("bad-rows", "commerce.BadRow", Keeping.RECORD, "kept_at"),
    Keeper("import-rows", "imports.Row", Keeping.RECORD, "file__ended_at", only=Q(customer_id=None)),
    Keeper(
        "questions",
        "knowledge.OpenQuestion",
        Keeping.ENQUIRY,
        "latest_at",
        open_while=Q(settled_at=None),
    ),
    Keeper(
        "many",
        "conversations.Errand",
        Keeping.ENQUIRY,
        "begun_at",
        open_while=Q(ended_at=None),
    ),
    Keeper("blocks", "conversations.BlockedSender", Keeping.ENQUIRY, "lifted_at", only=Q(lifted_at__isnull=False)),
    Keeper("keys", "channels.KnownKey", Keeping.RECORD, "valid_until", only=Q(valid_until__isnull=False)),
    Keeper("refusals", "consent.Refusal", Keeping.CONSENT, "at", customer="customer_id"),
    Keeper(
        "permissions",
        "consent.Permission",
        Keeping.CONSENT,
        until="keep_until",
        customer="customer_id",
        unless={"conversations.Message": "permission_id", "channels.Delivery": "permission_id"},
    ),
    Keeper("openings", "privacy.ArchiveOpening", Keeping.CLAIMS, "at"),
    Keeper("caught", "channels.CaughtMail", Keeping.COPY, "caught_at"),
    Keeper("told", "programs.Occurrence", Keeping.COPY, "at"),
    Keeper("notices", "notices.Notice", Keeping.COPY, "at"),
    Keeper("own-page", "access.Visit", Keeping.SESSION, "ends_at"),
    Keeper("codes", "access.Code", Keeping.SESSION, "asked_at"),
    Keeper("copies", "access.Copy", Keeping.SESSION, "asked_at"),
)
"""What needs no more than its own moment. Concerns, raw mails, consents, the trail, queues and people have steps of their own."""

ROOTS = {
    "concerns": "conversations.Conversation",
    "mails": "channels.RawMail",
    "consents": "consent.ConsentAct",
    "people": "customers.Customer",
    "requests": "privacy.Erasure",
    "archive": "privacy.Locked",
    "trail": "plumbing.Trace",
    "queues": "procrastinate.ProcrastinateJob",
    "sessions": "sessions.Session",
}
"""The tables of those steps."""

WHATS: dict[str, Any] = {
    "concerns": _("Concerns with all that is in them"),
    "mails": _("Mails as they came"),
    "consents": _("Proofs of consents that were withdrawn"),
    "people": _("Customers of whom nothing else is left"),
    "requests": _("Requests to be erased"),
    "archive": _("What was locked away"),
    "trail": _("Audit trail"),
    "queues": _("Finished work in the queues"),
    "sessions": _("Sessions"),
    "calls": _("Calls without a concern"),
    "promises": _("Promises without a concern"),
    "orders": _("Orders"),
    "deliveries": _("Deliveries"),
    "visits": _("Visits"),
    "returns": _("Returns"),
    "bad-rows": _("Rows of orders that had to be mended"),
    "import-rows": _("Rows of imports that became nobody"),
    "questions": _("Questions that nobody could answer"),
    "many": _("Work on many concerns at once"),
    "blocks": _("Blocked senders, after the block was lifted"),
    "keys": _("Keys of customers, after they ran out"),
    "refusals": _("What was not allowed to leave"),
    "permissions": _("Proofs why something was allowed to leave"),
    "openings": _("Who opened what in the archive"),
    "caught": _("Caught mails of a trial"),
    "told": _("What programs were told"),
    "notices": _("Notices on devices"),
    "own-page": _("Visits on the own page"),
    "codes": _("Codes for the own page"),
    "copies": _("Copies that people asked for"),
}
"""What each of them is called."""

NEVER = {
    "customers.Organisation": "a company's name; whoever belongs to it goes, and the company is no person",
    "customers.Household": "a number under which people were put together; it names nobody",
    "consent.ObjectionMark": "a keyed hash that keeps whoever objected from being written to again",
    "search.Unread": "waits for seconds to be made findable",
    "imports.Import": "its file goes after a day; what is left are counts and the names of columns",
    "privacy.ErasureLine": "counts by table",
    "privacy.DoomedFile": "the name of a file that is about to go; it says nothing of anybody",
    "team.RememberedAnswer": "forgotten after two days by the room itself",
    "channels.Reference": "goes with the record of its mail",
}
"""Tables about customers whose rows have no day of their own, with the reason."""
