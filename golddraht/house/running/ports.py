"""The port on which the pages are served, taken before anything else starts, so that a second start says so at once."""

from __future__ import annotations

import errno
import socket

from golddraht.house import env


class PortTaken(RuntimeError):
    """Another program listens there already."""


def web_socket() -> socket.socket:
    """A listening socket on GOLDDRAHT_BIND and GOLDDRAHT_PORT; children inherit it. Raises PortTaken."""
    host, port = env.text("GOLDDRAHT_BIND", "127.0.0.1"), env.number("GOLDDRAHT_PORT", 8000)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    opened = socket.socket(family, socket.SOCK_STREAM)
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        opened.bind((host, port))
    except OSError as trouble:
        opened.close()
        raise PortTaken(_advice(host, port, trouble)) from None
    opened.listen(1024)
    return opened


def _advice(host: str, port: int, trouble: OSError) -> str:
    if trouble.errno == errno.EADDRINUSE:
        return f"Port {port} is taken by another program. Choose another one: GOLDDRAHT_PORT={port + 10} golddraht run"
    return (
        f"Port {port} on {host} cannot be used: {trouble.strerror}. GOLDDRAHT_PORT and GOLDDRAHT_BIND choose another."
    )
