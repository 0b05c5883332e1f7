"""A small valid site as a dict of files, to be written, broken and checked by tests."""

from __future__ import annotations

import datetime
import functools
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from boards.amend import AmendFault, Edit, amended
from boards.board.board import Approval, Board
from boards.board.load import load
from boards.check import check_folders
from boards.errors import Problem
from boards.records.schema import as_typed

TODAY = datetime.date(2026, 11, 23)
"""The day that every test lives on, in its own process and in those that it starts."""


def noon(day: datetime.date) -> str:
    """What SOURCE_DATE_EPOCH says on a day."""
    middle = datetime.datetime.combine(day, datetime.time(12), datetime.UTC)
    return str(int(middle.timestamp()))


_PUBLISHED = """\
    audience: public
    source: people
    as_of: 2019-08
    review:
      basis: published
"""
_APPROVED = """\
    source: ledger
    review:
      proposed_by: 张内勤
      checked_by: 李宣传
      approved_by: 支部书记
      approved_on: 2019-07-05
"""
AGREED = """\
    consent:
      site: true
      print: true
      share: true
      date: 2019-01-01
"""
"""What 王伟 has agreed to: his talk may be read."""


def _zone(zone: str, name: str, character: str, tag: str, roles: str) -> str:
    return (
        f"  - id: {zone}\n    name: {name}责任区\n    character: {character}\n    tag: {tag}\n"
        f"    summary: 这个区管{name}。\n    meeting_input: {name}效果\n    roles:\n"
        + "".join(
            f"      - id: {role.split('/')[0]}\n        name: {role.split('/')[1]}\n"
            f"        does: 带头把事情做到现场。\n"
            for role in roles.split()
        )
        + _PUBLISHED
    )


