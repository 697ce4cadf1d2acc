"""Keeps this process on this machine: sockets to anything but loopback are refused.

One audit hook of the interpreter, so it holds for every library that opens a socket in Python, whichever way it
does, and cannot be taken off again. Refuses name look-ups too: the name of a host is already a message to somebody.
Does not see sockets that native code opens by itself, nor children that are not ours; a firewall does.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from ipaddress import ip_address
from socket import AF_INET, AF_INET6, AddressFamily, socket
from typing import Final, cast

from guards.errors import EgressRefused

_INTERNET: Final = frozenset({AF_INET, AF_INET6})
_LOCAL: Final = frozenset(
    int(kind) for name, kind in AddressFamily.__members__.items() if name in {"AF_UNIX", "AF_NETLINK", "AF_ROUTE"}
)
"""Families that end in this machine's kernel."""
_AT: Final[Mapping[str, int]] = {
    "socket.connect": 1,
    "socket.sendto": 1,
    "socket.sendmsg": 1,
    "socket.bind": 1,
    "socket.getaddrinfo": 0,
    "socket.gethostbyname": 0,
    "socket.gethostbyaddr": 0,
    "socket.getnameinfo": 0,
}
"""Which argument of an event says where to."""


def stay_on_this_machine() -> None:
    """From now on, until the process ends, refuse every socket that is not loopback's."""
    sys.addaudithook(_look)


def is_loopback(host: str) -> bool:
    """Whether a host name or address means this machine."""
    plain = host.strip("[]").partition("%")[0].casefold()
    if plain == "localhost":
        return True
    try:
        address = ip_address(plain)
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address).is_loopback


def _look(event: str, arguments: tuple[object, ...]) -> None:
    at = _AT.get(event)
    if at is None:
        return
    if isinstance(arguments[0], socket):
        _look_at(arguments[0], arguments[at])
    elif not _is_here(arguments[at]):
        _refuse(event)


def _look_at(opened: socket, address: object) -> None:
    """A socket with a place to go: the internet's must be loopback's, the kernel's own are let be."""
    family = int(opened.family)
    if family in _LOCAL or address is None:  # a connected socket sends to where it was connected
        return
    if family not in _INTERNET or not _is_here(address):
        _refuse("a socket")


def _is_here(where: object) -> bool:
    host = _first(where)
    if host is None:
        return True
    if isinstance(host, bytes | bytearray):
        host = bytes(host).decode("ascii", errors="replace")
    return isinstance(host, str) and is_loopback(host)


def _first(address: object) -> object:
    if not isinstance(address, tuple):
        return address
    parts = cast("tuple[object, ...]", address)
    return parts[0] if parts else None


def _refuse(what: str) -> None:
    raise EgressRefused(f"{what} to another machine was refused: this process runs with --offline or COACH_OFFLINE")
