"""A site with a token in every field, record and file that somebody may not see.

Which fields those are is asked of the schema, so that a new one is covered on the day it is added.
"""

from __future__ import annotations

import base64
import copy
import datetime
import importlib.util
import itertools
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

from cryptography.hazmat.primitives.serialization import load_pem_private_key
from pydantic import BaseModel, TypeAdapter, ValidationError

from boards.board.board import MODELS
from boards.board.folder import FILES, FOLDERS, KEY_FILE
from boards.build import build
from boards.check import check_folders
from boards.editions.edition import Edition, EditionName
from boards.errors import errors_in
from boards.formats import KINDS as KINDS_OF_POSTERS
from boards.formats import known_size
from boards.packs.keys import make_key
from boards.packs.record import to_yaml
from boards.packs.share import make_pack, shared_of, write
from boards.posters.deliver import deliver, deliver_all
from boards.posters.room import A4, posters_of
from boards.posters.workshop import workshop
from boards.records import Audience, Profile, Record
from boards.records.schema import FieldSpec, specs
from boards.records.shared import SharedSection
from boards.yaml.source import parse_yaml
from dirty_photos import KINDS
from helpers import MINIMAL, TODAY, settle
from leaks import Search, word
from packs import write_up

ROOMS = ("preview", "preview-paper", "publish", "publish-paper", "sister-units", "public")
"""Where things are put out: two editions, their posters, packs for two circles."""
SITES, PAPER = ("preview", "publish"), ("preview-paper", "publish-paper")
PACKS = ("sister-units", "public")
INTERNAL = ("prints", "keys")
"""Tables that are no claims and stand on no page whatever their fields' audience."""
ONE_ONLY = ("branches", "zones")
"""Tables of which the rules want an exact number, so that no record can be added."""
_NOT_TYPED = {"id", "file", "url", "audience", "character", "tag", "poster", "size", "version"}


@dataclass(frozen=True)
class Planted:
    """A token: where it was typed, and where it may be read."""

    where: str
    seen_in: frozenset[str] = frozenset()


@dataclass
class Garden:
    """All tokens of a site."""

    tokens: dict[str, Planted] = field(default_factory=dict)
    fields: set[tuple[type[BaseModel], str]] = field(default_factory=set)
    """The narrow fields that hold one."""
    needles: dict[str, bytes] = field(default_factory=dict)
    """Bytes, by what they are, that may stand nowhere."""
    photos: dict[str, Planted] = field(default_factory=dict)
    """Photos by their file."""

    def token(self, where: str, seen_in: frozenset[str] = frozenset()) -> str:
        """A new token."""
        made = word(len(self.tokens))
        self.tokens[made] = Planted(where, seen_in)
        return made

    def day(self, where: str, seen_in: frozenset[str]) -> str:
        """A new day that nothing else happens on, later than no other."""
        day = datetime.date(1931, 1, 1) + datetime.timedelta(days=len(self.tokens))
        self.tokens[day.isoformat()] = Planted(where, seen_in)
        return day.isoformat()


def rooms_of(audience: Audience, *, real: bool = True) -> frozenset[str]:
    """Where something may be read; what is a sample or not approved only in the preview."""
    sites = {"preview", "preview-paper", *(("publish", "publish-paper") if real else ())}
    circles = {
        Audience.INTRANET: sites,
        Audience.SISTER_UNITS: {"sister-units"} if real else set(),
        Audience.PUBLIC: {"public"} if real else set(),
    }
    return frozenset().union(*(r for circle, r in circles.items() if audience.reaches(circle)))


def narrower(one: Audience, other: Audience) -> Audience:
    """The narrower of two circles."""
    return other if one.reaches(other) else one


def plant_fields(
    garden: Garden,
    model: type[BaseModel],
    row: dict[str, Any],
    where: str,
    circle: Audience,
    *,
    real: bool = True,
) -> None:
    """Fill every field of a record that is narrower than public, nested ones included."""
    for spec in specs(model).values():
        audience = narrower(spec.audience, circle)
        path = f"{where}/{spec.name}"
        if spec.audience is not Audience.PUBLIC and spec.model:
            if spec.name in row:
                inner = row[spec.name]
                for number, item in enumerate(inner if isinstance(inner, list) else [inner]):
                    rooms = rooms_of(audience, real=real)
                    _plant_group(garden, spec.model, item, f"{path}/{number}", rooms)
                garden.fields.add((model, spec.name))
        elif spec.audience is not Audience.PUBLIC:
            row[spec.name] = _filling(garden, model, spec, path, rooms_of(audience, real=real))
            garden.fields.add((model, spec.name))
        elif spec.model and spec.name in row:
            inner = row[spec.name]
            for number, item in enumerate(inner if isinstance(inner, list) else [inner]):
                plant_fields(garden, spec.model, item, f"{path}/{number}", audience, real=real)


