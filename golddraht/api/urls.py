"""/api/v1/, with its description at /api/v1/openapi.json. It has no page of its own: the strict policy for scripts forbids it."""

from __future__ import annotations

from ninja import NinjaAPI

from golddraht.api import conversations, customers, promises, wording
from golddraht.api.door import PerToken, Token
from golddraht.api.problems import handle_problems

api = NinjaAPI(
    title="Golddraht",
    version="1",
    description="Conversations, customers and promises of one company. Errors are application/problem+json (RFC 9457).",
    docs_url=None,
    auth=Token(),
    throttle=PerToken(),
)
handle_problems(api)
api.add_router("/conversations", conversations.router)
api.add_router("/customers", customers.router)
api.add_router("/promises", promises.router)
api.add_router("/text-modules", wording.router)
