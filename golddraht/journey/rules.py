"""What can happen to a customer, and how a look at it is narrowed."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    WROTE = "wrote"  # Their words came: mail, call, visit or letter.
    MACHINE = "machine"  # A machine of theirs wrote.
    ANSWERED = "answered"  # A colleague's words went to them.
    AUTOMATIC = "automatic"  # Our machine wrote to them, and said so.
    LOST = "lost"  # What we wrote did not arrive.
    PROMISED = "promised"
    KEPT = "kept"
    BROKEN = "broken"
    ENDANGERED = "endangered"
    CHOSE = "chose"  # They took one of the ways out of a promise in danger.
    ASKED_SOLVED = "asked"  # We asked whether it is solved.
    SOLVED = "solved"
    REOPENED = "reopened"
    HANDED_OVER = "handed_over"
    MERGED = "merged"
    TAKEN_APART = "apart"
    ALLOWED = "allowed"  # They consented to something.
    WITHDREW = "withdrew"  # They took it back.
    OBJECTED = "objected"  # They want no advertising.
    CHOSE_WAYS = "chose_ways"
    ORDERED = "ordered"
    CANCELLED = "cancelled"
    SENT = "sent"
    DELIVERED = "delivered"
    APPOINTMENT = "appointment"
    VISITED = "visited"
    RETURNING = "returning"  # They said that they send something back.
    RETURNED = "returned"


class Group(StrEnum):
    """What belongs together in a filter."""

    WORDS = "words"
    PROMISES = "promises"
    SOLUTIONS = "solutions"
    RECORD = "record"
    CONSENT = "consent"
    ORDERS = "orders"


GROUPS = {
    Group.WORDS: (Kind.WROTE, Kind.MACHINE, Kind.ANSWERED, Kind.AUTOMATIC, Kind.LOST),
    Group.PROMISES: (Kind.PROMISED, Kind.KEPT, Kind.BROKEN, Kind.ENDANGERED, Kind.CHOSE),
    Group.SOLUTIONS: (Kind.ASKED_SOLVED, Kind.SOLVED, Kind.REOPENED, Kind.HANDED_OVER),
    Group.RECORD: (Kind.MERGED, Kind.TAKEN_APART),
    Group.CONSENT: (Kind.ALLOWED, Kind.WITHDREW, Kind.OBJECTED, Kind.CHOSE_WAYS),
    Group.ORDERS: (
        Kind.ORDERED,
        Kind.CANCELLED,
        Kind.SENT,
        Kind.DELIVERED,
        Kind.APPOINTMENT,
        Kind.VISITED,
        Kind.RETURNING,
        Kind.RETURNED,
    ),
}
