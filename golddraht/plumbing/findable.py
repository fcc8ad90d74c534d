"""Rows that can be searched: a trigger notes in the writer's own transaction that they wait to be read, and forgets what is gone.

So nothing is left out, whichever way it was written, and a writer pays for one insert. Used in migrations:
`migrations.RunSQL(*findable("knowledge_article", kind="article", columns=["title", "text"]))`.
"""

from __future__ import annotations

from collections.abc import Sequence


def findable(table: str, *, kind: str, columns: Sequence[str], source: str = "id") -> tuple[str, str]:
    """Statements that make the rows of `table` findable as `kind`, and those that end it.

    `columns` are those whose change is read again. `source` names the row that is found, where it is another one (a
    message by its attachments).
    """
    is_own = source == "id"
    name = f"search_{table}"
    gone = FORGET if is_own else REMEMBER_GONE
    make = [
        REMEMBER_NEW.format(name=name, table=table, kind=kind, source=source),
        gone.format(name=name, table=table, kind=kind, source=source),
        CHANGED.format(
            name=name,
            table=table,
            kind=kind,
            source=source,
            columns=", ".join(columns),
            differ=" OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns),
        ),
    ]
    end = [
        f"DROP TRIGGER {name}_{when} ON {table}; DROP FUNCTION {name}_{when}()" for when in ("new", "gone", "changed")
    ]
    return ";\n".join(make), ";\n".join(end)


REMEMBER_NEW = """
CREATE FUNCTION {name}_new() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO search_unread (tenant_id, kind, source_id, since)
    SELECT DISTINCT tenant_id, '{kind}', {source}, clock_timestamp() FROM added;
    RETURN NULL;
END $$;
CREATE TRIGGER {name}_new AFTER INSERT ON {table}
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION {name}_new()
"""
FORGET = """
CREATE FUNCTION {name}_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM search_document USING gone
    WHERE search_document.tenant_id = gone.tenant_id AND kind = '{kind}' AND source_id = gone.id;
    IF '{kind}' = 'customer' THEN
        DELETE FROM search_name USING gone WHERE search_name.tenant_id = gone.tenant_id AND customer_id = gone.id;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER {name}_gone AFTER DELETE ON {table}
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION {name}_gone()
"""
REMEMBER_GONE = """
CREATE FUNCTION {name}_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM search_document USING gone
    WHERE search_document.tenant_id = gone.tenant_id AND kind = '{kind}' AND source_id = gone.{source};
    INSERT INTO search_unread (tenant_id, kind, source_id, since)
    SELECT DISTINCT tenant_id, '{kind}', {source}, clock_timestamp() FROM gone;
    RETURN NULL;
END $$;
CREATE TRIGGER {name}_gone AFTER DELETE ON {table}
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION {name}_gone()
"""
# What was changed cannot be found by its old words from this moment on: they may have been erased.
CHANGED = """
CREATE FUNCTION {name}_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM search_document
    WHERE tenant_id = OLD.tenant_id AND kind = '{kind}' AND source_id IN (OLD.{source}, NEW.{source});
    IF '{kind}' = 'customer' THEN
        DELETE FROM search_name WHERE tenant_id = OLD.tenant_id AND customer_id IN (OLD.{source}, NEW.{source});
    END IF;
    INSERT INTO search_unread (tenant_id, kind, source_id, since)
    SELECT DISTINCT NEW.tenant_id, '{kind}', one, clock_timestamp() FROM unnest(ARRAY[OLD.{source}, NEW.{source}]) AS one;
    RETURN NULL;
END $$;
CREATE TRIGGER {name}_changed AFTER UPDATE OF {columns} ON {table}
    FOR EACH ROW WHEN ({differ}) EXECUTE FUNCTION {name}_changed()
"""
