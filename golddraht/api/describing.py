"""The description of the interface (OpenAPI 3.1), completed with what is true of every address of it."""

from __future__ import annotations

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from golddraht.api.problems import MEDIA_TYPE
from golddraht.team.rules import Area, scope_of

WRITES = frozenset({"post", "put", "patch", "delete"})
EVERY_READ = {400: "It cannot be understood.", 401: "No valid token.", 403: "The token or its member may not do this."}
EVERY_READ |= {404: "There is no such thing here.", 422: "Refused, with the reason.", 429: "Too many requests."}
EVERY_WRITE = {409: "It collides with what is so by now.", 412: "It has changed since it was read.", 413: "Too large."}

PROBLEM = {
    "type": "object",
    "title": "Problem",
    "description": "What went wrong (RFC 9457). `type` and `title` are the same for every occurrence of a kind.",
    "required": ["type", "title", "status"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"pointer": {"type": "string"}, "detail": {"type": "string"}},
            },
        },
    },
    "examples": [
        {"type": "urn:golddraht:problem:stale-answer", "title": "The customer wrote again meanwhile.", "status": 409}
    ],
}


def _header(name: str, words: str, **schema: Any) -> dict[str, Any]:
    return {
        "name": name,
        "in": "header",
        "required": False,
        "description": words,
        "schema": {"type": "string", "pattern": "^[\\x20-\\x7e]*$"} | schema,
    }


IDEMPOTENCY = _header(
    "Idempotency-Key",
    "Names this request: sent again, it gets the same answer and nothing is done twice.",
    maxLength=200,
)
IF_MATCH = _header("If-Match", "The ETag of what you have read: with another one nothing is done (412).")
IF_NONE_MATCH = _header("If-None-Match", "The ETag of what you have: 304 when it has not changed.")
TAGGED = frozenset({"ConversationWithThread", "CustomerWithSources", "PromiseWithOptions"})


class DescribedAPI(NinjaAPI):
    """An interface whose description names problems, headers and scopes."""

    def get_openapi_schema(self, **more: Any) -> OpenAPISchema:
        schema = super().get_openapi_schema(**more)
        schema["components"]["schemas"]["Problem"] = PROBLEM
        scopes = {(path, method): area for path, method, area in self._areas()}
        for path, methods in schema["paths"].items():
            for method, operation in methods.items():
                _complete(method, operation)
                _name_scope(method, operation, scopes.get((_short(path), method)))
        return schema

    def _areas(self) -> list[tuple[str, str, Area | None]]:
        """Each address and method with the area that its token must open."""
        return [
            (
                _short("/".join(part for part in (bound.prefix, path) if part)),
                method.lower(),
                getattr(operation.auth_callbacks[0], "area", None),
            )
            for bound in self._get_bound_routers()
            for path, view in bound.path_operations.items()
            for operation in view.operations
            for method in operation.methods
        ]


def _short(path: str) -> str:
    return "/" + path.split("/api/v1", 1)[-1].replace("//", "/").strip("/")


def _complete(method: str, operation: dict[str, Any]) -> None:
    responses, parameters = operation["responses"], operation["parameters"]
    told = EVERY_READ | (EVERY_WRITE if method in WRITES else {})
    for status, words in told.items():
        responses[status] = {"description": words, "content": {MEDIA_TYPE: {"schema": _ref("Problem")}}}
    if method in WRITES:
        parameters += [IDEMPOTENCY, IF_MATCH]
    elif _answer_of(operation) in TAGGED:
        parameters.append(IF_NONE_MATCH)
        responses[304] = {"description": "It has not changed."}


def _answer_of(operation: dict[str, Any]) -> str:
    content = operation["responses"].get(200, {}).get("content", {}).get("application/json", {})
    return str(content.get("schema", {}).get("$ref", content.get("schema", {}).get("title", ""))).rpartition("/")[2]


def _name_scope(method: str, operation: dict[str, Any], area: Area | None) -> None:
    if area is None:
        return
    scope = scope_of(area, is_reading=method not in WRITES)
    operation["x-scope"] = scope.value
    operation["description"] = f"{operation.get('description', '')}\n\nScope: `{scope}`."


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}
