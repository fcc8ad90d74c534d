from __future__ import annotations

from django.db import models

from golddraht.plumbing.tenancy import TenantRow, walls


class ImportSource(TenantRow):
    """Where files come from, under one name. How far it is trusted stands in `source`, as every statement carries it."""

    name = models.CharField(max_length=60)
    # "import:shop", "contract:erp" or "list:fair".
    source = models.CharField(max_length=80)
    opened_at = models.DateTimeField()

    class Meta:
        constraints = [
            *walls("imports_importsource", traced=True),
            models.UniqueConstraint(fields=["tenant", "source"], name="one_import_source_by_name"),
        ]

    def __str__(self) -> str:
        return self.name