TYPED: dict[str, str | bytes] = {
    "data/branch.yml": f"""\
branch:
  id: er-qu
  name: 综采二区党支部
  unit: 综采二区
  mine: 朱仙庄矿
  group: 淮北矿业集团
  brand: 四区联动党旗红
  brand_short: 四区联动
  motto: 围绕中心抓党建
  introduction: 综采二区党支部设四个责任区。
  member_count: 15
  linkage: 每季度开一次联动会议。
  audience: public
  source: people
  as_of: 2019-08
  review:
    basis: published

sources:
  - id: people
    type: published
    title: 综采二区党支部品牌案例
    publisher: 人民网
    date: 2019-08-19
    url: http://dangjian.people.com.cn/
  - id: ledger
    type: internal
    title: 支部台账

faces:
  - id: ii830
    name: Ⅱ830
  - id: 8103
    name: 8103

lessons:
  - id: centre
    title: 党建要做在中心工作里
    text: 党员的作用显在现场。
{_PUBLISHED}
quotes:
  - id: chief
    text: 现场有党员守着，心里就有底。
    role: 综采二区区长
{_PUBLISHED}
schema: 2
""",
    "data/zones.yml": "zones:\n"
    + _zone("thought", "思想", "思", "根本", "speaker/宣讲人 carer/暖心人 guardian/监护人")
    + _zone("safety", "安全", "安", "底线", "inspector/监察员 manager/管理员 instructor/教导员")
    + _zone("quality", "质量", "质", "关键", "designer/设计者 leader/引领者 gatekeeper/把关者")
    + _zone("production", "生产", "产", "重点", "organiser/组织官 supporter/保障官 executor/执行官")
    + f"""
practices:
  - id: mutual-check
    zone: quality
    role: gatekeeper
    name: 党员三步互查
    text: 检查自己的范围，也监督别人的范围。
    steps:
      - 班前安全确认
      - 班中走动式巡查
      - 班后质量验收
{_PUBLISHED}
areas:
  - id: face-upper
    zone: quality
    name: 工作面上段
    scope: 上端头至中部的支架
    members:
      - wang-wei
    duties:
      - 每班检查支架
    valid_from: 2019-01-01
{_APPROVED}
groups:
  - id: quality-group
    zone: quality
    name: 质量包保小组
    make_up: 区干党员和班长
    duties:
      - 分段包保施工质量
{_PUBLISHED}
counts:
  - id: spares
    zone: production
    name: 修旧利废
    unit: 件
""",
    "data/members.yml": f"""\
members:
  - id: zhu-jun-wen
    name: 祝君文
    standing: member
{_PUBLISHED}
  - id: wang-wei
    name: 王伟
    standing: member
    posts:
      - zone: quality
        role: gatekeeper
    groups:
      - quality-group
{AGREED}{_APPROVED}
  - id: sample-jia
    name: 党员甲
    standing: member
    sample: true
""",
    "data/honours.yml": f"""\
honours:
  - id: five-star-2016
    title: 五星红旗党支部
    holder: branch
    level: group
    year: 2016
{_PUBLISHED}
  - id: model-worker
    title: 集团公司劳模
    holder: zhu-jun-wen
    level: group
    year: 2015
{_PUBLISHED}""",
    "data/outcomes.yml": f"""\
outcomes:
  - id: attendance
    name: 职工日常出勤率
    zone: thought
    comparator: ">"
    value: 95
    unit: "%"
{_PUBLISHED}""",
    "data/coverage.yml": f"""\
crews:
  - id: mining-1
    name: 采煤一班
    strength: 20
    takers:
      - member: wang-wei
        heads: 12
      - member: zhu-jun-wen
        heads: 8
    as_of: 2019-06
{_APPROVED}""",
    "data/messages.yml": """\
messages:
  - date: 2019-06-24
    type: weather
    text: 今日多云，升井后先歇一歇。
    sample: true
kinds:
  - id: lesson
    name: 每日一学
""",
    "data/prints.yml": """\
prints:
  - poster: brand
    size: 80x120
    profile: wide-format
    version: 3F9A1C02
    printed_on: 2019-07-08
    place: 区队会议室
""",
    "data/keys.yml": """\
keys:
  - id: yi-qu
    name: 综采一区党支部
    public_key: A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg=
    added_on: 2019-07-01
""",
    "data/cases/fault-crossing.yml": """\
title: Ⅱ830工作面过断层
type: case
zone: quality
face: ii830
headline: 每班一量
summary: 每班测量支架落差。
background: 工作面倾角大。
challenge: 支架姿态难保持。
measures:
  - title: 每班测量
    text: 精度要求到毫米。
results: 落差有了数据。
lessons:
  - 量得出来，才管得住
people:
  - zhu-jun-wen
audience: public
source: people
as_of: 2019-08
review:
  basis: published
""",
    "data/quarters/2019-Q1.yml": """\
meeting:
  date: 2019-04-03
  place: 区队会议室
results:
  - zone: thought
    score: 92
    summary: 宣讲接得上现场。
  - zone: safety
    score: 96
    summary: 隐患全部闭合。
  - zone: quality
    score: 90
    summary: 互查做得细。
  - zone: production
    score: 91
    summary: 任务分解到班。
star:
  member: wang-wei
  citation: 每班先走一遍工作面。
excellent_zone:
  zone: safety
  citation: 隐患全部闭合。
talks:
  - date: 2019-04-12
    member: wang-wei
    zone: quality
    title: 台账要跟到闭合
    text: 写完还要去看。
source: ledger
review:
  proposed_by: 张内勤
  checked_by: 李宣传
  approved_by: 支部书记
  approved_on: 2019-04-08
""",
    "data/months/2019-01.yml": """\
safety:
  reports_due: 60
  reports_done: 58
  suggestions_due: 15
  suggestions_done: 15
  hazards_found: 46
  hazards_closed: 46
  violations: 6
activities:
  - date: 2019-01-08
    zone: thought
    type: talk
    topic: 怎样干好每一班
    occasion: 班前会
    speaker: sample-jia
sample: true
""",
    "content/about.md": """\
---
title: 关于四区联动党旗红
type: about
summary: 四个责任区怎样联动。
audience: public
source: people
as_of: 2019-08
review:
  basis: published
---

## 我们是谁

综采二区党支部是采煤一线的区队支部。
""",
    "mkdocs.yml": (Path(__file__).parents[2] / "mkdocs.yml").read_bytes(),
}
"""A site as somebody types it: two real people, a sample one, one of everything else."""


