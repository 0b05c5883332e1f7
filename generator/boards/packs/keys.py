"""The key that signs what leaves this site, and what a signature of another's is worth.

Ed25519 (RFC 8032). The private key stands in `keys/signing.pem` beside data/, without a password:
whoever has the file can sign as this unit, so the folder is never published, shared or committed,
and nothing this program writes contains it.
"""

from __future__ import annotations

import base64
import hashlib
import os
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from boards.board.folder import KEY_FILE
from boards.errors import why

_MAX_PEM = 4096
"""A private key has 119 bytes; whatever is much longer is none."""


class KeyFault(Exception):
    """A key that cannot be made or used: what was found, and what to do."""

    def __init__(self, found: str, hint: str) -> None:
        super().__init__(found)
        self.found = found
        self.hint = hint


@dataclass(frozen=True, slots=True)
class PublicKey:
    """The half of a key that everybody may have."""

    public: bytes

    @property
    def text(self) -> str:
        """As it is typed in data/keys.yml: 44 characters of base64."""
        return base64.b64encode(self.public).decode("ascii")

    @property
    def fingerprint(self) -> str:
        """As it is read out on the telephone."""
        return fingerprint(self.public)


@dataclass(frozen=True, slots=True)
class OwnKey(PublicKey):
    """This unit's key, both halves; printing it shows the public one only."""

    private: Ed25519PrivateKey = field(repr=False, compare=False)

    def sign(self, data: bytes) -> bytes:
        """The 64 bytes that only this key can make for `data`."""
        return self.private.sign(data)


def make_key(root: Path) -> PublicKey:
    """Make this site's key, readable by its owner only where the system knows owners.

    Raises KeyFault if there is one already, which is never overwritten: packs signed with it
    could no longer be told from forged ones. Raises OSError if it cannot be written.
    """
    file = root / KEY_FILE
    private = Ed25519PrivateKey.generate()
    pem = private.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        found = f"已经有密钥 {KEY_FILE.as_posix()}，没有重新生成"
        hint = "继续用它；确实要换，先把旧文件移走另存，再把新指纹通知各单位"
        raise KeyFault(found, hint) from error
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(pem)
    except OSError:
        file.unlink(missing_ok=True)
        raise
    return PublicKey(_raw(private.public_key()))


def own_key(root: Path) -> OwnKey | None:
    """This site's key, None if it has none; raises KeyFault if the file holds no such key."""
    file = root / KEY_FILE
    if not file.exists():
        return None
    hint = "换回备份的密钥；没有备份就移走这个文件，重新生成，再把新指纹通知各单位"
    try:
        with file.open("rb") as stream:
            pem = stream.read(_MAX_PEM)
        private = serialization.load_pem_private_key(pem, password=None)
    except OSError as error:
        found = f"密钥 {KEY_FILE.as_posix()} 读不了（{why(error)}）"
        raise KeyFault(found, "检查文件权限") from error
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        found = f"密钥 {KEY_FILE.as_posix()} 损坏，或带有口令"
        raise KeyFault(found, hint) from error
    if not isinstance(private, Ed25519PrivateKey):
        raise KeyFault(f"密钥 {KEY_FILE.as_posix()} 不是 Ed25519 密钥", hint)
    return OwnKey(_raw(private.public_key()), private)


def sign(root: Path, data: bytes) -> bytes:
    """The signature of `data` by this site's key; raises KeyFault if it has none."""
    key = own_key(root)
    if key is None:
        found = f"还没有密钥 {KEY_FILE.as_posix()}"
        raise KeyFault(found, "先运行 boards keys 生成；不签名也能导出")
    return key.sign(data)


def verify(public: bytes, signature: bytes, data: bytes) -> bool:
    """Whether the owner of `public` signed exactly `data`; False for bytes that are no key."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, data)
    except (InvalidSignature, ValueError):
        return False
    return True


def fingerprint(public: bytes) -> str:
    """Half of a key's SHA-256 (128 bits) in groups of four, to be compared by people."""
    digest = hashlib.sha256(public).hexdigest()[:32]
    return " ".join(digest[at : at + 4] for at in range(0, 32, 4))


def _raw(key: Ed25519PublicKey) -> bytes:
    return key.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
