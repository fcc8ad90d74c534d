"""/api/v1/, with its description at /api/v1/openapi.json. It has no page of its own: the strict policy for scripts forbids it."""

from __future__ import annotations

from golddraht.api import (
    about,
    agreeing,
    arriving,
    automatic,
    blocking,
    calls,
    causes,
    commerce,
    consents,
    conversations,
    copies,
    customers,
    disturbances,
    doubts,
    drafts,
    dressing,
    enclosed,
    ending,
    erasures,
    errands,
    figures,
    filters,
    founding,
    imports,
    kept_rows,
    keys,
    leading,
    letters,
    macros,
    merging,
    places,
    promises,
    questions,
    retention,
    saying,
    search,
    shaping,
    shelf,
    sorting,
    statements,
    stuck,
    tags,
    team,
    ways,
    wording,
)
from golddraht.api.describing import DescribedAPI
from golddraht.api.limits import PerToken
from golddraht.api.parsing import StrictParser
from golddraht.api.problems import handle_problems

api = DescribedAPI(
    title="Golddraht",
    version="1",
    description="Conversations, customers and promises of one company. Errors are application/problem+json (RFC 9457).",
    docs_url=None,
    throttle=PerToken(),
    parser=StrictParser(),
)
handle_problems(api)
for concerns in (conversations, saying, drafts, sorting, ending, about):
    api.add_router("/conversations", concerns.router)
api.add_router("/customers", customers.router)
api.add_router("/customers", ways.router)
api.add_router("/imports", imports.router)
api.add_router("/customers", consents.router)
api.add_router("/customers", copies.router)
api.add_router("/merges", merging.router)
api.add_router("/merges", doubts.pairs)
api.add_router("/doubts", doubts.router)
api.add_router("/erasures", erasures.router)
api.add_router("/retention", retention.router)
api.add_router("/promises", promises.router)
api.add_router("/disturbances", disturbances.router)
api.add_router("/leading", leading.router)
api.add_router("/articles", shelf.router)
api.add_router("/questions", questions.router)
api.add_router("/problems", causes.router)
api.add_router("/problems", letters.router)
api.add_router("/team", arriving.router)
api.add_router("/team", shaping.router)
api.add_router("/company", dressing.company)
api.add_router("/client-companies", founding.router)
api.add_router("/search", search.router)
api.add_router("/blocked-senders", blocking.router)
api.add_router("/tags", tags.router)
api.add_router("/errands", errands.router)
api.add_router("/macros", macros.router)
api.add_router("/filters", filters.router)
api.add_router("/figures", figures.router)
api.add_router("/statements", statements.router)
api.add_router("/text-modules", wording.router)
api.add_router("/automatic-messages", automatic.router)
api.add_router("/keys", keys.router)
api.add_router("/calls", calls.router)
api.add_router("/mail", stuck.router)
api.add_router("/consent-texts", agreeing.router)
api.add_router("", places.router)
# Before the orders themselves: its address would be one of theirs.
api.add_router("", kept_rows.router)
api.add_router("", commerce.router)
api.add_router("", enclosed.router)
api.add_router("", team.anybody)
