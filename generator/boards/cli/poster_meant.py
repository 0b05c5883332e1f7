"""Which poster is meant by what somebody has typed: its kind, record, size and look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boards.cli.common import refuse
from boards.errors import listing, nearest
from boards.formats import KINDS, Kind, Size, parse_size
from boards.looks import called_looks, looks
from boards.records.understood import folded, one_of, period

if TYPE_CHECKING:
    from boards.posters.views import Poster

VARIANTS = {row.id: (kind, row.label) for kind in KINDS.values() for row in kind.variants}
"""Every variant of a kind besides the usual one, and the kind that comes in it."""
LOOKS = "、".join(f"{look.name}（{look.label}）" for look in looks().values())
"""The looks that can be asked for, as people read them."""


def kind_meant(typed: str) -> Kind:
    """A kind of posters by its id or what people call it; ends with a message if there is none."""
    by_label = {kind.label: kind.id for kind in KINDS.values()}
    typed = one_of(typed, {kind.id: (kind.label,) for kind in KINDS.values()}) or typed
    if typed not in KINDS:
        guess = by_label.get(nearest(typed, by_label) or "") or nearest(typed, KINDS)
        hint = f"是不是 {guess}（{KINDS[guess].label}）？" if guess else ""
        every = listing([f"{kind.id}（{kind.label}）" for kind in KINDS.values()], 12)
        refuse(f"没有“{typed}”这种海报。{hint}可选：{every}")
    return KINDS[typed]


def look_meant(typed: str | None) -> str:
    """A look by its name; empty for the site's own. Ends with a message if there is none."""
    if not typed:
        return ""
    found = one_of(typed, called_looks())
    if not found:
        refuse(f"没有“{typed}”这种样式；可选：{LOOKS}")
    return found


def size_meant(kind: Kind, typed: str | None) -> Size:
    """A size that a kind comes in; ends with a message if it does not."""
    size = parse_size(typed or kind.default)
    if size is None:
        refuse(f"尺寸“{typed}”认不出来；写成 A2、A2横，或宽x高（厘米），例如 80x120")
    if not kind.comes_in(size):
        refuse(f"{kind.label}没有 {size.label} 这个尺寸；可选：{listing(kind.sizes, 20)}")
    return size


def poster_meant(there: list[Poster], kind: str, record: str, variant: str) -> Poster:
    """The poster that is meant; ends with a message if none is, or several."""
    same = [poster for poster in there if poster.kind == kind and poster.variant == variant]
    for poster in same:
        if poster.record == record:
            return poster
    meant = (period(record), folded(record))
    titled = [row for row in same if record and {row.record, folded(row.title)} & {*meant} - {""}]
    if len(titled) == 1:
        return titled[0]
    records = [poster.record for poster in same]
    if variant and (owner := VARIANTS[variant][0]).id != kind:
        refuse(f"--{variant} 只用于{owner.label}（{owner.id}）。")
    if not same:
        refuse(f"这一版里没有{KINDS[kind].label}可做；用 boards posters --list 看有哪些。")
    if not record:
        refuse(f"{KINDS[kind].label}要写编号：{listing(records, 20)}")
    if records == [""]:
        refuse(f"{KINDS[kind].label}只有一张，不用写编号“{record}”。")
    guess = nearest(record, records)
    hint = f"是不是 {guess}？" if guess else ""
    refuse(f"没有编号是“{record}”的{KINDS[kind].label}。{hint}可选：{listing(records, 20)}")