def _plant_group(
    garden: Garden, model: type[BaseModel], row: dict[str, Any], where: str, rooms: frozenset[str]
) -> None:
    """Fill a group of fields that is narrow as a whole; a flag tells nothing by itself."""
    for spec in specs(model).values():
        if spec.name in row and row[spec.name] not in ("true", "false"):
            row[spec.name] = _filling(garden, model, spec, f"{where}/{spec.name}", rooms)


def _filling(
    garden: Garden, model: type[BaseModel], spec: FieldSpec, where: str, rooms: frozenset[str]
) -> Any:
    """Whatever of a line, a list of lines or a day the field takes."""
    info = model.model_fields[spec.name]
    adapter: TypeAdapter[Any] = TypeAdapter(
        Annotated[info.annotation, *info.metadata] if info.metadata else info.annotation
    )
    makings: tuple[Callable[[], Any], ...] = (
        lambda: garden.token(where, rooms),
        lambda: [garden.token(where, rooms)],
        lambda: garden.day(where, rooms),
    )
    for sample, making in zip(("zq", ("zq",), "1931-01-01"), makings, strict=True):
        try:
            adapter.validate_python(sample)
        except ValidationError:
            continue
        return making()
    raise AssertionError(f"teach tests/support/canary.py what to type into {where}")


def plant_texts(
    garden: Garden, model: type[BaseModel], row: dict[str, Any], where: str, rooms: frozenset[str]
) -> None:
    """Put a token into the place of every text that is typed in a record."""
    for spec in specs(model).values():
        value = row.get(spec.name)
        path = f"{where}/{spec.name}"
        if value is None or spec.reference or spec.name in _NOT_TYPED or spec.name == "role":
            continue
        if spec.model:
            for number, item in enumerate(value if isinstance(value, list) else [value]):
                plant_texts(garden, spec.model, item, f"{path}/{number}", rooms)
        elif isinstance(value, list):
            row[spec.name] = [garden.token(f"{path}/{n}", rooms) for n in range(len(value))]
        elif is_text(model, spec.name):
            row[spec.name] = garden.token(path, rooms)


def is_text(model: type[BaseModel], name: str) -> bool:
    """Whether a field takes any line of text."""
    info = model.model_fields[name]
    try:
        TypeAdapter(
            Annotated[info.annotation, *info.metadata] if info.metadata else info.annotation
        ).validate_python("zq")
    except ValidationError:
        return False
    return True


def read_minimal() -> dict[str, Any]:
    """MINIMAL as plain values by file; articles with their body as a field."""
    found = {}
    for name, text in MINIMAL.items():
        if name == "mkdocs.yml":
            continue
        assert isinstance(text, str)
        if name.endswith(".md"):
            _, front, body = text.split("---\n", 2)
        root = parse_yaml(front if name.endswith(".md") else text, name).root
        assert root
        found[name] = root.plain()
        if name.endswith(".md"):
            found[name]["body"] = body.strip()
    return found


