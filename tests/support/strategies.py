"""What Hypothesis tries: files somebody has damaged, and records with hostile words in them."""

from __future__ import annotations

from hypothesis import strategies as st

from full_site import Slot, slots
from helpers import MINIMAL
from naughty import ALL

FILES = {
    name: text.encode()
    for name, text in MINIMAL.items()
    if name.startswith(("data/", "content/")) and isinstance(text, str)
}
_ODD = (
    "\t", "\u3000", "\u00a0", "\u200b", "\u202e", "\ufeff", "\ufffd", "\ue000", "\x00", "\x07",
    "\x85", "\u2028", "\r", "\n", ":", "：", "#", "&a", "*a", "!!x", "|", ">", "%", "@", "`", "'",
    '"', "[", "]", "{", "}", "- ", "? ", ",", "\\", "<<: ", "---\n", "...\n", "é", "０", "𰻝",
)  # fmt: skip

_place = st.integers(0, 10_000)
_piece = st.one_of(
    st.sampled_from(_ODD).map(str.encode),
    st.sampled_from(ALL).map(lambda row: row[1].encode("utf-8", "surrogatepass")),
    st.binary(max_size=12),
    st.text(max_size=12).map(lambda text: text.encode("utf-8", "surrogatepass")),
)
_change = st.one_of(
    st.tuples(st.just("insert"), _place, _piece),
    st.tuples(st.just("flip"), _place, st.integers(1, 255)),
    st.tuples(st.just("delete line"), _place, st.none()),
    st.tuples(st.just("repeat line"), _place, st.integers(1, 400)),
    st.tuples(st.just("indent line"), _place, st.sampled_from([b" ", b"  ", b"\t", b"- "])),
    st.tuples(st.just("move line"), _place, _place),
    st.tuples(st.just("truncate"), _place, st.none()),
    st.tuples(st.just("recode"), _place, st.sampled_from(["utf-16", "gb18030", "utf-8-sig"])),
)


def _changed(content: bytes, changes: list[tuple[str, int, object]]) -> bytes:
    for kind, place, what in changes:
        at = place % (len(content) + 1)
        lines = content.split(b"\n")
        line = place % len(lines)
        if kind == "insert":
            content = content[:at] + bytes(what) + content[at:]  # type: ignore[call-overload]
        elif kind == "flip" and content:
            at %= len(content)
            content = content[:at] + bytes([content[at] ^ int(str(what))]) + content[at + 1 :]
        elif kind == "truncate":
            content = content[:at]
        elif kind == "recode":
            content = content.decode("utf-8", "replace").encode(str(what), "replace")
        else:
            content = b"\n".join(_lines_changed(lines, kind, line, what))
    return content


def _lines_changed(lines: list[bytes], kind: str, line: int, what: object) -> list[bytes]:
    if kind == "delete line":
        return [*lines[:line], *lines[line + 1 :]]
    if kind == "repeat line":
        return [*lines[:line], *[lines[line]] * int(str(what)), *lines[line:]]
    if kind == "indent line":
        return [*lines[:line], bytes(what) + lines[line], *lines[line + 1 :]]  # type: ignore[call-overload]
    other = int(str(what)) % len(lines)
    return [*lines[:line], lines[other], *lines[line:]]


@st.composite
def damaged_files(draw: st.DrawFn) -> dict[str, bytes]:
    """One or two files of a good site, changed in a few places, or of any bytes at all."""
    found = {}
    for name in draw(st.lists(st.sampled_from(sorted(FILES)), min_size=1, max_size=2)):
        if draw(st.integers(0, 9)) == 0:
            found[name] = draw(st.binary(max_size=400))
        else:
            found[name] = _changed(FILES[name], draw(st.lists(_change, min_size=1, max_size=4)))
    return found


_words = st.one_of(
    st.sampled_from(ALL).map(lambda row: row[1]),
    st.tuples(st.sampled_from(ALL), st.sampled_from(ALL)).map(lambda two: two[0][1] + two[1][1]),
    st.sampled_from(ALL).map(lambda row: f"支部{row[1]}展板"),
    st.text(max_size=60),
    st.text("<>&\"'/=!-[](){}#*_`~|\\ \n党a0:", max_size=80),
    st.integers(1, 30_000).map(lambda times: "党" * times),
)
_chosen = st.sampled_from(slots())
"""Any value that is typed anywhere in a record."""


def hostile_words() -> st.SearchStrategy[dict[Slot, str]]:
    """One to three values of the records replaced by words that mean harm, or are meant well."""
    return st.dictionaries(_chosen, _words, min_size=1, max_size=3)
