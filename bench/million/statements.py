"""The rows of a million customers in a few statements."""

from __future__ import annotations

TABLES = ("customers_customer", "customers_contactpoint", "customers_fact")
SAID = """INSERT INTO customers_fact (tenant_id, customer_id, attribute, value, source, said_at, certainty, evidence, denies)
SELECT %(tenant)s, met.id, '{attribute}', {value}, 'import:erp', met.known_since, 0.8, '', false
FROM met JOIN person ON person.n = met.n WHERE {value} IS NOT NULL ORDER BY met.n"""
# A mailbox or a landline that several share is that of whoever came first.
REACHED = """INSERT INTO customers_contactpoint (tenant_id, customer_id, channel, address, shown, source, first_seen_at, last_used_at,
    unreachable_source, unreachable_evidence, complaint)
SELECT %(tenant)s, met.id, '{channel}', {address}, {address}, 'import:erp', met.known_since, met.known_since, '', '', ''
FROM met JOIN person ON person.n = met.n WHERE {address} IS NOT NULL ORDER BY met.n ON CONFLICT DO NOTHING"""
BEFORE = [
    "TRUNCATE search_name, search_document, search_unread, conversations_conversation, customers_customer CASCADE",
    "SET maintenance_work_mem = '256MB'",
    *(f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in TABLES),
    "SELECT setseed(0.4711)",
]
STEPS = [
    """INSERT INTO customers_customer (tenant_id, name, name_source, sort_name, language, language_source, salutation,
        salutation_source, matters, matters_source, known_since)
    SELECT %(tenant)s, name, 'import:erp', sort_name, 'de', 'import:erp', '', '', '', '', now() - random() * interval '900 days'
    FROM person ORDER BY n""",
    """CREATE TEMP TABLE met AS SELECT row_number() OVER (ORDER BY id) - 1 AS n, id, known_since FROM customers_customer
    WHERE tenant_id = %(tenant)s""",
    "CREATE UNIQUE INDEX ON met (n)",
    SAID.format(attribute="name", value="person.name"),
    SAID.format(attribute="born_on", value="person.born_on"),
    SAID.format(attribute="postal", value="person.postal"),
    SAID.format(attribute="number", value="'K-' || met.n"),
    REACHED.format(channel="EMAIL", address="person.email"),
    REACHED.format(channel="PHONE", address="person.phone"),
    REACHED.format(channel="PHONE", address="person.mobile"),
    """INSERT INTO search_document (tenant_id, kind, source_id, at, has_file, words)
    SELECT %(tenant)s, 'customer', met.id, met.known_since, false, person.words FROM met JOIN person ON person.n = met.n""",
    """INSERT INTO search_name (tenant_id, customer_id, name, keys)
    SELECT %(tenant)s, met.id, person.name, person.keys FROM met JOIN person ON person.n = met.n""",
]
AFTER = [*(f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in TABLES), "VACUUM ANALYZE"]