def _rows(files: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every record: its table, where it stands, its fields."""
    for name, content in files.items():
        kind = Path(name).parts[1]
        if name.startswith("content/"):
            yield "articles", name, content
        elif kind in FOLDERS:
            yield kind, name, content
        else:
            for key in FILES[kind]:
                table = "branches" if key == "branch" else key
                rows = content.get(key, [])
                for row in [rows] if isinstance(rows, dict) else rows:
                    yield table, f"{name}/{row.get('id', row.get('poster'))}", row


CONSENT_ALL = {"site": "true", "print": "true", "share": "true", "date": "2019-01-01"}
CONSENT_SITE = {**CONSENT_ALL, "print": "false", "share": "false"}
FULL_MEMBER = {"standing": "member", "audience": "public", "source": "people", "as_of": "2019-08"}


def _people(garden: Garden, files: dict[str, Any]) -> None:
    """Members with photos: agreed to, agreed to for the site alone, not agreed to, gone."""
    everywhere = rooms_of(Audience.INTRANET)
    members = files["data/members.yml"]["members"]
    by_id = {row["id"]: row for row in members}
    by_id["wang-wei"] |= {"audience": "public", "job": "采煤机司机", "pledge": "工作做在前。"}
    cases = [
        ("wang-wei", CONSENT_ALL, None, everywhere),
        ("zhu-jun-wen", None, None, frozenset()),
        ("on-site-only", CONSENT_SITE, None, frozenset(SITES)),
        ("gone", CONSENT_ALL, "2019-08-01", frozenset()),
    ]
    for member, consent, left_on, seen_in in cases:
        if member not in by_id:
            members.append({"id": member, "name": garden.token(f"{member}/name", everywhere)})
            by_id[member] = members[-1] | FULL_MEMBER
            members[-1] |= FULL_MEMBER
        row = next(row for row in members if row["id"] == member)
        row["photo"] = {
            "file": f"media/{member}.jpg",
            "alt": garden.token(f"{member}/photo/alt", seen_in & set(SITES)),
        }
        if consent:
            row["consent"] = dict(consent)
        if left_on:
            row["left_on"] = left_on
        garden.photos[row["photo"]["file"]] = Planted(member, seen_in)


def _controls(garden: Garden, files: dict[str, Any]) -> None:
    """Records that everybody, or every sister unit, may read: their tokens must be found."""
    case, zones = files["data/cases/fault-crossing.yml"], files["data/zones.yml"]
    for name, table, row, audience in (
        ("case", "cases", case, Audience.PUBLIC),
        ("practice", "practices", zones["practices"][0], Audience.PUBLIC),
        ("quarter", "quarters", files["data/quarters/2019-Q1.yml"], Audience.SISTER_UNITS),
        ("outcome", "outcomes", files["data/outcomes.yml"]["outcomes"][0], Audience.INTRANET),
    ):
        plant_texts(garden, MODELS[table], row, name, rooms_of(audience))
    wang_wei = next(r for r in files["data/members.yml"]["members"] if r["id"] == "wang-wei")
    wang_wei["job"] = garden.token("member/job", frozenset(ROOMS))


def _twins(garden: Garden, files: dict[str, Any]) -> None:
    """Beside each record, one for the branch, one for the mine, a sample, one not approved."""
    number = itertools.count(1)
    first: dict[str, tuple[str, str, dict[str, Any]]] = {}
    for found in _rows(files):
        first.setdefault(found[0], found)
    for table, found in first.items():
        if table not in ONE_ONLY and issubclass(MODELS[table], Record):
            for kind in TWINS:
                _twin(garden, files, found, kind, next(number))


TWINS = ("branch", "intranet", "sample", "unapproved")


def _twin(
    garden: Garden,
    files: dict[str, Any],
    model_row: tuple[str, str, dict[str, Any]],
    kind: str,
    number: int,
) -> None:
    table, where, row = model_row
    twin = copy.deepcopy(row)
    circle = Audience(kind) if kind in ("branch", "intranet") else Audience.PUBLIC
    rooms = rooms_of(circle, real=kind not in ("sample", "unapproved"))
    place = f"{where}#{kind}"
    twin |= {"audience": str(circle), "source": f"source-of-{kind}", "as_of": "2019-08"}
    twin["review"] = {}
    twin.pop("sample", None)
    twin.pop("photo", None)
    plant_texts(garden, MODELS[table], twin, place, rooms)
    plant_fields(garden, MODELS[table], twin, place, circle, real=kind in ("branch", "intranet"))
    if kind == "unapproved":
        twin["review"].pop("approved_by")
    if kind == "sample":
        twin["sample"] = "true"
    folder = str(Path(where).parent)
    if table in ("quarters", "months"):
        name = f"2018-Q{number % 4 + 1}" if table == "quarters" else f"2018-{number % 12 + 1:02}"
        for activity in twin.get("activities", []):
            activity["date"] = f"{name}-08"
            activity.pop("speaker", None)
        files[f"{folder}/{name}.yml"] = twin
    elif table in ("cases", "articles"):
        if table == "articles":
            twin |= {"type": "write-up", "case": "fault-crossing"}
        files[f"{folder}/{garden.token(f'{place}/id', rooms)}{Path(where).suffix}"] = twin
    else:
        if table == "messages":
            twin["date"] = f"2019-06-{number % 28 + 1:02}"
        else:
            twin["id"] = garden.token(f"{place}/id", rooms)
        files[str(Path(where).parent)][table].append(twin)


def _sources(garden: Garden, files: dict[str, Any]) -> None:
    """A source that only twins of one kind rest on is no more to be seen than they are."""
    for kind, audience in (
        ("branch", Audience.BRANCH),
        ("intranet", Audience.INTRANET),
        ("sample", Audience.PUBLIC),
        ("unapproved", Audience.PUBLIC),
    ):
        rooms = rooms_of(audience, real=kind not in ("sample", "unapproved"))
        title = garden.token(f"sources/{kind}", rooms)
        row = {"id": f"source-of-{kind}", "type": "internal", "title": title}
        files["data/branch.yml"]["sources"].append(row)


HAS_HEIF = importlib.util.find_spec("pillow_heif") is not None
FIGURES = ("figure.jpg", "figure.png", "figure.webp", *(("figure.heic",) if HAS_HEIF else ()))


def make_site(root: Path) -> Garden:
    """Write the site into `root`."""
    garden = Garden()
    files = read_minimal()
    files["data/quarters/2019-Q1.yml"]["audience"] = "sister-units"
    case = files["data/cases/fault-crossing.yml"]
    words = {"alt": "量落差", "caption": "现场", "credit": "张宣传"}
    case["figures"] = [{**words, "file": f"media/{name}", "people": ["nobody"]} for name in FIGURES]
    files["data/branch.yml"]["branch"]["posters"] = {"contact": "内勤"}
    _people(garden, files)
    _controls(garden, files)
    for name in FIGURES:
        garden.photos[f"media/{name}"] = Planted("case", frozenset(ROOMS))
    _twins(garden, files)
    _sources(garden, files)
    for table, where, row in _rows(files):
        model = MODELS[table]
        if table in INTERNAL:
            plant_texts(garden, model, row, where, frozenset())
        elif issubclass(model, Record) and "#" not in where and "source-of-" not in str(row):
            row.setdefault("source", "ledger")
            row["review"] = {}
            circle = Audience(row.get("audience", "intranet"))
            plant_fields(garden, model, row, where, circle, real="sample" not in row)
    numbers = itertools.count()
    for _, _, row in _rows(files):
        if "review" in row:
            row["review"]["approved_content"] = f"{next(numbers):016x}"  # of the record's own
    _write(garden, root, files)
    settle(root)
    _strays(garden, root)
    return garden


def _write(garden: Garden, root: Path, files: dict[str, Any]) -> None:
    """The files as JSON, which YAML can read, each with a comment."""
    for name, content in files.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        note = f"# {garden.token(f'{name}: comment')}\n"
        body = content.pop("body", "") if name.startswith("content/") else None
        text = note + json.dumps(content, ensure_ascii=False, indent=1)
        if body is not None:
            text = f"---\n{text}\n---\n\n{body}\n"
        file.write_text(text, encoding="utf-8")
    site = MINIMAL["mkdocs.yml"]
    assert isinstance(site, bytes)
    (root / "mkdocs.yml").write_bytes(site + f"# {garden.token('mkdocs.yml')}\n".encode())
    for number, name in enumerate(garden.photos):
        photo = root / "data" / name
        photo.parent.mkdir(parents=True, exist_ok=True)

        def note(kind: str, name: str = name) -> str:
            return garden.token(f"{name}: {kind}")

        photo.write_bytes(KINDS[photo.suffix](note, number))
    _received(garden, root)


def _received(garden: Garden, root: Path) -> None:
    """A write-up that another unit gave to its sister units, with something lying beside it."""
    rooms = rooms_of(Audience.SISTER_UNITS)
    shared = write_up().model_copy(
        update={
            "key": "case-far",
            "unit": write_up().unit.model_copy(update={"id": "yi-qu", "name": "综采一区党支部"}),
            "title": garden.token("received/title", rooms),
            "sections": (SharedSection(title="做法", text=garden.token("received/text", rooms)),),
            "figures": (),
        }
    )
    folder = root / "data" / "received" / "yi-qu" / "case-far"
    folder.mkdir(parents=True)
    comment = f"# {garden.token('received: comment')}\n"
    (folder / "record.yml").write_bytes(comment.encode() + to_yaml(shared))
    (folder / "notes.txt").write_text(garden.token("received: stray"), encoding="utf-8")


STRAYS = (
    "notes.txt", "名单.xlsx", "content/notes.txt", "content/~$名单.xlsx", "content/about.md.bak",
    "content/.about.md", "content/page.html", "content/assets/script.js", "content/style.css",
    "content/photo.jpg", "data/notes.txt", "data/schema/members.json", "data/fonts/readme.txt",
    "data/media/unused.jpg", "data/media/notes.txt", "data/received/yi-qu/notes.txt",
    "keys/notes.txt", ".boards/notes.txt", ".boards/posters/old.pdf", ".boards/posters/old.png",
    ".boards/media/old.jpg", ".boards/packs/old/case.docx",
)  # fmt: skip


def _strays(garden: Garden, root: Path) -> None:
    """Files that lie about, each with a token in it and one in a copy's name; the private key."""
    for name in STRAYS:
        stem = ("." * Path(name).name.startswith(".")) + garden.token(f"name of {name}")
        for file in (root / name, root / Path(name).with_name(f"{stem}{Path(name).suffix}")):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(garden.token(name), encoding="utf-8")
    make_key(root)
    pem = (root / KEY_FILE).read_bytes()
    garden.needles["private key"] = pem.splitlines()[1]
    private = load_pem_private_key(pem, None)
    garden.needles["private key, raw"] = private.private_bytes_raw()  # type: ignore[union-attr]
    garden.needles["public key"] = base64.b64encode(private.public_key().public_bytes_raw())  # type: ignore[union-attr]


@dataclass(frozen=True)
class PutOut:
    """A site full of tokens, and all that was made of it, searched."""

    root: Path
    garden: Garden
    search: Search


def make_everything(root: Path) -> PutOut:
    """Both editions, posters for every way of printing, packs for both circles and scripts."""
    garden = make_site(root)
    board, problems = check_folders(root / "data", root / "content", TODAY)
    assert not errors_in(problems), errors_in(problems)
    search = Search(garden.needles)
    for name in EditionName:
        edition = Edition(name, TODAY)
        target = build(root, edition).target
        on_paper = root / f"{name}-paper"
        deliver_all(board, edition, on_paper)
        prepared, posters = posters_of(board, edition)
        shop = workshop(prepared)
        for kind in {poster.kind: poster for poster in reversed(posters)}.values():
            if KINDS_OF_POSTERS[kind.kind].comes_in(A4) and kind.kind in PRINTED:
                for profile in (Profile.OFFSET, Profile.WIDE_FORMAT):
                    deliver(shop, kind, A4, profile, A4, on_paper)
                deliver(shop, kind, known_size("A3"), Profile.TILED, A4, on_paper)
        for file in sorted(target.rglob("*")):
            if file.is_file():
                search.read(_room(name, file.relative_to(target)), target, [file])
        search.read(f"{name}-paper", on_paper, _files(on_paper))
    edition = Edition(EditionName.PUBLISH, TODAY)
    for circle in (Audience.SISTER_UNITS, Audience.PUBLIC):
        folder = root / f"packs-{circle}"
        for shared in shared_of(board, edition, circle):
            for traditional in (False, True):
                pack = make_pack(workshop(board), board, shared, root, traditional=traditional)
                write(pack, folder)
        search.read(str(circle), folder, _files(folder))
    return PutOut(root, garden, search)


PRINTED = ("case", "star", "plate")
"""Kinds that are made in every way of printing, not for office printers alone."""
_PACK_FILES = (".docx", ".pdf", ".zip")


def _room(edition: EditionName, file: Path) -> str:
    """Who can see a file of a site: posters and packs lie in it too."""
    if file.parts[0] == "posters" and file.suffix in (".pdf", ".png"):
        return f"{edition}-paper"
    is_pack = file.parts[0] == "exchange" and (file.suffix in _PACK_FILES or "-" in file.stem)
    return str(Audience.SISTER_UNITS) if is_pack and "yi-qu" not in file.name else str(edition)


def _files(folder: Path) -> list[Path]:
    return sorted(file for file in folder.rglob("*") if file.is_file())
