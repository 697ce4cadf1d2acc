"""How a text may look on the wire, by name: every usual encoding of the whole or of a part."""

from __future__ import annotations

import base64
import gzip
import html
import json
import quopri
import zlib
from collections.abc import Callable, Mapping
from typing import Final
from urllib.parse import quote, quote_plus

_ALIKE: Final = str.maketrans("aeopcyxiAEOPCXBKMHTaeopcyxi", "аеорсухіАЕОРСХВКМНТаеорсухі")


def _base64(skipped: int, data: Callable[[str], bytes] = str.encode) -> Callable[[str], str]:
    return lambda text: base64.b64encode(b"~" * skipped + data(f"see {text} now, at once")).decode()


DISGUISES: Final[Mapping[str, Callable[[str], str]]] = {
    "plain": str,
    "upper": str.upper,
    "json": json.dumps,
    "json thrice": lambda text: json.dumps(json.dumps(json.dumps({"note": text}))),
    "all unicode escapes": lambda text: "".join(f"\\u{ord(sign):04x}" for sign in text),
    "braced escapes": lambda text: "".join(f"\\u{{{ord(sign):x}}}" for sign in text),
    "long escapes": lambda text: "".join(f"\\U{ord(sign):08x}" for sign in text),
    "byte escapes": lambda text: "".join(f"\\x{ord(sign):02x}" for sign in text) if text.isascii() else text,
    "percent": quote,
    "percent twice": lambda text: quote(quote(text)),
    "all percent": lambda text: "".join(f"%{byte:02X}" for byte in text.encode()),
    "old percent": lambda text: "".join(f"%u{ord(sign):04x}" for sign in text),
    "form": lambda text: "q=" + quote_plus(text),
    "named entities": html.escape,
    "decimal entities": lambda text: "".join(f"&#{ord(sign)};" for sign in text),
    "hex entities": lambda text: "".join(f"&#x{ord(sign):X};" for sign in text),
    "base64 at 0": _base64(0),
    "base64 at 1": _base64(1),
    "base64 at 2": _base64(2),
    "base64 alone": lambda text: base64.b64encode(text.encode()).decode(),
    "base64 glued on": lambda text: "tok" + base64.b64encode(f"see {text} now".encode()).decode(),
    "base64 url": lambda text: base64.urlsafe_b64encode(f"see {text} now".encode()).decode().rstrip("="),
    "base64 wrapped": lambda text: base64.encodebytes(f"{'before ' * 12}{text}{' after' * 12}".encode()).decode(),
    "base64 wrapped in json": lambda text: json.dumps(
        base64.encodebytes(f"{'so ' * 30}{text} and on".encode()).decode()
    ),
    "base64 twice": lambda text: base64.b64encode(base64.b64encode(f"see {text} now".encode())).decode(),
    "base64 of utf-16": _base64(0, lambda text: text.encode("utf-16-le")),
    "base64 of utf-16 be": _base64(0, lambda text: text.encode("utf-16-be")),
    "base64 of bytes": _base64(0, lambda text: b"\x01\xff\x02" + text.encode() + b"\xfe\x00"),
    "base64 of gzip": _base64(0, lambda text: text.encode()),
    "gzip in base64": lambda text: base64.b64encode(gzip.compress(f"see {text} now".encode())).decode(),
    "zlib in base64": lambda text: base64.b64encode(zlib.compress(f"see {text} now".encode())).decode(),
    "percent of base64": lambda text: quote(base64.b64encode(f"see {text} now!".encode()).decode()),
    "hex": lambda text: text.encode().hex(),
    "hex upper": lambda text: text.encode().hex().upper(),
    "hex apart": lambda text: text.encode().hex(" "),
    "hex of utf-16": lambda text: text.encode("utf-16-le").hex(),
    "quoted-printable": lambda text: quopri.encodestring(text.encode(), quotetabs=True).decode(),
    "all quoted-printable": lambda text: "".join(f"={byte:02X}" for byte in text.encode()),
    "utf-16": lambda text: "".join(f"{sign}\x00" for sign in text),
    "invisible": "\u200b".join,
    "soft hyphens": "\u00ad".join,
    "joiners": "\u2060".join,
    "look-alikes": lambda text: text.translate(_ALIKE),
    "mathematical": lambda text: "".join(
        chr(0x1D400 + ord(sign) - 65)
        if "A" <= sign <= "Z"
        else chr(0x1D41A + ord(sign) - 97)
        if "a" <= sign <= "z"
        else sign
        for sign in text
    ),
    "full width": lambda text: "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in text),
}
