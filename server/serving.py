"""Serves a home over HTTP until it is stopped: on loopback with a link for the home's owner, elsewhere over TLS alone.

Any other address than loopback is served only behind TLS, since sign-ins and notes would cross the network as they are;
there nobody is the owner by being on the machine.
"""

from __future__ import annotations

import ipaddress
import logging
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import uvicorn

from copilot.bootstrap import Copilot
from copilot.cli.exits import OUR_FAULT
from copilot.errors import Usage
from copilot.tokens import Scope, TokenKind, issue
from server.app import create_app
from server.auth import OWNER
from server.issuer import bearer_of
from server.patience import PatientProtocol

_ALL: Final = frozenset({Scope.READ, Scope.WRITE})
_CIPHERS: Final = "ECDHE+AESGCM:ECDHE+CHACHA20"
"""For TLS 1.2, which Python takes at the least; those of TLS 1.3 are all good."""
_CONNECTIONS: Final = 500
"""At once; more are told to come again. Ours: a browser holds up to six."""
_LOOPBACK: Final = ("127.0.0.1", "localhost", "[::1]")


@dataclass(frozen=True, slots=True)
class Address:
    """Where to listen, by which names it may be called, and who ends TLS. Port 0 takes a free one."""

    host: str
    port: int
    names: tuple[str, ...] = ()
    certificate: Path | None = None
    key: Path | None = None
    behind_tls: bool = False

    @property
    def alone(self) -> bool:
        """Whether only this machine reaches it."""
        return _is_loopback(self.host) and not self.behind_tls


def check(address: Address) -> None:
    """Refuse to serve in the clear.

    Raises:
        Usage: the address is not this machine alone and nobody ends TLS.
    """
    if address.certificate is None and not address.behind_tls and not _is_loopback(address.host):
        raise Usage(
            f"{address.host} is not this machine alone, and notes would cross the network readable: give --certificate"
            " and --key, or --behind-tls where a proxy ends TLS"
        )


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def serve(copilot: Copilot, address: Address) -> int:
    """Serve until stopped; the exit status."""
    app = create_app(copilot, hosts=(*_LOOPBACK, *address.names), oidc=bearer_of(copilot), tls_only=address.behind_tls)
    config = uvicorn.Config(
        app, host=address.host, port=address.port, log_level="warning", access_log=False, server_header=False,
        ssl_certfile=address.certificate, ssl_keyfile=address.key, ssl_ciphers=_CIPHERS,
        proxy_headers=address.behind_tls,
        forwarded_allow_ips="127.0.0.1", timeout_graceful_shutdown=20, h11_max_incomplete_event_size=65536,
        http=PatientProtocol, ws="none", limit_concurrency=_CONNECTIONS,
    )  # fmt: skip
    logging.getLogger("uvicorn.error").addFilter(without_words)
    logging.getLogger("server").addHandler(logging.StreamHandler())
    server = _Telling(config, copilot, address)
    server.run()
    return 0 if server.started else OUR_FAULT


def without_words(record: logging.LogRecord) -> bool:
    """Leave a bug's traceback out of the log: its message may hold anybody's words, and ``server`` says its place."""
    record.exc_info = record.exc_text = None
    return True


class _Telling(uvicorn.Server):
    """Says where it listens once it does, with a fresh link for the owner."""

    def __init__(self, config: uvicorn.Config, copilot: Copilot, address: Address) -> None:
        super().__init__(config)
        self._copilot = copilot
        self._address = address

    async def startup(self, sockets: list[Any] | None = None) -> None:
        """Listen, then tell."""
        await super().startup(sockets)
        if not self.started:
            return
        port = self.servers[0].sockets[0].getsockname()[1]
        scheme = "https" if self.config.ssl_certfile else "http"
        where = f"{scheme}://{'127.0.0.1' if self._address.alone else self.config.host}:{port}"
        if self._address.alone:
            link = issue(self._copilot.tokens, person=OWNER, kind=TokenKind.LINK, scopes=_ALL, now=datetime.now(UTC))
            sys.stdout.write(f"Open {where}/sign-in/{link.secret}\n(works once, within 15 minutes; Ctrl-C stops)\n")
        else:
            sys.stdout.write(f"Serving {where}; coach token link --person ID makes sign-in links\n")
        sys.stdout.flush()
