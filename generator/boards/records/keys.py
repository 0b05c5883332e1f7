"""Public keys of units whose packs are known by their signature."""

from __future__ import annotations

import base64
import binascii
from typing import Annotated, Any

from pydantic import BeforeValidator

from boards.records.base import Keyed
from boards.records.declared import field
from boards.records.editor_types import PUBLIC_KEY
from boards.records.fields import Day, Line
from boards.records.typed import fault, typed_line

KEY_BYTES = 32
"""Length of an Ed25519 public key (RFC 8032, 5.1.5)."""

_PRIME = 2**255 - 19
_ORDER_EIGHT = 0x05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826
_WEAK = {0, 1, _PRIME - 1, _PRIME, _PRIME + 1, _ORDER_EIGHT, _PRIME - _ORDER_EIGHT}
"""Ordinates of the points of small order: under such a key anybody can sign anything."""


def decode_key(text: str) -> bytes | None:
    """The bytes of a public key in base64; None if it is none that a signature can rest on."""
    try:
        public = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    if len(public) != KEY_BYTES or base64.b64encode(public).decode("ascii") != text:
        return None
    ordinate = int.from_bytes(public, "little") & (2**255 - 1)
    return None if ordinate in _WEAK else public


def _public_key(value: Any) -> str:
    text = typed_line(value)
    if decode_key(text) is None:
        hint = "照对方 boards keys 显示的那一行原样填写：44 个字符，以 = 结尾"
        fault(f"公钥“{text[:44]}”认不出来", hint)
    return text


PublicKeyText = Annotated[str, BeforeValidator(_public_key), PUBLIC_KEY]


class KnownKey(Keyed):
    """The key a unit signs its packs with, checked with it by telephone or on paper."""

    table = "keys"
    kind = "单位公钥"

    name: Line = field("单位", "例如 综采一区党支部")
    public_key: PublicKeyText = field("公钥", "对方 boards keys 显示的公钥，44 个字符")
    added_on: Day | None = field("登记日期", "哪天和对方核对过指纹，例如 2019-08-19", None)

    @property
    def public(self) -> bytes:
        """The key itself."""
        return base64.b64decode(self.public_key)
