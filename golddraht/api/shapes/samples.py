"""What an answer looks like: one small world, from which the examples of the description are made."""

from __future__ import annotations

from typing import Any

ARRIVED, NEXT, DUE = "2026-11-30T08:12:00Z", "2026-11-30T12:12:00Z", "2026-12-03T10:00:00Z"

FILE: dict[str, Any] = {"id": 31, "name": "typenschild.jpg", "content_type": "image/jpeg", "size": 184220}
ROW: dict[str, Any] = {
    "number": "10427-7",
    "customer_id": 102,
    "customer_name": "Gerda Klein",
    "subject": "Ofen bleibt kalt",
    "preview": "Mein Ofen bleibt kalt. Wann kommt jemand?",
    "status": "OPEN",
    "priority": "NORMAL",
    "tags": ["Ofen"],
    "owner_name": "Nina Aigner",
    "latest_at": ARRIVED,
    "next_touch_at": NEXT,
    "is_unread": True,
    "is_escalated": False,
}
MESSAGE: dict[str, Any] = {
    "kind": "message",
    "id": 4711,
    "at": ARRIVED,
    "author_name": "Gerda Klein",
    "text": "Mein Ofen bleibt kalt. Wann kommt jemand?",
    "direction": "IN",
    "channel": "EMAIL",
    "subject": "Ofen bleibt kalt",
    "automatic": False,
    "to_third_party": False,
    "attachments": [FILE],
    "sender_proof": "pass",
    "doubts": [],
}
RECIPIENT: dict[str, Any] = {
    "address": "gerda@kundin.example",
    "name": "Gerda Klein",
    "is_kept": True,
    "is_reachable": True,
}
CONCERN: dict[str, Any] = {
    "number": "10427-7",
    "subject": "Ofen bleibt kalt",
    "status": "OPEN",
    "language": "de",
    "priority": "NORMAL",
    "tags": ["Ofen"],
    "customer_id": 102,
    "customer_name": "Gerda Klein",
    "owner_id": 7,
    "owner_name": "Nina Aigner",
    "team_id": 1,
    "team_name": "Service",
    "next_touch_at": NEXT,
    "created_at": ARRIVED,
    "quiet_reason": "",
    "merged_into": "",
    "recipients": [RECIPIENT],
    "solution": None,
    "goodwill_cents": 0,
    "inquiries": [],
    "linked": [],
    "moves": [],
}
ESCALATION: dict[str, Any] = {
    "id": 5,
    "conversation": "10427-7",
    "subject": "Ofen bleibt kalt",
    "customer_name": "Gerda Klein",
    "owner_name": "Nina Aigner",
    "lead_name": "Lea Conrad",
    "missed_at": NEXT,
    "at": NEXT,
}
CUSTOMER: dict[str, Any] = {
    "id": 102,
    "name": "Gerda Klein",
    "address": "gerda@kundin.example",
    "known_since": ARRIVED,
}
WAY: dict[str, Any] = {
    "id": 211,
    "channel": "EMAIL",
    "messenger": "",
    "address": "gerda@kundin.example",
    "source": "mail:from",
    "last_used_at": ARRIVED,
    "unreachable_since": None,
}
CUSTOMER_WITH_SOURCES: dict[str, Any] = {
    "id": 102,
    "name": "Gerda Klein",
    "name_source": "mail:from",
    "language": "de",
    "language_source": "mail:from",
    "salutation": "",
    "salutation_source": "",
    "matters": "Allein im Haus, bitte zweimal klingeln.",
    "matters_source": "member",
    "organisation": "",
    "known_since": ARRIVED,
    "contact_points": [WAY],
}
RECORD: dict[str, Any] = {
    "golden": [
        {
            "attribute": "postal",
            "value": "Lendkai 12/3\n8020 Graz\nAT",
            "source": "import:shop",
            "said_at": ARRIVED,
            "certainty": 0.9,
            "evidence": "Order 88-2051",
        }
    ],
    "facts": [
        {
            "id": 7,
            "attribute": "postal",
            "value": "Lendkai 12/3\n8020 Graz\nAT",
            "source": "import:shop",
            "said_at": ARRIVED,
            "certainty": 0.9,
            "evidence": "Order 88-2051",
            "denies": False,
        }
    ],
}
MERGE: dict[str, Any] = {
    "id": 3,
    "customer_id": 117,
    "head_id": 102,
    "reasons": ["same customer number: K-20417"],
    "decided_by": "member",
    "merged_at": ARRIVED,
    "undone_at": None,
    "undone_why": "",
}
RESEMBLANCE: dict[str, Any] = {
    "id": 9,
    "first_id": 102,
    "second_id": 117,
    "certainty": 0.97,
    "reasons": ["same customer number: K-20417", "names that fit each other"],
    "found_by": "rule:alike",
}
EVENT: dict[str, Any] = {
    "id": 4711,
    "at": ARRIVED,
    "kind": "wrote",
    "channel": "EMAIL",
    "customer_id": 102,
    "conversation": "10427-7",
    "subject": "Ofen bleibt kalt",
    "promise_id": None,
    "order_id": None,
    "delivery_id": None,
    "appointment_id": None,
    "return_id": None,
}
CONCERN_LINE: dict[str, Any] = {
    "number": "10427-7",
    "subject": "Ofen bleibt kalt",
    "status": "OPEN",
    "latest_at": ARRIVED,
}
PROMISE: dict[str, Any] = {
    "id": 88,
    "kind": "DELIVERY",
    "what": "Ofen mit Aufbau (A-2041)",
    "customer_id": 102,
    "customer_name": "Gerda Klein",
    "conversation": "10427-7",
    "owner_name": "Nina Aigner",
    "starts_at": "2026-12-03T08:00:00Z",
    "due_at": DUE,
    "is_in_danger": False,
    "is_late": False,
    "reference": "A-2041",
    "tour": "Tour 7",
}
PROMISE_CARD: dict[str, Any] = {
    "id": 88,
    "kind": "DELIVERY",
    "title": "Ofen mit Aufbau (A-2041)",
    "state": "open",
    "owner_name": "Nina Aigner",
    "reference": "A-2041",
    "starts_at": "2026-12-03T08:00:00Z",
    "due_at": DUE,
    "why": "",
}
PROMISE_WITH_OPTIONS: dict[str, Any] = {
    "id": 88,
    "kind": "DELIVERY",
    "what": "Ofen mit Aufbau",
    "state": "OPEN",
    "customer_id": 102,
    "customer_name": "Gerda Klein",
    "conversation": "10427-7",
    "owner_id": 7,
    "owner_name": "Nina Aigner",
    "starts_at": "2026-12-03T08:00:00Z",
    "due_at": DUE,
    "made_at": ARRIVED,
    "settled_at": None,
    "replaced_by_id": None,
    "reference": "A-2041",
    "tour": "Tour 7",
    "danger": "Der Lieferwagen ist liegen geblieben.",
    "endangered_at": "2026-12-02T15:00:00Z",
    "announced_at": "2026-12-02T15:00:00Z",
    "options": [
        {
            "id": 310,
            "kind": "OTHER_DATE",
            "title": "Ein anderer Termin",
            "condition": "",
            "cost_text": "kostenlos",
            "when_text": "Freitag, 9 bis 11 Uhr",
            "is_chosen": False,
        }
    ],
}
DISTURBANCE: dict[str, Any] = {
    "id": 3,
    "words": "Tour 7 fällt aus.",
    "starts_at": "2026-12-02T23:00:00Z",
    "ends_at": "2026-12-03T23:00:00Z",
    "at": "2026-12-02T15:00:00Z",
    "touched": [
        {
            "promise_id": 88,
            "what": "Ofen mit Aufbau (A-2041)",
            "customer_name": "Gerda Klein",
            "owner_name": "Nina Aigner",
            "is_told": True,
            "chosen_text": "",
        }
    ],
}
MEMBER: dict[str, Any] = {"id": 7, "name": "Nina Aigner", "role": "agent", "is_present": True, "deputy_name": ""}
TEAM: dict[str, Any] = {
    "id": 1,
    "name": "Service",
    "lead_id": 9,
    "lead_name": "Lea Conrad",
    "is_default": True,
    "zone": "Europe/Berlin",
    "answer_within_minutes": 240,
    "promises": [
        {"priority": "NORMAL", "answer_within_minutes": 240, "touch_within_minutes": None},
        {"priority": "URGENT", "answer_within_minutes": 60, "touch_within_minutes": 480},
    ],
    "member_ids": [7, 8],
    "hours": ["MO 08:00-18:00", "TU 08:00-18:00"],
}
ABSENCE: dict[str, Any] = {
    "id": 4,
    "member_id": 7,
    "member_name": "Nina Aigner",
    "deputy_id": 8,
    "deputy_name": "Tom Berger",
    "starts_at": "2026-12-20T23:00:00Z",
    "ends_at": "2027-01-03T23:00:00Z",
}
ALARM: dict[str, Any] = {
    "id": 2,
    "kind": "MAILBOX",
    "subject": "service@heizwerk.example",
    "words": "Das Postfach antwortet nicht.",
    "raised_at": ARRIVED,
}
MAILBOX: dict[str, Any] = {
    "id": 1,
    "address": "service@heizwerk.example",
    "is_default": True,
    "is_healthy": True,
    "receiving": "Verbunden. Zuletzt vor 1 Minuten nachgesehen.",
    "sending": "Der Versand läuft.",
    "fetched_at": ARRIVED,
    "sent_at": ARRIVED,
}
PRODUCT: dict[str, Any] = {
    "id": 3,
    "source": "shop",
    "number": "W-7",
    "name": "Wärmetauscher W 7",
    "cents": 12900,
    "currency": "EUR",
}
ORDER_IN: dict[str, Any] = {
    "number": "88-2041",
    "customer_number": "K-20417",
    "email": "gerda@kundin.example",
    "ordered_at": "2026-11-27T18:03:00Z",
    "cents": 12900,
    "currency": "EUR",
    "lines": [{"product": "W-7", "title": "Wärmetauscher W 7", "quantity": 1, "cents": 12900}],
}
DELIVERY_IN: dict[str, Any] = {
    "number": "L-5512",
    "order": "88-2041",
    "carrier": "Spedition Nord",
    "tracking": "NORD4417002",
    "promised_from": "2026-12-03T08:00:00Z",
    "promised_until": DUE,
    "sent_at": "2026-11-27T20:20:00Z",
}
APPOINTMENT_IN: dict[str, Any] = {
    "number": "T-907",
    "order": "88-2041",
    "what": "Wärmetauscher einbauen",
    "technician": "Frau Kern",
    "customer_number": "K-20417",
    "promised_from": "2026-12-04T08:00:00Z",
    "promised_until": "2026-12-04T10:00:00Z",
    "agreed": True,
}
DELIVERY: dict[str, Any] = {
    "id": 21,
    "source": "shop",
    "number": "L-5512",
    "order": "88-2041",
    "customer_id": 102,
    "name": "Wärmetauscher W 7",
    "carrier": "Spedition Nord",
    "tracking": "NORD4417002",
    "tour": "",
    "promised_from": "2026-12-03T08:00:00Z",
    "promised_until": DUE,
    "why": "",
    "state": "sent",
    "steps": [
        {"state": "ordered", "at": "2026-11-27T18:03:00Z", "is_done": True},
        {"state": "packed", "at": None, "is_done": True},
        {"state": "sent", "at": "2026-11-27T20:20:00Z", "is_done": True},
        {"state": "near", "at": None, "is_done": False},
        {"state": "arrived", "at": None, "is_done": False},
    ],
    "arrived_at": None,
    "cancelled_at": None,
}
APPOINTMENT: dict[str, Any] = {
    "id": 8,
    "source": "werkstatt",
    "number": "T-907",
    "order": "88-2041",
    "customer_id": 102,
    "name": "Wärmetauscher einbauen",
    "technician": "Frau Kern",
    "tour": "",
    "promised_from": "2026-12-04T08:00:00Z",
    "promised_until": "2026-12-04T10:00:00Z",
    "why": "",
    "state": "planned",
    "done_at": None,
    "cancelled_at": None,
}
RETURN: dict[str, Any] = {
    "id": 2,
    "source": "shop",
    "number": "R-311",
    "order": "88-2041",
    "customer_id": 102,
    "name": "Dichtung",
    "why": "",
    "cents": None,
    "currency": "",
    "announced_at": ARRIVED,
    "received_at": None,
    "refunded_at": None,
}
ORDER: dict[str, Any] = {
    "id": 17,
    "source": "shop",
    "number": "88-2041",
    "customer_id": 102,
    "ordered_at": "2026-11-27T18:03:00Z",
    "cancelled_at": None,
    "cents": 12900,
    "currency": "EUR",
    "lines": [{"title": "Wärmetauscher W 7", "product": "W-7", "quantity": 1.0, "cents": 12900}],
    "deliveries": [DELIVERY],
    "appointments": [],
    "returns": [],
}
CONSENT: dict[str, Any] = {
    "id": 71,
    "kind": "GIVEN",
    "way": "CALL",
    "purpose": "NEWS",
    "at": ARRIVED,
    "proof": "RECORDED",
    "text": "Ich möchte von Heizwerk durch einen Anruf eines Menschen Angebote und Neuigkeiten bekommen.",
    "version": 1,
    "words": "Ja, rufen Sie mich an.",
    "address": "",
    "call_note": "Anruf c9",
    "keep_until": "2031-11-16",
    "uses": [],
}
