"""What is the same on every page is drawn once for each language: `{% include "components/icon.html" with name="plus" only %}`.

A page has up to a hundred such icons, of which Django rendered a template each. Otherwise the tag is Django's own, in whose place this one stands.
"""

from __future__ import annotations

from django.template import Context, Library, loader_tags
from django.template.base import FilterExpression, Node, Parser, Token, Variable
from django.utils.translation import get_language

register = Library()


class Constant(Node):
    """Draws what it wraps once for each language. Only for what nothing else changes: neither the viewer nor the moment."""

    child_nodelists = ()

    def __init__(self, drawn: Node) -> None:
        self.drawn = drawn
        self.kept: dict[str | None, str] = {}

    def render(self, context: Context) -> str:
        language = get_language()
        words = self.kept.get(language)
        if words is None:
            # The parser tells this node alone where it stands.
            self.drawn.token, self.drawn.origin = self.token, self.origin
            words = self.kept[language] = self.drawn.render(context)
        return words


@register.tag
def include(parser: Parser, token: Token) -> Node:
    """Django's include. Without any value of the page it is a constant: do not include so what shows the moment or who looks."""
    node = loader_tags.do_include(parser, token)
    told = (node.template, *node.extra_context.values())
    return Constant(node) if node.isolated_context and all(map(_is_literal, told)) else node


def _is_literal(said: FilterExpression) -> bool:
    is_written_here = isinstance(said.var, str) or (isinstance(said.var, Variable) and said.var.lookups is None)
    return is_written_here and not said.filters
