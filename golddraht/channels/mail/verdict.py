"""Whether a mail comes from whom it says: the values in which that is told."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Result(StrEnum):
    """What is known of a sender. Not being able to ask is UNKNOWN and never FAIL."""

    PASS = "pass"  # noqa: S105  # The word of RFC 8601, no password.
    FAIL = "fail"
    NONE = "none"  # Asked, and nothing proves or disproves it.
    UNKNOWN = "unknown"


class Reason(StrEnum):
    """Why; the words for people are made where it is shown."""

    PROVEN = "proven"
    NOT_PROVEN = "not-proven"  # DMARC: the domain has a rule, and the mail does not meet it.
    SERVER_NOT_ALLOWED = "server-not-allowed"  # SPF: the domain does not send from there.
    BROKEN_SEAL = "broken-seal"  # DKIM does not match; lists and forwarders do that, too.
    NO_PROOF = "no-proof"
    NO_ANSWER = "no-answer"  # DNS could not be asked.
    NO_SENDER = "no-sender"


@dataclass(frozen=True)
class Checked:
    """The outcome of one method: its word of RFC 8601 §2.7 (`pass`, `softfail`, `temperror` …) and the domain it speaks for."""

    word: str
    domain: str = ""

    @property
    def is_pass(self) -> bool:
        return self.word == "pass"

    @property
    def is_unknown(self) -> bool:
        return self.word == "temperror"


NOT_CHECKED = Checked("none")


@dataclass(frozen=True)
class Evidence:
    """What DKIM (each signature), SPF and DMARC say of a mail, and who found it: a server's name, or nobody else ("")."""

    dkim: tuple[Checked, ...] = ()
    spf: Checked = NOT_CHECKED
    dmarc: Checked = NOT_CHECKED
    told_by: str = ""


@dataclass(frozen=True)
class Verdict:
    """What to make of it. `domain` is the one in From; `dkim`, `spf` and `dmarc` are the words of RFC 8601."""

    result: Result
    reason: Reason
    domain: str = ""
    dkim: str = "none"
    spf: str = "none"
    dmarc: str = "none"
    told_by: str = ""
