"""Pages are sent compressed to whoever can read that; what is small already, such as pictures and PDF, is left alone.

A page that shows a secret beside words from the address could be guessed by its length (BREACH, CVE-2013-3587): Django varies the
length at random and masks the token of its forms anew on every page.
"""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

WORDS = ("text/", "application/json", "application/problem+json", "application/manifest+json", "image/svg+xml")


class CompressedWords(GZipMiddleware):
    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if not response.get("Content-Type", "").startswith(WORDS):
            return response
        return super().process_response(request, response)
