"""Addresses in ASCII: each asks a browser for the very page that the typed one does."""

from __future__ import annotations

import urllib.parse

import pytest

from boards.addresses import in_ascii


@pytest.mark.parametrize(
    ("typed", "encoded"),
    [
        ("http://10.10.3.8:8080/展板", "http://10.10.3.8:8080/%E5%B1%95%E6%9D%BF"),
        ("http://10.10.3.8/dangjian/a-b_c.d~e", "http://10.10.3.8/dangjian/a-b_c.d~e"),
        ("https://展板.中国/", "https://xn--ygts3x.xn--fiqs8s/"),
        ("http://xn--ygts3x.xn--fiqs8s/展", "http://xn--ygts3x.xn--fiqs8s/%E5%B1%95"),
        ("http://１０.10.3.8/", "http://10.10.3.8/"),
        ("http://a/%E5%B1%95%e6%9d%bf板", "http://a/%E5%B1%95%e6%9d%bf%E6%9D%BF"),
        ("http://a/100%/50%合格", "http://a/100%25/50%25%E5%90%88%E6%A0%BC"),
        ("http://a/b c/d？", "http://a/b%20c/d%EF%BC%9F"),
        ("http://a/b?x=展&y=1#段", "http://a/b?x=%E5%B1%95&y=1#%E6%AE%B5"),
        ("http://a/[b]|^`{}", "http://a/%5Bb%5D%7C%5E%60%7B%7D"),
        ("http://a/𰻝", "http://a/%F0%B0%BB%9D"),
        ("http://a", "http://a"),
    ],
)
def test_an_address_becomes_ascii_once(typed: str, encoded: str) -> None:
    assert in_ascii(typed) == encoded
    assert in_ascii(encoded) == encoded
    assert encoded.isascii()
    path = typed.partition("//")[2].partition("/")[2]
    assert urllib.parse.unquote(encoded).endswith(urllib.parse.unquote(path))


@pytest.mark.parametrize("typed", ["http://a..b/", f"http://{'展' * 70}.cn/"])
def test_a_domain_that_cannot_be_encoded_is_refused(typed: str) -> None:
    with pytest.raises(ValueError):
        in_ascii(typed)
