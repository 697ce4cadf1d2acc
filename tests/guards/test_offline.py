"""Offline: a process that asked for it reaches nothing but itself, whichever library tries."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from guards.errors import VaultUnreadable
from guards.master_key import master_key
from guards.offline import is_loopback

_TRIES = {
    "socket": "import socket; socket.create_connection(('192.0.2.7', 9), 1)",
    "connect_ex": "import socket; socket.socket().connect_ex(('192.0.2.7', 9))",
    "datagram": "import socket; socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('192.0.2.7', 9))",
    "message": "import socket; socket.socket(type=socket.SOCK_DGRAM).sendmsg([b'x'], [], 0, ('192.0.2.7', 9))",
    "ipv6": "import socket; socket.socket(socket.AF_INET6).connect(('2001:db8::1', 9))",
    "mapped": "import socket; socket.socket(socket.AF_INET6).connect(('::ffff:192.0.2.7', 9))",
    "listening": "import socket; socket.socket().bind(('0.0.0.0', 0))",
    "look-up": "import socket; socket.getaddrinfo('host.invalid', 443)",
    "old look-up": "import socket; socket.gethostbyname('host.invalid')",
    "look-up of a name": "import socket; socket.gethostbyname_ex('localhost.host.invalid')",
    "urllib": "import urllib.request; urllib.request.urlopen('http://192.0.2.7/')",
    "http.client": "import http.client; http.client.HTTPConnection('192.0.2.7').request('GET', '/')",
    "httpx2": "import httpx2; httpx2.get('http://192.0.2.7/')",
    "openai": (
        "import openai; openai.OpenAI(api_key='x', base_url='http://192.0.2.7/v1', max_retries=0).models.list()"
    ),
    "asyncio": "import asyncio; asyncio.run(asyncio.open_connection('192.0.2.7', 9))",
}
_STAY = "from guards.offline import stay_on_this_machine; stay_on_this_machine()\n"


def child(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("name", _TRIES)
def test_every_way_out_is_refused(name: str) -> None:
    done = child(f"{_STAY}{_TRIES[name]}")
    assert (done.returncode, "to another machine was refused" in done.stderr) == (1, True), done.stderr[-500:]


def test_loopback_and_local_sockets_still_work(tmp_path: Path) -> None:
    code = f"""{_STAY}
import socket, tempfile
server = socket.socket(); server.bind(("127.0.0.1", 0)); server.listen()
for host in ("127.0.0.1", "localhost"):
    socket.create_connection((host, server.getsockname()[1]), 5).close()
one, other = socket.socketpair(); one.send(b"x"); assert other.recv(1) == b"x"
local = socket.socket(socket.AF_UNIX); local.bind("s")
socket.getaddrinfo(None, 80)
import chromadb, langchain_openai
chromadb.EphemeralClient().heartbeat()
"""
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path.cwd())},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-800:]


@pytest.mark.parametrize(
    ("host", "here"),
    [
        ("localhost", True),
        ("LOCALHOST", True),
        ("127.0.0.1", True),
        ("127.8.9.1", True),
        ("::1", True),
        ("[::1]", True),
        ("::ffff:127.0.0.1", True),
        ("::ffff:192.0.2.1", False),
        ("0.0.0.0", False),  # noqa: S104 - everybody's
        ("", False),
        ("localhost.example", False),
        ("127.0.0.1.example", False),
        ("169.254.169.254", False),
    ],
)
def test_what_this_machine_is(host: str, here: bool) -> None:
    assert is_loopback(host) is here


def test_a_master_key_has_one_source_and_no_shell(tmp_path: Path) -> None:
    said = "00" * 32
    printing = f"{sys.executable} -c \"print('{said}')\""
    assert master_key(text=None, command=None) is None
    assert master_key(text=said, command=None) == bytes(32) == master_key(text=None, command=printing)
    for command in ("", "'", f"echo {said} && touch {tmp_path / 'ran'}", f"{sys.executable} -c \"print('secret')\""):
        with pytest.raises(VaultUnreadable) as refused:
            master_key(text=None, command=command)
        assert "secret" not in str(refused.value)
    assert not (tmp_path / "ran").exists()
    with pytest.raises(VaultUnreadable, match="both"):
        master_key(text=said, command=printing)
