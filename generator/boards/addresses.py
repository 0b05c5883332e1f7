"""Web addresses in ASCII: what every reader of a QR code and every browser takes alike."""

from __future__ import annotations

import re
from urllib.parse import quote

_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_SAFE = "/%?#:@!$&'()*+,;=~"


def in_ascii(address: str) -> str:
    """A web address with its path percent-encoded (RFC 3986) and its domain in punycode.

    A QR code holds bytes without saying in which encoding, and readers guess differently. What is
    encoded already stays. Raises ValueError for a domain that cannot be.
    """
    scheme, _, rest = address.partition("://")
    host, slash, path = rest.partition("/")
    domain, colon, port = host.partition(":")
    # IDNA 2003 and 2008 differ in none of the characters of Chinese domains.
    named = domain.encode("idna").decode("ascii")
    encoded = quote(_STRAY_PERCENT.sub("%25", path), safe=_SAFE)
    return f"{scheme}://{named}{colon}{port}{slash}{encoded}"
