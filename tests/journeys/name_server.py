"""A real name server on the loopback: UDP and TCP, with the moods of the world's ones."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset

LARGEST = 1232


@dataclass
class NameServer:
    """`records` by name and kind. Names in `silent` get no answer, those in `broken` SERVFAIL. `asked` lists the questions."""

    records: dict[tuple[str, str], list[str]]
    silent: set[str] = field(default_factory=set)
    broken: set[str] = field(default_factory=set)
    asked: list[tuple[str, str]] = field(default_factory=list)
    port: int = 0

    @property
    def address(self) -> str:
        return f"127.0.0.1#{self.port}"

    def answer(self, wire: bytes, *, over_udp: bool) -> bytes | None:
        query = dns.message.from_wire(wire)
        [question] = query.question
        name, kind = question.name.to_text(omit_final_dot=True).lower(), dns.rdatatype.to_text(question.rdtype)
        self.asked.append((name, kind))
        if name in self.silent or "*" in self.silent:
            return None
        reply = self._reply(query, name, kind)
        told = reply.to_wire()
        if over_udp and len(told) > LARGEST:
            reply.answer, reply.flags = [], reply.flags | dns.flags.TC
            told = reply.to_wire()
        return told

    def _reply(self, query: dns.message.Message, name: str, kind: str) -> dns.message.Message:
        reply = dns.message.make_response(query)
        reply.flags |= dns.flags.RA
        if name in self.broken:
            reply.set_rcode(dns.rcode.SERVFAIL)
            return reply
        target = next(iter(self.records.get((name, "CNAME"), [])), name)
        if target != name:
            reply.answer.append(dns.rrset.from_text(name + ".", 60, "IN", "CNAME", target + "."))
        told = self.records.get((target, kind), [])
        if told:
            reply.answer.append(
                dns.rrset.from_text(target + ".", 60, "IN", kind, *(_written(one, kind) for one in told))
            )
        elif target not in {known for known, _ in self.records}:
            reply.set_rcode(dns.rcode.NXDOMAIN)
        return reply


def _written(text: str, kind: str) -> str:
    """TXT in pieces of 255 octets (RFC 1035 §3.3), names absolute."""
    if kind == "TXT":
        return " ".join(f'"{text[start : start + 255]}"' for start in range(0, len(text), 255))
    return text + "." if kind in {"MX", "PTR"} and not text.endswith(".") else text


@contextmanager
def name_server(records: dict[tuple[str, str], list[str]]) -> Iterator[NameServer]:
    """A running name server on a free port; stopped at the end."""
    server = NameServer(records)
    udp, tcp, server.port = _sockets()
    threads = [
        threading.Thread(target=_speak_udp, args=(server, udp)),
        threading.Thread(target=_speak_tcp, args=(server, tcp)),
    ]
    for thread in threads:
        thread.start()
    try:
        yield server
    finally:
        # An empty word ends each of them.
        udp.sendto(b"", ("127.0.0.1", server.port))
        socket.create_connection(("127.0.0.1", server.port)).close()
        for thread in threads:
            thread.join(5)
        udp.close()
        tcp.close()


def _sockets() -> tuple[socket.socket, socket.socket, int]:
    while True:
        tcp = socket.create_server(("127.0.0.1", 0))
        port = tcp.getsockname()[1]
        udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        try:
            udp.bind(("127.0.0.1", port))
        except OSError:
            tcp.close()
            udp.close()
            continue
        return udp, tcp, port


def _speak_udp(server: NameServer, udp: socket.socket) -> None:
    while True:
        wire, client = udp.recvfrom(4096)
        if not wire:
            return
        told = server.answer(wire, over_udp=True)
        if told is not None:
            udp.sendto(told, client)


def _speak_tcp(server: NameServer, tcp: socket.socket) -> None:
    while True:
        line, _ = tcp.accept()
        with line:
            length = line.recv(2)
            if not length:
                return
            told = server.answer(line.recv(int.from_bytes(length, "big")), over_udp=False)
            if told is not None:
                line.sendall(len(told).to_bytes(2, "big") + told)
