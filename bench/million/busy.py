"""One customer to whom a great deal has happened: 5,000 events on all channels, with the concerns, promises and orders behind them."""

from __future__ import annotations

import sys
import time
from typing import Any

EVENTS = 5_000
CONCERNS, MESSAGES, PROMISES, ORDERS, ACTS, FACTS = 400, 2_500, 400, 350, 250, 200
CHANNEL = "(ARRAY['EMAIL','EMAIL','PHONE','VISIT','LETTER'])[1 + {0} %% 5]"
EVENT = "INSERT INTO journey_event (tenant_id, customer_id, at, kind, channel, conversation_id, message_id, promise_id, order_id, delivery_id, mark) "
SPAN = "interval '900 days'"
BUSY = [
    """CREATE TEMP TABLE busy AS SELECT id FROM customers_customer WHERE tenant_id = %(tenant)s ORDER BY id OFFSET
    (SELECT count(*) / 2 FROM customers_customer WHERE tenant_id = %(tenant)s) LIMIT 1""",
    "DELETE FROM conversations_conversation WHERE tenant_id = %(tenant)s",
    f"""INSERT INTO conversations_conversation (tenant_id, number, customer_id, subject, status, language, priority, tags, owner_id, team_id,
        owner_reason, next_touch_at, touched_at, longest_silence, automatic_in_a_row, latest_direction, latest_channel, latest_at, preview,
        created_at, solved_at, quiet_reason)
    SELECT %(tenant)s, n + 100, busy.id, 'Frage ' || n, CASE WHEN n > 397 THEN 'OPEN' ELSE 'SOLVED' END, 'de', 'NORMAL', '{{}}', %(member)s,
        team_team.id, '', CASE WHEN n > 397 THEN now() + interval '1 hour' END, now() - interval '1 hour', interval '21 days', 0, 'IN',
        {CHANNEL.format("n")}, now() - (400 - n) * {SPAN} / 400, 'Guten Tag, wann kommt', now() - (401 - n) * {SPAN} / 400,
        CASE WHEN n <= 397 THEN now() - (400 - n) * {SPAN} / 400 END, ''
    FROM generate_series(1, %(concerns)s) AS n, busy, team_team WHERE team_team.tenant_id = %(tenant)s""",
    """CREATE TEMP TABLE concern AS SELECT row_number() OVER (ORDER BY number) - 1 AS n, id, customer_id, created_at AS at
    FROM conversations_conversation WHERE tenant_id = %(tenant)s""",
    f"""INSERT INTO conversations_message (tenant_id, conversation_id, direction, channel, customer_id, author_id, author_name, automatic,
        machine_kind, subject, text, html, quoted_text, signature, problems, recipients, answer_to, message_class, written_at, received_at)
    SELECT %(tenant)s, c.id, CASE WHEN m %% 2 = 0 THEN 'IN' ELSE 'OUT' END, {CHANNEL.format("c.n")},
        CASE WHEN m %% 2 = 0 THEN c.customer_id END, CASE WHEN m %% 2 = 1 THEN %(member)s::bigint END, 'Jemand', '', '', '',
        repeat('Guten Tag, wann kommt die Lieferung? ', 8), '', '', '', '{{}}', '{{}}', '{{}}', 'SERVICE', c.at + m * interval '10 minutes',
        c.at + m * interval '10 minutes'
    FROM generate_series(0, %(messages)s - 1) AS m JOIN concern c ON c.n = m %% %(concerns)s ORDER BY c.at""",
    EVENT
    + """SELECT tenant_id, busy.id, received_at, CASE direction WHEN 'IN' THEN 'wrote' ELSE 'answered' END, channel, conversation_id,
        conversations_message.id, NULL, NULL, NULL, 'message:' || conversations_message.id
    FROM conversations_message, busy WHERE tenant_id = %(tenant)s""",
    """INSERT INTO promises_promise (tenant_id, customer_id, conversation_id, owner_id, kind, what, reference, tour, due_at, state, made_at,
        settled_at, danger, outside)
    SELECT %(tenant)s, customer_id, id, %(member)s, 'CALLBACK', 'Rückruf', '', '', at + interval '2 hours',
        CASE WHEN n %% 10 = 0 THEN 'BROKEN' ELSE 'KEPT' END, at, at + interval '2 hours', '', '' FROM concern WHERE n < %(promises)s""",
    *(
        EVENT
        + f"""SELECT tenant_id, customer_id, {at}, {kind}, '', conversation_id, NULL, id, NULL, NULL, '{mark}:' || id
        FROM promises_promise WHERE tenant_id = %(tenant)s"""
        for at, kind, mark in (("made_at", "'promised'", "promise"), ("settled_at", "lower(state)", "settled"))
    ),
    f"""INSERT INTO commerce_order (tenant_id, source, number, first_heard_at, said_at, customer_id, customer_number, email, ordered_at, cents,
        currency)
    SELECT %(tenant)s, 'shop', 'B-' || n, now() - n * {SPAN} / 350, now() - n * {SPAN} / 350, busy.id, '', '', now() - n * {SPAN} / 350,
        4990, 'EUR' FROM generate_series(1, %(orders)s) AS n, busy""",
    """INSERT INTO commerce_line (tenant_id, order_id, position, product, title, quantity, cents)
    SELECT tenant_id, id, place, '', 'Kaffee, Röstung ' || place, 1, 1663 FROM commerce_order, generate_series(1, 3) AS place
    WHERE tenant_id = %(tenant)s""",
    """INSERT INTO commerce_delivery (tenant_id, source, number, first_heard_at, said_at, customer_id, customer_number, email, "order", what,
        carrier, tracking, tour, agreed, why, sent_at, arrived_at)
    SELECT tenant_id, source, 'L' || number, said_at, said_at, customer_id, '', '', number, '', 'DHL', '', '', false, '', said_at,
        said_at + interval '2 days' FROM commerce_order WHERE tenant_id = %(tenant)s""",
    EVENT
    + """SELECT tenant_id, customer_id, ordered_at, 'ordered', '', NULL, NULL, NULL, id, NULL, 'order:' || id FROM commerce_order
    WHERE tenant_id = %(tenant)s""",
    *(
        EVENT
        + f"""SELECT tenant_id, customer_id, {at}, '{kind}', '', NULL, NULL, NULL, NULL, id, '{kind}:' || id FROM commerce_delivery
        WHERE tenant_id = %(tenant)s"""
        for at, kind in (("sent_at", "sent"), ("arrived_at", "delivered"))
    ),
    """INSERT INTO consent_consenttext (tenant_id, purpose, way, language, version, words, since)
    VALUES (%(tenant)s, 'NEWS', 'EMAIL', 'de', 1, 'Ich möchte Neues lesen.', now() - interval '1000 days') ON CONFLICT DO NOTHING""",
    f"""INSERT INTO consent_consentact (tenant_id, customer_id, kind, way, purpose, at, proof, text_id, words, address, call_note, keep_until)
    SELECT %(tenant)s, busy.id, CASE WHEN n %% 2 = 0 THEN 'GIVEN' ELSE 'WITHDRAWN' END, 'EMAIL', 'NEWS', now() - n * {SPAN} / 250,
        'SIGNED', consent_consenttext.id, 'Ja', '', '', now() + interval '5 years'
    FROM generate_series(1, %(acts)s) AS n, busy, consent_consenttext WHERE consent_consenttext.tenant_id = %(tenant)s""",
    EVENT
    + """SELECT tenant_id, customer_id, at, CASE kind WHEN 'GIVEN' THEN 'allowed' ELSE 'withdrew' END, '', NULL, NULL, NULL, NULL, NULL,
        'consent:' || id FROM consent_consentact WHERE tenant_id = %(tenant)s""",
    EVENT
    + """SELECT %(tenant)s, customer_id, at + interval '3 hours', CASE WHEN n < %(concerns)s THEN 'solved' END, '', id, NULL, NULL, NULL,
        NULL, 'solved:' || id FROM concern""",
    # Whatever is left to the whole number: concerns that went from hand to hand.
    EVENT
    + """SELECT %(tenant)s, c.customer_id, c.at + interval '1 hour', 'handed_over', '', c.id, NULL, NULL, NULL, NULL, 'handed:' || m
    FROM generate_series(1, %(events)s - (SELECT count(*) FROM journey_event WHERE tenant_id = %(tenant)s)) AS m
        JOIN concern c ON c.n = m %% %(concerns)s""",
    f"""INSERT INTO customers_fact (tenant_id, customer_id, attribute, value, source, said_at, certainty, evidence, denies)
    SELECT %(tenant)s, busy.id, 'note', 'Bemerkung ' || n, 'import:erp', now() - n * {SPAN} / 200, 0.8, '', false
    FROM generate_series(1, %(facts)s) AS n, busy ON CONFLICT DO NOTHING""",
    "ANALYZE",
]


def fill_busy(tenant_id: int, member_id: int) -> int:
    """Gives that customer's id."""
    from django.db import connections

    names = ("concerns", "messages", "promises", "orders", "acts", "facts", "events")
    counts = (CONCERNS, MESSAGES, PROMISES, ORDERS, ACTS, FACTS, EVENTS)
    told: dict[str, Any] = {"tenant": tenant_id, "member": member_id, **dict(zip(names, counts, strict=True))}
    with connections["owner"].cursor() as cursor:
        for sql in BUSY:
            began = time.monotonic()
            cursor.execute(sql, told)
            print(f"{time.monotonic() - began:6.1f} s  {' '.join(sql.split())[:70]}", file=sys.stderr)
        cursor.execute("SELECT id FROM busy")
        return int(cursor.fetchone()[0])
