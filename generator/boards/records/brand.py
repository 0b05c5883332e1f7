"""What no branch changes of the brand: its four zones, and the marks that they may wear.

A zone's id is also the name of its accent among the theme's colours (`tokens.css`, `inks.yml`).
How a branch words its zones is its own, in its records.
"""

from __future__ import annotations

from dataclasses import dataclass

from boards.records.choices import Choice

OF_ZONES = "责任区"
"""How the names of all zones end."""


class Mark(Choice):
    """The drawings a zone may wear; each is a symbol of the same name in `parts/symbols.html`."""

    LAMP = "lamp"
    HELMET = "helmet"
    CALIPER = "caliper"
    DRUM = "drum"
    WRENCH = "wrench"
    GEAR = "gear"
    SHIELD = "shield"
    BOOK = "book"
    CONVEYOR = "conveyor"
    PICK = "pick"
    TRUCK = "truck"
    BOLT = "bolt"

    @property
    def label(self) -> str:
        return {
            "lamp": "矿灯",
            "helmet": "安全帽",
            "caliper": "卡尺",
            "drum": "采煤机滚筒",
            "wrench": "扳手",
            "gear": "齿轮",
            "shield": "盾牌",
            "book": "书本",
            "conveyor": "输送带",
            "pick": "镐",
            "truck": "矿车",
            "bolt": "闪电",
        }[self]


@dataclass(frozen=True, slots=True)
class FixedZone:
    """One of 四大责任区 as every branch has it, whatever else it calls it."""

    id: str
    short: str
    character: str
    mark: Mark
    """What it wears where its record names no other."""

    @property
    def name(self) -> str:
        """思想责任区."""
        return f"{self.short}{OF_ZONES}"


ZONES = {
    zone.id: zone
    for zone in (
        FixedZone("thought", "思想", "思", Mark.LAMP),
        FixedZone("safety", "安全", "安", Mark.HELMET),
        FixedZone("quality", "质量", "质", Mark.CALIPER),
        FixedZone("production", "生产", "产", Mark.DRUM),
    )
}
"""The four zones, in the order they are always shown."""
ZONE_IDS = tuple(ZONES)
ONE_ZONE = f"{'、'.join(ZONE_IDS[:-1])} 或 {ZONE_IDS[-1]}"
"""What to write for a zone."""
