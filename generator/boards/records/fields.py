"""The types that a field can have: how each is read, what it is, what an editor lets pass."""

from __future__ import annotations

import datetime
from typing import Annotated

from pydantic import BeforeValidator, WithJsonSchema

from boards.looks import called_looks
from boards.records import typed_values
from boards.records.brand import ZONES
from boards.records.declared import Reference, Trait
from boards.records.editor_types import (
    ANY_TEXT,
    COUNT,
    DAY,
    FIGURE,
    FLAG,
    IDENTIFIER,
    MEDIA_PATH,
    NAME,
    PARTIAL_DATE,
    SEAL,
    SITE_ADDRESS,
    SPOT,
    TIME,
    WEB_ADDRESS,
    YEAR,
    ZOOM,
    choice,
)
from boards.records.filenames import media_path
from boards.records.partial_date import PartialDate
from boards.records.typed import typed_line
from boards.records.typed_values import NOBODY, NOBODY_CALLED

Line = Annotated[str, BeforeValidator(typed_line), ANY_TEXT]
"""One line of plain text."""
Exact = Annotated[str, BeforeValidator(typed_line), Trait.EXACT, ANY_TEXT]
"""One line that stands for itself."""
Contact = Annotated[str, BeforeValidator(typed_line), Trait.TELEPHONE, ANY_TEXT]
"""One line that says how to reach somebody."""
Text = Annotated[str, BeforeValidator(typed_values.paragraphs), Trait.MARKDOWN, ANY_TEXT]
"""Paragraphs, with Markdown."""
PersonName = Annotated[str, BeforeValidator(typed_values.person_name), NAME]
Id = Annotated[str, BeforeValidator(typed_values.identifier), Trait.ID, IDENTIFIER]
"""Names a record and its page; unique in its table, safe as a file name everywhere."""
AsOf = Annotated[PartialDate, BeforeValidator(typed_values.partial_date), PARTIAL_DATE]
Day = Annotated[datetime.date, BeforeValidator(typed_values.day), DAY]
Time = Annotated[str, BeforeValidator(typed_values.time), Trait.EXACT, TIME]
"""A time of day, 08:00."""
Year = Annotated[int, BeforeValidator(typed_values.year), Trait.NUMBER, YEAR]
Count = Annotated[int, BeforeValidator(typed_values.count), Trait.NUMBER, COUNT]
Figure = Annotated[str, BeforeValidator(typed_values.figure), Trait.NUMBER, FIGURE]
"""A number kept as it was typed, so that 10 stays 10 and 95.0 stays 95.0."""
Flag = Annotated[bool, BeforeValidator(typed_values.flag), FLAG]
MediaPath = Annotated[str, BeforeValidator(media_path), Trait.PICTURE, Trait.EXACT, MEDIA_PATH]
"""A picture in data/media."""
Spot = Annotated[str, BeforeValidator(typed_values.spot), Trait.EXACT, SPOT]
"""A place in a picture, as percent of its width and of its height: 50,35."""
Zoom = Annotated[str, BeforeValidator(typed_values.zoom), Trait.EXACT, ZOOM]
"""How many times a picture is enlarged within its frame, as it was typed."""
LookName = Annotated[
    str, BeforeValidator(typed_values.look), WithJsonSchema(choice(called_looks()))
]
"""One of the looks that the theme has."""
Seal = Annotated[str, BeforeValidator(typed_values.seal), Trait.SEALED, Trait.EXACT, SEAL]
_ADDRESS = (Trait.ADDRESS, Trait.EXACT)
WebAddress = Annotated[str, BeforeValidator(typed_values.web_address), *_ADDRESS, WEB_ADDRESS]
SiteAddress = Annotated[str, BeforeValidator(typed_values.site_address), *_ADDRESS, SITE_ADDRESS]
"""Where a site will stand; short enough for the pages below it to make a QR code that scans."""

ZONE = WithJsonSchema(choice({zone.id: (zone.name, zone.short) for zone in ZONES.values()}))
# A reference may be any text: who types a name instead of an id is told the id by the rules.
SourceId = Annotated[str, BeforeValidator(typed_line), Reference("sources"), ANY_TEXT]
FaceId = Annotated[str, BeforeValidator(typed_line), Reference("faces"), ANY_TEXT]
ZoneId = Annotated[str, BeforeValidator(typed_line), Reference("zones"), ZONE]
RoleId = Annotated[str, BeforeValidator(typed_line), Trait.ROLE, ANY_TEXT]
"""One of the roles of the zone that stands beside it."""
CountId = Annotated[str, BeforeValidator(typed_line), Reference("counts"), ANY_TEXT]
GroupId = Annotated[str, BeforeValidator(typed_line), Reference("groups"), ANY_TEXT]
MemberId = Annotated[str, BeforeValidator(typed_line), Reference("members"), ANY_TEXT]


InPicture = Annotated[
    str,
    BeforeValidator(typed_values.in_picture),
    Reference("members", also=(NOBODY,), called=(NOBODY_CALLED,)),
    ANY_TEXT,
]
"""Somebody who can be recognised in a picture, or that nobody can."""
CaseId = Annotated[str, BeforeValidator(typed_line), Reference("cases"), ANY_TEXT]
HolderId = Annotated[
    str,
    BeforeValidator(typed_line),
    Reference("members", also=("branch",), others=("crews",)),
    ANY_TEXT,
]
