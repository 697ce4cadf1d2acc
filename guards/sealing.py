"""Sealing bytes at rest: AES-256-GCM, bound to what the bytes are for.

The associated data ties a sealed blob to its context (``vault:ada-ben``), so a blob moved to another pair or
purpose does not open. Refuses to hold keys: they come from ``keys.py`` and go when the call ends.
"""

from __future__ import annotations

import os
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from guards.errors import VaultUnreadable

KEY_BYTES: Final = 32
"""Length of every key: AES-256."""

_FORMAT: Final = b"mc1\x00"
_NONCE_BYTES: Final = 12


def seal(plain: bytes, *, key: bytes, context: str) -> bytes:
    """Seal bytes under a key, bound to a context. The nonce is random, so equal bytes seal differently."""
    nonce = os.urandom(_NONCE_BYTES)
    return _FORMAT + nonce + AESGCM(key).encrypt(nonce, plain, _FORMAT + context.encode())


def unsealed(sealed: bytes, *, key: bytes, context: str) -> bytes:
    """Open sealed bytes.

    Raises:
        VaultUnreadable: another key, another context, or bytes that were changed.
    """
    if not sealed.startswith(_FORMAT):
        raise VaultUnreadable(f"{context}: not sealed by this product, or by a newer version of it")
    nonce, body = sealed[len(_FORMAT) :][:_NONCE_BYTES], sealed[len(_FORMAT) + _NONCE_BYTES :]
    try:
        return AESGCM(key).decrypt(nonce, body, _FORMAT + context.encode())
    except (InvalidTag, ValueError):
        raise VaultUnreadable(f"{context}: does not open with this key; restore the key it was sealed with") from None
