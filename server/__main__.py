"""The program behind ``coach serve``: opens the home, prints the owner's link, and serves until it is stopped.

On loopback the home's owner gets a link that works once. Any other address is served only behind TLS, since tokens and
notes would cross the network as they are; there nobody is the owner by being on the machine.
"""

from __future__ import annotations

import argparse
import ipaddress
import logging
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import uvicorn

from copilot import errors as copilot_errors
from copilot.bootstrap import Copilot, bootstrap
from copilot.cli.exits import EXPLAINED, OUR_FAULT, exit_status
from copilot.settings import asked_offline, forget_tracing, hand_down_offline, read_settings
from copilot.tokens import Scope, TokenKind, issue
from guards.offline import stay_on_this_machine
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


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve; the exit status is that of ``coach``."""
    asked = _parser().parse_args(arguments)
    forget_tracing()
    if asked_offline():
        hand_down_offline()
        stay_on_this_machine()
    try:
        _check_address(asked.host, certificate=asked.certificate, behind_tls=asked.behind_tls)
        settings = read_settings(**({"home": asked.home} if asked.home else {}))
        with bootstrap(settings, purpose="coach serve") as copilot:
            return _serve(copilot, asked)
    except EXPLAINED as error:
        sys.stderr.write(f"{error}\n")
        return exit_status(error)


def _parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="coach serve", description="Serve the API and the pages of a home.")
    made.add_argument("--home", type=Path, help="folder of the state; else COACH_HOME")
    made.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine alone)")
    made.add_argument("--port", type=int, default=8765, help="port; 0 takes a free one")
    made.add_argument("--name", action="append", default=[], help="host name by which it may be called; repeatable")
    made.add_argument("--certificate", type=Path, help="TLS certificate file")
    made.add_argument("--key", type=Path, help="TLS key file")
    made.add_argument("--behind-tls", action="store_true", help="a proxy on this machine ends TLS in front of it")
    return made


def _check_address(host: str, *, certificate: Path | None, behind_tls: bool) -> None:
    if certificate is None and not behind_tls and not _is_loopback(host):
        raise copilot_errors.Usage(
            f"{host} is not this machine alone, and notes would cross the network readable: give --certificate"
            " and --key, or --behind-tls where a proxy ends TLS"
        )


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _serve(copilot: Copilot, asked: argparse.Namespace) -> int:
    names = (*_LOOPBACK, *asked.name)
    app = create_app(copilot, hosts=names, oidc=bearer_of(copilot), tls_only=asked.behind_tls)
    config = uvicorn.Config(
        app, host=asked.host, port=asked.port, log_level="warning", access_log=False, server_header=False,
        ssl_certfile=asked.certificate, ssl_keyfile=asked.key, ssl_ciphers=_CIPHERS, proxy_headers=asked.behind_tls,
        forwarded_allow_ips="127.0.0.1", timeout_graceful_shutdown=20, h11_max_incomplete_event_size=65536,
        http=PatientProtocol, ws="none", limit_concurrency=_CONNECTIONS,
    )  # fmt: skip
    logging.getLogger("uvicorn.error").addFilter(without_words)
    logging.getLogger("server").addHandler(logging.StreamHandler())
    server = _Telling(config, copilot, alone=_is_loopback(asked.host) and not asked.behind_tls)
    server.run()
    return 0 if server.started else OUR_FAULT


def without_words(record: logging.LogRecord) -> bool:
    """Leave a bug's traceback out of the log: its message may hold anybody's words, and ``server`` says its place."""
    record.exc_info = record.exc_text = None
    return True


class _Telling(uvicorn.Server):
    """Says where it listens once it does, with a fresh link for the owner."""

    def __init__(self, config: uvicorn.Config, copilot: Copilot, *, alone: bool) -> None:
        super().__init__(config)
        self._copilot = copilot
        self._alone = alone

    async def startup(self, sockets: list[Any] | None = None) -> None:
        """Listen, then tell."""
        await super().startup(sockets)
        if not self.started:
            return
        port = self.servers[0].sockets[0].getsockname()[1]
        scheme = "https" if self.config.ssl_certfile else "http"
        where = f"{scheme}://{'127.0.0.1' if self._alone else self.config.host}:{port}"
        if self._alone:
            link = issue(self._copilot.tokens, person=OWNER, kind=TokenKind.LINK, scopes=_ALL, now=datetime.now(UTC))
            sys.stdout.write(f"Open {where}/sign-in/{link.secret}\n(works once, within 15 minutes; Ctrl-C stops)\n")
        else:
            sys.stdout.write(f"Serving {where}; coach token link --person ID makes sign-in links\n")
        sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