LEFT = (
    "Thumbs.db", "desktop.ini", "$RECYCLE.BIN/S-1-5/x.html", "System Volume Information/x",
    "aspnet_client/system_web/x.js", ".DS_Store", "._index.html", "__MACOSX/._x", ".Trashes/501/x",
    "@eaDir/index.html@SynoEAStream", "@eaDir/about.md/SYNO@.fileindexdb",
    "@eaDir/members.yml/SYNO@.fileindexdb", "@eaDir/han.jpg/SYNOPHOTO_THUMB_M.jpg",
    "#recycle/x.html", ".@__thumb/default.jpg", "~$通知.docx", ".~lock.通知.odt#",
    ".~台账.xlsx", "~WRL0001.tmp", ".nfs0001", ".stfolder/x", ".syncthing.index.html.tmp",
    ".Trash-1000/files/x", "lost+found/x",
)  # fmt: skip
"""What systems, network storage and office programs leave in any folder by themselves."""


def write_tree(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files below `root`; text becomes UTF-8 with the line ends it has."""
    for name, content in files.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


def settle(root: Path) -> Path:
    """Take the digest of whatever claims an approval, as `boards approve` would; gives `root`.

    A file with errors stays as it is. Two records of a file may not carry the same digest.
    """
    board = read_board(root)
    grouped: dict[str, list[Edit]] = {}
    for record in board.records():
        path, review = board.origins[(record.table, record.id)].path, record.review
        if review and board.approval(record) is Approval.CHANGED:
            file, old = root / path, str(review.approved_content).encode()
            file.write_bytes(file.read_bytes().replace(old, board.seal(record).encode()))
        elif board.approval(record) is Approval.UNSEALED:
            typed = as_typed(review)
            assert isinstance(typed, dict)
            noted = {"review": {**typed, "approved_content": board.seal(record)}}
            grouped.setdefault(path, []).append(Edit(record.table, record.id, noted))
    board = read_board(root)
    for edits in grouped.values():
        with suppress(AmendFault):
            for file, content in amended(board, root, edits).items():
                assert content is not None
                file.write_bytes(content)
    return root


@functools.cache
def _settled(files: frozenset[tuple[str, str | bytes]]) -> Mapping[str, str | bytes]:
    with tempfile.TemporaryDirectory() as folder:
        root = settle(write_tree(Path(folder), dict(files)))
        made = {name: (root / name).read_bytes() for name, _ in files}
    return {name: made[name].decode() if isinstance(c, str) else made[name] for name, c in files}


def settled(files: Mapping[str, str | bytes]) -> dict[str, str | bytes]:
    """The same files with a digest in every approval."""
    made = _settled(frozenset(files.items()))
    return {name: made[name] for name in files}


def changed(name: str, old: str, new: str) -> dict[str, str | bytes]:
    """MINIMAL with `old` replaced in one file, where it must occur exactly once, and approved."""
    text = TYPED[name]
    assert isinstance(text, str)
    assert text.count(old) == 1, f"{old!r} occurs {text.count(old)} times in {name}"
    if old in str(MINIMAL[name]):  # a file with errors would not be settled
        text = str(MINIMAL[name])
    return settled({**MINIMAL, name: text.replace(old, new)})


def wang_wei(fields: str) -> dict[str, str | bytes]:
    """MINIMAL with other fields of 王伟 than his consent."""
    return changed("data/members.yml", AGREED, fields)


def without(*names: str) -> dict[str, str | bytes]:
    """MINIMAL without some files."""
    return {name: text for name, text in MINIMAL.items() if name not in names}


def read_board(root: Path) -> Board:
    """The board of a tree, whatever is wrong with it."""
    return load(root / "data", root / "content")[0]


def check_tree(root: Path, today: datetime.date = TODAY) -> list[Problem]:
    """Every problem `boards check` would print, in its order."""
    return check_folders(root / "data", root / "content", today)[1]


def report(problems: list[Problem]) -> str:
    """The problems as `boards check` prints them."""
    return "".join(f"{problem.as_text()}\n" for problem in problems)


MINIMAL = settled(TYPED)
"""The same, approved: a site without errors or notices."""
