"""The two text types that carry the privacy promise.

``RawText`` may hold anybody's name and therefore cannot be shown. ``RedactedText`` is what a redactor minted; it
is the only text a model, an index or a log may be given. Redacted joined with redacted stays redacted; joined
with plain ``str`` it falls out to ``str`` and every door refuses it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, LiteralString, NoReturn, SupportsIndex, overload

from guards.errors import RawTextExposed

PLACEHOLDER: Final = re.compile(r"<([A-Z][A-Z_]*[A-Z])_(\d+)>")
"""A placeholder as the vault writes it: ``<PERSON_3>``, ``<EMAIL_ADDRESS_1>``."""


class RawText:
    """Text as a person wrote it. Cannot be printed, formatted, logged, compared to ``str`` or pickled.

    ``unseal`` hands out the plain string; the architecture tests list the few modules that may call it.
    """

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def unseal(self) -> str:
        """The plain string, for the modules named in ``tests/architecture``."""
        return self._value

    def __len__(self) -> int:
        return len(self._value)

    def __bool__(self) -> bool:
        return bool(self._value.strip())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RawText) and self._value == other._value

    def __hash__(self) -> int:
        return hash(self._value)

    def __repr__(self) -> str:
        return f"RawText(<{len(self._value)} characters>)"

    def __str__(self) -> NoReturn:
        raise RawTextExposed("raw text cannot be turned into a string; redact it first")

    def __format__(self, format_spec: str) -> NoReturn:
        raise RawTextExposed("raw text cannot be formatted; redact it first")

    def __reduce__(self) -> NoReturn:
        raise RawTextExposed("raw text cannot be pickled; seal it in the store instead")


class _Mint:
    """Proof of minting; its only instance lives in this module."""


_MINT: Final = _Mint()


class RedactedText(str):
    """Text in which every known personal form is a placeholder. Made only by ``mint_redacted`` and by the
    operations below, which cannot bring a name back in.
    """

    __slots__ = ()

    def __new__(cls, value: str = "", proof: object = None) -> RedactedText:
        """Refuse construction without the proof that only this module holds."""
        if proof is not _MINT:
            raise RawTextExposed("RedactedText is minted by a redactor, not constructed")
        return super().__new__(cls, value)

    def __getnewargs__(self) -> NoReturn:
        raise RawTextExposed("redacted text is stored through the record, not pickled")

    @overload
    def __add__(self, value: RedactedText, /) -> RedactedText: ...
    @overload
    def __add__(self, value: str, /) -> str: ...
    def __add__(self, value: str, /) -> str:  # pyright: ignore[reportIncompatibleMethodOverride]
        joined = str.__add__(self, value)
        return _mint(joined) if isinstance(value, RedactedText) else joined

    def __getitem__(self, key: SupportsIndex | slice, /) -> RedactedText:
        return _mint(str.__getitem__(self, key))

    def lines(self) -> list[RedactedText]:
        r"""Split on ``\n`` alone, so that line numbers match the source's."""
        return [_mint(part) for part in str.split(self, "\n")]

    def trimmed(self, chars: LiteralString | None = None) -> RedactedText:
        """Without leading and trailing white space, or the given characters."""
        return _mint(str.strip(self, chars))

    def placeholders(self) -> tuple[str, ...]:
        """The placeholders in order of appearance, repeats included."""
        return tuple(match.group(0) for match in PLACEHOLDER.finditer(self))


def _mint(value: str) -> RedactedText:
    return RedactedText(value, _MINT)


def mint_redacted(value: str) -> RedactedText:
    """Mint redacted text. Only a redactor, the vault and the record's readers may call this
    (``tests/architecture`` lists them); everybody else composes what they were given.
    """
    return _mint(value)


def house(text: LiteralString) -> RedactedText:
    """The product's own words, known at type-check time to hold no data: ``house("Ticket: ")``."""
    return _mint(text)


def joined(separator: LiteralString, parts: Iterable[RedactedText]) -> RedactedText:
    """Join redacted parts; refuses a part that is plain ``str`` at run time as well as in the type checker.

    Raises:
        RawTextExposed: a part is not redacted.
    """
    checked = list(parts)
    for position, part in enumerate(checked):
        if not isinstance(part, RedactedText):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise RawTextExposed(f"part {position} of a join is not redacted")
    return _mint(separator.join(checked))


def composed(template: LiteralString, **parts: RedactedText | int) -> RedactedText:
    """Fill ``{name}`` slots of a literal template with redacted parts or whole numbers.

    Raises:
        RawTextExposed: a part is neither redacted nor a whole number.
    """
    for name, part in parts.items():
        if not isinstance(part, RedactedText | int):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise RawTextExposed(f"slot {name} is neither redacted nor a number")
    return _mint(template.format(**{name: str(part) for name, part in parts.items()}))
