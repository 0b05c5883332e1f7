"""The records a branch keeps. Each field says its label, its meaning, its type and its audience."""

from boards.records.base import Basis, Consent, Face, Keyed, Model, Photo, Record, Review, Source
from boards.records.branch import Branch, Lesson, Quote
from boards.records.brand import ZONE_IDS
from boards.records.choices import Audience
from boards.records.declared import Reference
from boards.records.keys import KnownKey
from boards.records.partial_date import PartialDate
from boards.records.people import Crew, Drawn, Honour, Level, Member, Portrait, Standing, Taking
from boards.records.periods import Activity, ActivityType, Month, Quarter, Talk
from boards.records.posters import FontSettings, PosterSettings, Print, Profile, WhenFull
from boards.records.screen import Screen, ScreenPart, ScreenSlide
from boards.records.shared import Shared, SharedKind, Unit
from boards.records.work import (
    Article,
    ArticleType,
    Case,
    Message,
    MessageKind,
    MessageType,
    Outcome,
)
from boards.records.zones import Area, Group, OwnCount, Practice, Role, Zone

__all__ = [
    "ZONE_IDS",
    "Activity",
    "ActivityType",
    "Area",
    "Article",
    "ArticleType",
    "Audience",
    "Basis",
    "Branch",
    "Case",
    "Consent",
    "Crew",
    "Drawn",
    "Face",
    "FontSettings",
    "Group",
    "Honour",
    "Keyed",
    "KnownKey",
    "Lesson",
    "Level",
    "Member",
    "Message",
    "MessageKind",
    "MessageType",
    "Model",
    "Month",
    "Outcome",
    "OwnCount",
    "PartialDate",
    "Photo",
    "Portrait",
    "PosterSettings",
    "Practice",
    "Print",
    "Profile",
    "Quarter",
    "Quote",
    "Record",
    "Reference",
    "Review",
    "Role",
    "Screen",
    "ScreenPart",
    "ScreenSlide",
    "Shared",
    "SharedKind",
    "Source",
    "Standing",
    "Taking",
    "Talk",
    "Unit",
    "WhenFull",
    "Zone",
]
