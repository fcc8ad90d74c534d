"""No tenant sees, changes or points at another one's rows; asked of PostgreSQL itself, as the app's role."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, connection, transaction

from golddraht.conversations.models import Conversation, Note
from golddraht.conversations.operations import set_tags
from golddraht.customers.models import Customer
from golddraht.plumbing.models import Trace
from golddraht.plumbing.tenancy import NoTenant, TenantKey, TenantRow, seeing
from golddraht.search.operations import read_some
from tests.cast import MONDAY_MORNING, a_company, a_conversation

pytestmark = pytest.mark.django_db

DOORWAYS = {
    "plumbing_tenant": "which companies exist, and their policy; read to find out what may be seen",
    "plumbing_presence": "whether our own processes are alive",
    "plumbing_pause": "whether this installation sends and fetches at all",
    "team_user": "who signs in",
    "team_membership": "which tenants a user may see",
    "team_clientseat": "which client companies somebody of theirs may look at",
    "team_invitation": "who is asked to join which tenant, read before they sign in",
    "team_apitoken": "for whom a program speaks, by the digest of its token",
    "channels_doorplate": "which tenant a mail address belongs to, asked by the listener",
    "channels_domainplate": "which tenants have proven that a mail domain is theirs, asked before another one claims an address",
    "house_cache": "counters for throttling",
    "django_session": "sessions",
    "django_migrations": "the record of migrations",
    "django_content_type": "the names of our own tables",
    "auth_group": "Django's own, unused",
    "auth_group_permissions": "Django's own, unused",
    "auth_permission": "Django's own, unused",
    "account_emailaddress": "sign-in addresses",
    "account_emailconfirmation": "sign-in addresses",
    "mfa_authenticator": "second factors, sealed",
    "usersessions_usersession": "sessions of a user",
    "socialaccount_socialaccount": "single sign-on",
    "socialaccount_socialapp": "single sign-on",
    "socialaccount_socialtoken": "single sign-on",
    "procrastinate_jobs": "jobs carry ids only",
    "procrastinate_events": "jobs carry ids only",
    "procrastinate_periodic_defers": "jobs carry ids only",
    "procrastinate_workers": "which workers live",
}

LOOK_UPS = {
    "golddraht_find_articles": "articles by their words: under row-level security no GIN index serves @@",
    "golddraht_find_solved": "solved concerns by their words, for the same reason",
}
"""The functions that run as the owner, and why."""

LOOKS_AT_ONE_TENANT = {
    "golddraht_find": "what was said by its words, in an order that is cheap to walk",
    "golddraht_named": "customers by how their names sound and look",
    "golddraht_tagged": "concerns by a tag: under row-level security no GIN index serves &&",
}
"""They are told whose rows they read, and begin by asking whether that tenant is being seen."""


FIND = "SELECT source_id FROM golddraht_find(%s, %s, '{}', false, NULL, NULL, NULL, 10)"
TAGGED = "SELECT unnest(golddraht_tagged(%s, ARRAY['reklamation']))"
NAMED = "SELECT customer_id FROM golddraht_named(%s, ARRAY[%s::text || '~687'], '{}', 10)"


def rows_of(sql: str, *params: object) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def test_every_table_has_row_level_security_or_is_a_doorway_with_a_reason() -> None:
    open_tables = rows_of(
        "SELECT relname FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace"
        " WHERE nspname = 'public' AND relkind IN ('r', 'p') AND NOT relrowsecurity"
    )

    assert {name for (name,) in open_tables} <= set(DOORWAYS)


def test_every_table_behind_a_wall_has_all_four_policies() -> None:
    counts = rows_of("SELECT tablename, count(DISTINCT cmd) FROM pg_policies GROUP BY 1")

    assert counts
    assert {number for _, number in counts} == {4}


def test_every_unique_key_of_a_tenant_table_starts_with_the_tenant() -> None:
    keys = rows_of(
        "SELECT i.indexrelid::regclass::text, a.attname FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid"
        " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0]"
        " WHERE c.relrowsecurity AND i.indisunique AND NOT i.indisprimary"
    )

    assert {first for _, first in keys} == {"tenant_id"}


def test_every_foreign_key_between_tenant_tables_carries_the_tenant() -> None:
    keys = rows_of(
        "SELECT conname, (SELECT array_agg(attname::text) FROM pg_attribute a"
        "   WHERE a.attrelid = conrelid AND a.attnum = ANY (conkey))"
        " FROM pg_constraint JOIN pg_class here ON here.oid = conrelid JOIN pg_class there ON there.oid = confrelid"
        " WHERE contype = 'f' AND here.relrowsecurity AND there.relname NOT IN ('plumbing_tenant')"
    )

    assert keys
    assert [name for name, columns in keys if "tenant_id" not in columns] == []


def test_every_tenant_key_has_its_composite_constraint() -> None:
    constraints = {name for (name,) in rows_of("SELECT conname FROM pg_constraint WHERE contype = 'f'")}
    keys = [
        f"{model._meta.db_table}_{field.name}_same_tenant"
        for model in apps.get_models()
        if issubclass(model, TenantRow)
        for field in model._meta.local_fields
        if isinstance(field, TenantKey)
    ]

    assert keys
    assert [key for key in keys if key not in constraints] == []


def test_no_view_or_function_of_ours_looks_past_the_walls() -> None:
    views = rows_of(
        "SELECT relname FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace WHERE nspname = 'public' AND relkind IN ('v', 'm')"
    )
    definers = rows_of(
        "SELECT proname FROM pg_proc JOIN pg_namespace n ON n.oid = pronamespace WHERE nspname = 'public' AND prosecdef"
    )

    assert views == []
    assert {name for (name,) in definers} == set(LOOK_UPS) | set(LOOKS_AT_ONE_TENANT)


def test_every_look_up_by_words_keeps_up_the_wall_itself() -> None:
    """They run as the owner, so each says whose rows it reads, on a path that nobody can put a table into."""
    bodies = rows_of(
        "SELECT proname, prosrc, proconfig, proacl::text FROM pg_proc WHERE proname = ANY(%s)", list(LOOK_UPS)
    )

    for name, body, config, rights in bodies:
        assert body.count("golddraht.tenants") == body.count("FROM public."), name  # type: ignore[attr-defined]  # It is text.
        assert config == ["search_path=pg_catalog, public, pg_temp"], name
        assert "=X/" not in rights.replace("golddraht_app=X/", "").replace("golddraht_owner=X/", ""), name  # type: ignore[attr-defined]


def test_the_looks_past_the_walls_give_nothing_of_a_tenant_that_is_not_seen() -> None:
    ours, theirs = a_company(), a_company("moebelhaus", "Möbelhaus")
    with theirs.seen():
        set_tags(conversation_id=a_conversation().pk, tags=["reklamation"], by=theirs.nina.pk, at=MONDAY_MORNING)
        read_some()
        tagged = rows_of(TAGGED, theirs.tenant.pk)
        hits = rows_of(FIND, theirs.tenant.pk, f"'{theirs.tenant.pk}.waschmaschin'")
        people = rows_of(NAMED, theirs.tenant.pk, theirs.tenant.pk)
    assert len(hits) == len(people) == len(tagged) == 1

    with ours.seen():
        assert rows_of(FIND, theirs.tenant.pk, f"'{theirs.tenant.pk}.waschmaschin'") == []
        assert rows_of(NAMED, theirs.tenant.pk, theirs.tenant.pk) == []
        assert rows_of(TAGGED, theirs.tenant.pk) == rows_of(TAGGED, ours.tenant.pk) == []
        # Even words that carry the other tenant's mark find none of their rows.
        assert rows_of(FIND, ours.tenant.pk, f"'{theirs.tenant.pk}.waschmaschin'") == []
    assert rows_of(FIND, theirs.tenant.pk, f"'{theirs.tenant.pk}.waschmaschin'") == []


def test_the_app_owns_nothing_and_cannot_bypass_the_walls() -> None:
    [(name, superuser, bypasses)] = rows_of(
        "SELECT rolname, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user"
    )

    assert name == "golddraht_app"
    assert not superuser
    assert not bypasses
    assert rows_of("SELECT tablename FROM pg_tables WHERE tableowner = current_user") == []
    with pytest.raises(DatabaseError), transaction.atomic():
        rows_of("ALTER TABLE customers_customer DISABLE ROW LEVEL SECURITY")


def test_nothing_set_means_nothing_visible() -> None:
    company = a_company()
    with company.seen():
        a_conversation()

    assert rows_of("SELECT * FROM conversations_conversation") == []
    assert not Conversation.objects.exists()


def test_another_tenants_rows_cannot_be_read_changed_or_removed_by_raw_sql() -> None:
    ours, theirs = a_company(), a_company("moebelhaus", "Möbelhaus")
    with theirs.seen():
        target = a_conversation()

    with ours.seen():
        assert rows_of("SELECT id FROM conversations_conversation WHERE id = %s", target.pk) == []
        with connection.cursor() as cursor:
            cursor.execute("UPDATE conversations_conversation SET subject = 'x' WHERE id = %s", [target.pk])
            assert cursor.rowcount == 0
            cursor.execute("DELETE FROM conversations_message")
            assert cursor.rowcount == 0
        with pytest.raises(DatabaseError), transaction.atomic():
            rows_of(
                "INSERT INTO customers_organisation (tenant_id, name, name_source, folded_name)"
                " VALUES (%s, 'x', 'x', 'x') RETURNING id",
                theirs.tenant.pk,
            )


def test_a_row_cannot_point_at_another_tenants_row() -> None:
    ours, theirs = a_company(), a_company("moebelhaus", "Möbelhaus")
    with theirs.seen():
        target = a_conversation()

    with pytest.raises(IntegrityError), ours.seen():
        Note.objects.create(conversation_id=target.pk, author=ours.nina, text="?", at=MONDAY_MORNING)
        rows_of("SET CONSTRAINTS ALL IMMEDIATE; SELECT 1")


def test_several_tenants_may_be_read_at_once_but_not_written() -> None:
    ours, theirs = a_company(), a_company("moebelhaus", "Möbelhaus")
    for company in (ours, theirs):
        with company.seen():
            a_conversation()

    with seeing(ours.tenant.pk, theirs.tenant.pk):
        assert Conversation.objects.count() == 2
        with connection.cursor() as cursor:
            cursor.execute("UPDATE conversations_conversation SET subject = 'x'")
            assert cursor.rowcount == 0
        with pytest.raises(NoTenant):
            Customer.objects.create(known_since=MONDAY_MORNING)


def test_what_was_seen_before_is_seen_again_after_a_nested_look() -> None:
    ours, theirs = a_company(), a_company("moebelhaus", "Möbelhaus")

    with ours.seen():
        a_conversation()
        with theirs.seen():
            assert rows_of("SELECT count(*) FROM conversations_conversation") == [(0,)]
        assert rows_of("SELECT count(*) FROM conversations_conversation") == [(1,)]
    assert rows_of("SELECT count(*) FROM conversations_conversation") == [(0,)]


def test_a_failed_nested_look_leaves_nothing_behind() -> None:
    ours, theirs = a_company(), a_company("moebelhaus", "Möbelhaus")

    with ours.seen():
        a_conversation()
        with pytest.raises(IntegrityError), theirs.seen():
            rows_of("INSERT INTO customers_organisation (tenant_id) VALUES (%s) RETURNING id", theirs.tenant.pk)
        assert rows_of("SELECT count(*) FROM conversations_conversation") == [(1,)]


def test_changes_leave_a_trace_with_the_acting_member_and_the_names_of_the_fields() -> None:
    company = a_company()
    with company.seen(by=company.nina):
        conversation = a_conversation()
        Conversation.objects.filter(pk=conversation.pk).update(subject="Neu", priority="HIGH")

        line = Trace.objects.filter(subject="conversations_conversation", verb="update").latest("pk")

        assert (line.actor_id, line.fields) == (company.nina.pk, ["priority", "subject"])
