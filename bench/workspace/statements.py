"""The rows of a grown company in a few statements. Skew: a tenth of the customers write most, a few concerns are very long, and
what is open is a small part of what there is.
"""

from __future__ import annotations

TABLES = (
    "conversations_message",
    "conversations_conversation",
    "customers_customer",
    "customers_contactpoint",
    "conversations_note",
)
BEFORE = [
    "TRUNCATE search_name, search_document, search_unread, conversations_conversation, customers_customer CASCADE",
    "SET maintenance_work_mem = '256MB'",
    *(f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in TABLES),
    "SELECT setseed(0.4711)",
    # Members and teams by number, ids of the others by offset.
    """CREATE TEMP TABLE member AS SELECT row_number() OVER (ORDER BY id) - 1 AS n, id FROM team_membership WHERE tenant_id = %(tenant)s""",
    """CREATE TEMP TABLE desk AS SELECT row_number() OVER (ORDER BY id) - 1 AS n, id FROM team_team WHERE tenant_id = %(tenant)s""",
]
STEPS = [
    """INSERT INTO customers_customer (tenant_id, name, name_source, sort_name, language, language_source, salutation,
        salutation_source, matters, matters_source, known_since)
    SELECT %(tenant)s, name, 'mail:from', sort_name, 'de', 'mail:text', '', '', '', '', now() - random() * interval '900 days'
    FROM person ORDER BY n""",
    """CREATE TEMP TABLE met AS SELECT row_number() OVER (ORDER BY id) - 1 AS n, id, name FROM customers_customer WHERE tenant_id = %(tenant)s""",
    "CREATE UNIQUE INDEX ON met (n)",
    """INSERT INTO customers_contactpoint (tenant_id, customer_id, channel, address, shown, source, first_seen_at, last_used_at,
        unreachable_source, unreachable_evidence, complaint)
    SELECT %(tenant)s, id, 'EMAIL', 'kunde' || n || '@post.example', 'kunde' || n || '@post.example', 'mail:from', now(), now(), '', '', ''
    FROM met""",
    # One in a hundred is open; the customer's number is skewed by the fourth power.
    """CREATE TEMP TABLE born AS SELECT n, (random() ^ 4 * (%(customers)s - 1))::int AS person, (random() ^ 2 * (%(texts)s - 1))::int AS text,
        (random() * (%(agents)s - 1))::int AS owner, now() - interval '2 hours' - random() * interval '800 days' AS at,
        random() AS tagged, CASE WHEN random() < 0.006 THEN 'OPEN' WHEN random() < 0.006 THEN 'WAITING' WHEN random() < 0.04 THEN 'QUIET'
            WHEN random() < 0.01 THEN 'SPAM' ELSE 'SOLVED' END AS status
    FROM generate_series(1, %(conversations)s) AS n""",
    "UPDATE born SET at = now() - interval '2 hours' - random() * interval '6 days' WHERE status IN ('OPEN', 'WAITING')",
    """INSERT INTO conversations_conversation (tenant_id, number, customer_id, subject, status, language, priority, tags, owner_id, team_id,
        owner_reason, next_touch_at, touched_at, longest_silence, automatic_in_a_row, latest_direction, latest_channel, latest_at, preview,
        created_at, solved_at, quiet_reason)
    SELECT %(tenant)s, b.n + 100, met.id, saying.subject, b.status, 'de', 'NORMAL',
        CASE WHEN b.tagged < 0.1 THEN '{reklamation}' WHEN b.tagged < 0.1125 THEN '{Ersatzteil}' WHEN b.tagged < 0.1135 THEN '{Kulanz}'
            WHEN b.tagged < 0.1136 THEN '{Messe}' WHEN b.tagged < 0.28 AND b.at < now() - interval '730 days' THEN '{Aktion}'
            ELSE '{}' END::varchar[], member.id, desk.id, '',
        CASE WHEN b.status IN ('OPEN', 'WAITING') THEN now() + (random() * 48 - 1) * interval '1 hour' END, now() - interval '1 hour',
        interval '21 days', 0, CASE WHEN random() < 0.7 THEN 'IN' ELSE 'OUT' END, 'EMAIL', b.at, left(saying.text, 160), b.at,
        CASE WHEN b.status = 'SOLVED' THEN b.at END, CASE WHEN b.status = 'QUIET' THEN 'NEWSLETTER' ELSE '' END
    FROM born b JOIN met ON met.n = b.person JOIN saying ON saying.n = b.text JOIN member ON member.n = b.owner
        JOIN desk ON desk.n = b.owner / 10""",
    """CREATE TEMP TABLE concern AS SELECT row_number() OVER (ORDER BY c.id) - 1 AS n, c.id, c.customer_id, c.owner_id, c.latest_at, met.n AS person,
        met.name FROM conversations_conversation c JOIN met ON met.id = c.customer_id WHERE c.tenant_id = %(tenant)s""",
    "CREATE UNIQUE INDEX ON concern (n)",
    # Every concern has a first message; the others are skewed towards few.
    """CREATE TEMP TABLE uttered AS SELECT n, CASE WHEN n <= %(conversations)s THEN n - 1 ELSE
        (random() ^ 2 * (%(conversations)s - 1))::int END AS concern, (random() ^ 2 * (%(texts)s - 1))::int AS text,
        n > %(conversations)s AND random() < 0.5 AS is_ours, random() AS back FROM generate_series(1, %(messages)s) AS n""",
    """INSERT INTO conversations_message (tenant_id, conversation_id, direction, channel, customer_id, author_id, author_name, automatic,
        machine_kind, subject, text, html, quoted_text, signature, problems, recipients, answer_to, message_class, written_at, received_at)
    SELECT %(tenant)s, c.id, CASE WHEN u.is_ours THEN 'OUT' ELSE 'IN' END, 'EMAIL', CASE WHEN NOT u.is_ours THEN c.customer_id END,
        CASE WHEN u.is_ours THEN c.owner_id END, CASE WHEN u.is_ours THEN 'Kollegin' ELSE c.name END, '', '', saying.subject, saying.text, '', '', '',
        '{}', '{}', CASE WHEN u.is_ours THEN '{}'::varchar[] ELSE ARRAY['kunde' || c.person || '@post.example']::varchar[] END, 'SERVICE',
        c.latest_at - u.back * interval '3 days', c.latest_at - u.back * interval '3 days'
    FROM uttered u JOIN concern c ON c.n = u.concern JOIN saying ON saying.n = u.text ORDER BY u.n""",
    """INSERT INTO search_document (tenant_id, kind, source_id, at, conversation_id, has_file, words)
    SELECT m.tenant_id, 'message', m.id, m.received_at, m.conversation_id, false,
        CASE WHEN m.direction = 'IN' THEN saying.words || person.sender ELSE saying.words END
    FROM (SELECT row_number() OVER (ORDER BY id) AS n, * FROM conversations_message WHERE tenant_id = %(tenant)s) m
        JOIN uttered u ON u.n = m.n JOIN saying ON saying.n = u.text JOIN concern c ON c.n = u.concern JOIN person ON person.n = c.person
    ORDER BY m.id""",
    """INSERT INTO search_document (tenant_id, kind, source_id, at, has_file, words)
    SELECT c.tenant_id, 'customer', c.id, c.known_since, false, person.sender || person.called
    FROM met JOIN person ON person.n = met.n JOIN customers_customer c ON c.id = met.id""",
    """INSERT INTO search_name (tenant_id, customer_id, name, keys)
    SELECT %(tenant)s, met.id, person.name, person.keys FROM met JOIN person ON person.n = met.n""",
    "UPDATE plumbing_tenant SET last_number = %(conversations)s + 1000 WHERE id = %(tenant)s",
]
AFTER = [
    *(f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in TABLES),
    "ANALYZE",
]
