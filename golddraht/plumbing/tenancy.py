"""Who may see which rows: the wrapper `seeing`, and the walls that PostgreSQL keeps up.

Every table with customer data carries `tenant_id` and row-level security. Nothing set means nothing visible;
reading may span several tenants, writing always belongs to exactly one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import connection, models, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models.constraints import BaseConstraint


@dataclass(frozen=True)
class Sight:
    """What the running transaction may see (`tenants`), write (`tenant`), and on whose account (`actor`, a membership)."""

    tenants: tuple[int, ...] = ()
    tenant: int | None = None
    actor: int | None = None

    def settings(self) -> tuple[str, str, str]:
        return ",".join(map(str, self.tenants)), str(self.tenant or ""), str(self.actor or "")


Row = TypeVar("Row", bound=models.Model)
BLIND = Sight()
_sight: ContextVar[Sight] = ContextVar("sight", default=BLIND)
_waiting: ContextVar[dict[tuple[str, str], None] | None] = ContextVar("waiting", default=None)


def current_sight() -> Sight:
    return _sight.get()


@contextmanager
def looking_as(sight: Sight) -> Iterator[None]:
    """Let managers speak of these tenants while SQL is written; PostgreSQL is told nothing, so nothing more can be seen."""
    token = _sight.set(sight)
    try:
        yield
    finally:
        _sight.reset(token)


def current_tenant_id() -> int:
    """The tenant that is being written for. Raises outside of `seeing` one tenant."""
    tenant = _sight.get().tenant
    if tenant is None:
        raise NoTenant("Nothing can be written here: wrap the call in seeing(tenant_id).")
    return tenant


class NoTenant(RuntimeError):
    """A row was to be written while no single tenant was being seen."""


@contextmanager
def seeing(*tenants: int, actor: int | None = None, read_only: bool = False) -> Iterator[None]:
    """One transaction that sees the rows of `tenants` and writes for the single one given.

    Nested calls restore what was seen before. With `read_only` the outermost transaction refuses to write.
    Nothing lazy may leave the block: querysets are evaluated inside.
    """
    sight = Sight(tenants, tenants[0] if len(tenants) == 1 else None, actor)
    outermost = not connection.in_atomic_block
    before = _sight.get() if not outermost else BLIND
    with transaction.atomic(), _last_words():
        if read_only and outermost:
            _execute("SET TRANSACTION READ ONLY")
        _announce(sight)
        token = _sight.set(sight)
        try:
            yield
        finally:
            _sight.reset(token)
        # Only after success: a rollback, to the savepoint or whole, takes the setting back by itself.
        if not outermost:
            _announce(before)


def notify_before_commit(channel: str, payload: str) -> bool:
    """Send one NOTIFY with the end of the outermost `seeing`, however often it is asked for; False when it was already.

    NOTIFY serialises commits in PostgreSQL, so what one transaction has to say is said once and in one go.
    """
    waiting = _waiting.get()
    if waiting is None:
        raise NoTenant("Nothing can be announced here: wrap the call in seeing(tenant_id).")
    is_new = (channel, payload) not in waiting
    waiting[channel, payload] = None
    return is_new


@contextmanager
def _last_words() -> Iterator[None]:
    if _waiting.get() is not None:
        yield
        return
    waiting: dict[tuple[str, str], None] = {}
    token = _waiting.set(waiting)
    try:
        yield
    finally:
        _waiting.reset(token)
    if waiting:
        channels, payloads = zip(*waiting, strict=True)
        said = "SELECT pg_notify(one.channel, one.payload) FROM unnest(%s::text[], %s::text[]) AS one(channel, payload)"
        _execute(said, [list(channels), list(payloads)])


def _announce(sight: Sight) -> None:
    _execute(
        "SELECT set_config('golddraht.tenants', %s, true), set_config('golddraht.tenant', %s, true),"
        " set_config('golddraht.actor', %s, true)",
        sight.settings(),
    )


def _execute(sql: str, params: Sequence[Any] | None = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


class TenantManager(models.Manager[Row]):
    """Adds the explicit tenant filter that keeps row-level security fast; PostgreSQL stays the judge."""

    def get_queryset(self) -> models.QuerySet[Row]:
        return super().get_queryset().filter(tenant_id__in=_sight.get().tenants)


class TenantRow(models.Model):
    """A row that belongs to one tenant. Give its Meta `constraints = [*walls(...)]`."""

    tenant = models.ForeignKey("plumbing.Tenant", on_delete=models.PROTECT, related_name="+", default=current_tenant_id)

    objects = TenantManager()

    class Meta:
        abstract = True


class TenantKey(models.ForeignKey):  # type: ignore[type-arg]  # The stubs want two parameters, the class takes none at run time.
    """A foreign key to a row of the same tenant; the constraint itself is composite and made by `walls`."""

    def __init__(self, to: Any, on_delete: Any = models.PROTECT, **kwargs: Any) -> None:
        kwargs.setdefault("related_name", "+")
        kwargs["db_constraint"] = False
        super().__init__(to, on_delete, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("db_constraint", None)
        return name, path, args, kwargs


class SqlConstraint(BaseConstraint):
    """A constraint that Django does not know: plain statements that make it and take it away."""

    def make(self, model: type[models.Model], table: str) -> list[str]:
        raise NotImplementedError

    def take_away(self, model: type[models.Model], table: str) -> list[str]:
        raise NotImplementedError

    def constraint_sql(self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None) -> str:
        # A table being created: the statements follow once all tables of the migration stand.
        assert model is not None and schema_editor is not None
        schema_editor.deferred_sql.extend(self.make(model, model._meta.db_table))
        return ""

    def create_sql(self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None) -> str:
        assert model is not None
        return ";\n".join(self.make(model, model._meta.db_table))

    def remove_sql(self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None) -> str:
        assert model is not None
        return ";\n".join(self.take_away(model, model._meta.db_table))

    def validate(self, *args: Any, **kwargs: Any) -> None:
        """PostgreSQL is the judge; there is nothing to ask in Python."""

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.deconstruct() == other.deconstruct()

    __hash__ = BaseConstraint.__hash__


MAY_READ = (
    "tenant_id = ANY ((SELECT string_to_array(current_setting('golddraht.tenants', true), ',')::bigint[])::bigint[])"
)
MAY_WRITE = "tenant_id = (SELECT nullif(current_setting('golddraht.tenant', true), '')::bigint)"


class OwnRowsOnly(SqlConstraint):
    """Row-level security by tenant, and the unique key (tenant_id, id) that composite foreign keys point at."""

    def make(self, model: type[models.Model], table: str) -> list[str]:
        return [
            f'ALTER TABLE "{table}" ADD CONSTRAINT "{self.name}" UNIQUE (tenant_id, id)',
            f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY',
            f'CREATE POLICY reading ON "{table}" FOR SELECT USING ({MAY_READ})',
            f'CREATE POLICY adding ON "{table}" FOR INSERT WITH CHECK ({MAY_WRITE})',
            f'CREATE POLICY changing ON "{table}" FOR UPDATE USING ({MAY_WRITE}) WITH CHECK ({MAY_WRITE})',
            f'CREATE POLICY removing ON "{table}" FOR DELETE USING ({MAY_WRITE})',
        ]

    def take_away(self, model: type[models.Model], table: str) -> list[str]:
        policies = [f'DROP POLICY {name} ON "{table}"' for name in ("reading", "adding", "changing", "removing")]
        return [
            *policies,
            f'ALTER TABLE "{table}" DISABLE ROW LEVEL SECURITY',
            f'ALTER TABLE "{table}" DROP CONSTRAINT "{self.name}"',
        ]


class SameTenant(SqlConstraint):
    """The composite foreign key behind a `TenantKey`: a row can only point at a row of its own tenant.

    `also` maps further columns of this table to columns of the other one, for instance a generated
    `owner_is_needed` to `active`, so that an open conversation can only be owned by an active member.
    """

    def __init__(self, *, field: str, name: str, also: dict[str, str] | None = None) -> None:
        super().__init__(name=name)
        self.field = field
        self.also = also or {}

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        path, args, kwargs = super().deconstruct()
        kwargs["field"] = self.field
        if self.also:
            kwargs["also"] = self.also
        return path, args, kwargs

    def make(self, model: type[models.Model], table: str) -> list[str]:
        field = model._meta.get_field(self.field)
        other = field.remote_field.model._meta.db_table  # type: ignore[union-attr]  # A TenantKey always has one.
        here = ", ".join(["tenant_id", str(field.get_attname_column()[1]), *self.also])  # type: ignore[union-attr]  # As above.
        there = ", ".join(["tenant_id", "id", *self.also.values()])
        return [
            f'ALTER TABLE "{table}" ADD CONSTRAINT "{self.name}" FOREIGN KEY ({here})'
            f' REFERENCES "{other}" ({there}) DEFERRABLE INITIALLY DEFERRED'
        ]

    def take_away(self, model: type[models.Model], table: str) -> list[str]:
        return [f'ALTER TABLE "{table}" DROP CONSTRAINT "{self.name}"']


class Traced(SqlConstraint):
    """Every change of this table leaves a line in the audit trail, bulk updates and raw SQL included."""

    def make(self, model: type[models.Model], table: str) -> list[str]:
        return [
            f'CREATE TRIGGER "{self.name}" AFTER INSERT OR UPDATE OR DELETE ON "{table}"'
            " FOR EACH ROW EXECUTE FUNCTION golddraht_trace_change()"
        ]

    def take_away(self, model: type[models.Model], table: str) -> list[str]:
        return [f'DROP TRIGGER "{self.name}" ON "{table}"']


def walls(table: str, *keys: str, traced: bool = False) -> list[SqlConstraint]:
    """The constraints of a tenant's table: own rows only, and each of `keys` within the tenant."""
    constraints: list[SqlConstraint] = [OwnRowsOnly(name=f"{table}_own_rows")]
    constraints += [SameTenant(field=key, name=f"{table}_{key}_same_tenant") for key in keys]
    return [*constraints, Traced(name=f"{table}_traced")] if traced else constraints
