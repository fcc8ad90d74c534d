"""Signing in at the operator's own service (OpenID Connect Core 1.0): the library's way, with every check that it leaves out."""
