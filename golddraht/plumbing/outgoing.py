"""Connections out of the house go only where they may: to global addresses, and to private ones that the operator named.

Names are resolved once and the connection goes to the very address that was checked, so that a name cannot change
its mind in between (DNS rebinding).
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
from functools import cache

from django.conf import settings

TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
STEP = 30.0
"""Seconds that one step on the network may take."""


class ForbiddenHost(OSError):
    """The host is on a private address that GOLDDRAHT_PRIVATE_HOSTS does not name."""


def checked_addresses(host: str, port: int) -> list[tuple[int, tuple[str, int]]]:
    """The (family, address) pairs of a host that may be connected to. Raises ForbiddenHost, or OSError for an unknown name."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    pairs = [(int(family), (str(address[0]), port)) for family, _, _, _, address in found]
    allowed = [pair for pair in pairs if may_reach(host, pair[1][0])]
    if not allowed:
        raise ForbiddenHost(
            f"{host} is on a private address. If that is right, add it to GOLDDRAHT_PRIVATE_HOSTS and start again."
        )
    return allowed


def may_reach(host: str, address: str) -> bool:
    """Whether a connection to `address`, which `host` stands for, is allowed."""
    named = {one.lower() for one in settings.PRIVATE_HOSTS}
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        ip = _inner(ip)
    return (ip.is_global and not ip.is_multicast) or host.lower().strip("[]") in named or str(ip) in named


def _inner(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """The IPv4 address that a translating network makes of it (RFC 4291 §2.5.5.2, RFC 6052 §2.1, RFC 3056 §2)."""
    if ip in TRANSLATED:
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or ip


def connect(host: str, port: int, *, timeout: float = STEP) -> socket.socket:
    """A connected socket to a checked address of the host; each address is tried once. Raises OSError."""
    failure: OSError | None = None
    for family, address in checked_addresses(host, port):
        connection = socket.socket(family, socket.SOCK_STREAM)
        connection.settimeout(timeout)
        try:
            connection.connect(address)
            return connection
        except OSError as refused:
            connection.close()
            failure = refused
    raise failure or OSError(f"{host} has no address.")


def connect_tls(host: str, port: int, context: ssl.SSLContext, *, timeout: float = STEP) -> ssl.SSLSocket:
    """The same in TLS, with a certificate that is valid for the host. Raises OSError, of which ssl.SSLError is one."""
    plain = connect(host, port, timeout=timeout)
    try:
        return context.wrap_socket(plain, server_hostname=host)
    except BaseException:
        plain.close()
        raise


@cache
def trusted() -> ssl.SSLContext:
    """Whom we believe: the authorities of the system, and those of GOLDDRAHT_AUTHORITIES.

    Read once, for it costs twice as much computing as all else of a delivery.
    """
    context = ssl.create_default_context()
    if settings.AUTHORITIES:
        context.load_verify_locations(settings.AUTHORITIES)
    return context
