"""QR codes as rows of 0 and 1; the theme draws them."""

from __future__ import annotations


def qr_rows(address: str) -> list[str]:
    """The modules of a code for `address`, with a seventh of it to spare for dust and scratches."""
    import segno  # noqa: PLC0415 - only where a site has an address

    code = segno.make(address, error="m", micro=False, boost_error=False)
    return ["".join("1" if module else "0" for module in row) for row in code.matrix]
