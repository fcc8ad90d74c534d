"""Names for stored files."""

from __future__ import annotations

import secrets

from golddraht.plumbing.tenancy import current_tenant_id


def new_name() -> str:
    """A place in the storage that says the tenant and nothing else, and that nobody can guess."""
    token = secrets.token_hex(20)
    return f"{current_tenant_id()}/{token[:2]}/{token[2:]}"
