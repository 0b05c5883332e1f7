"""Whether records that name each other agree, and whether each says where it comes from."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from boards.board.board import ANY_ID, Board
from boards.board.folder import FOLDERS
from boards.errors import Cure, Named, Place, Problem, Remove, Set, listing, nearest
from boards.records import ZONE_IDS, Keyed, Record
from boards.records.declared import Reference
from boards.records.schema import REMEMBERED, Leaf, leaves


def branch(board: Board) -> Iterator[Problem]:
    """There is exactly one branch."""
    if not board.branches and all(table != "branches" for table, _ in board.broken):
        place = Place(f"{board.data.name}/branch.yml")
        hint = "在文件开头写 branch:，下面缩进两格写支部名称等内容"
        yield Problem(place, "没有支部这一部分（branch）", hint)


def zones(board: Board) -> Iterator[Problem]:
    """There are exactly the four zones."""
    for zone in board.zones.values():
        if zone.id not in ZONE_IDS:
            guess = nearest(zone.id, ZONE_IDS)
            hint = f"改成 {guess}" if guess else f"只能是 {listing(ZONE_IDS)}"
            yield board.problem(zone, ("id",), f"“{zone.id}”不是{board.words.zones}之一", hint)
    meant = {nearest(zone_id, ZONE_IDS) for zone_id in board.zones}
    missing = [name for name in ZONE_IDS if name not in meant]
    missing = [name for name in missing if not _is_unreadable(board, "zones", name)]
    if missing:
        place = Place(f"{board.data.name}/zones.yml")
        found = f"{board.words.zones}缺少 {listing(missing)}"
        yield Problem(place, found, "在 zones 里补上这个责任区")


def _is_unreadable(board: Board, table: str, record_id: str) -> bool:
    """Whether a missing record was typed, or may have been, but could not be read."""
    return (table, record_id) in board.broken or (table, ANY_ID) in board.broken


def references(board: Board) -> Iterator[Problem]:
    """Every id that is named exists, and nothing real leans on a sample."""
    there: dict[Reference, Mapping[str, Keyed]] = {}
    for row in board.everything():
        for leaf in _leaning(row):
            assert leaf.reference
            if leaf.reference not in there:
                there[leaf.reference] = board.nameable(leaf.reference)
            target = there[leaf.reference].get(leaf.value)
            yield from _reference(board, row, leaf, target)


@functools.lru_cache(REMEMBERED)
def _leaning(row: Keyed) -> tuple[Leaf, ...]:
    """The places where a record names another."""
    found = (leaf for leaf in leaves(row) if leaf.reference)
    return tuple(leaf for leaf in found if leaf.reference and leaf.value not in leaf.reference.also)


def _reference(board: Board, row: Keyed, leaf: Leaf, target: Keyed | None) -> Iterator[Problem]:
    assert leaf.reference
    if target is None:
        a_zone = leaf.reference.table == "zones" and leaf.value in ZONE_IDS  # see `zones`
        unread = any(_is_unreadable(board, name, leaf.value) for name in leaf.reference.tables)
        if not a_zone and not unread:
            hint = _or_it_goes_too(board, row, _meant(board, leaf))
            yield board.problem(row, leaf.path, f"找不到编号“{leaf.value}”", hint)
        return
    real = isinstance(row, Record) and not row.sample
    if real and isinstance(target, Record) and target.sample:
        found = f"真实记录引用了示例“{target.title_text}”"
        cure = ("引用真实记录；或者这条也是示例，就", Set("sample", "true"))
        yield board.problem(row, leaf.path, found, cure)


class _Meant(NamedTuple):
    """What to do about an id that does not exist."""

    hint: str
    is_there: bool = False
    """Whether several records are called so, of which one is meant."""
    is_guess: bool = False


def _or_it_goes_too(board: Board, row: Keyed, meant: _Meant) -> str:
    """What to do with a sample, or with an article on something, where that was removed already."""
    otherwise = meant.hint
    is_sample = getattr(row, "sample", False)
    if meant.is_there or not (is_sample or row.table == "articles"):
        return otherwise
    origin = board.origins.get((row.table, row.id))
    alone = row.table == "articles" or row.table in FOLDERS
    gone = f"把{f'文件 {origin.path} ' if origin and alone else '这一条'}也删掉"
    if not is_sample:
        return f"{otherwise}；那条不要了的话，{gone}"
    gone += "；示例一次删完用 boards samples remove"
    if meant.is_guess:
        return f"{otherwise}；那条示例已经删了的话，{gone}"
    return f"这是示例，它引用的那条已经没有了：{gone}"


def _meant(board: Board, leaf: Leaf) -> _Meant:
    assert leaf.reference
    table = board.nameable(leaf.reference)
    own = next((branch.name for branch in board.branches.values()), "branch")
    ready = leaf.reference.names(own)
    choices = {word: word for word in ready} | {name: word for word, name in ready.items()}
    for key, row in table.items():
        choices[key] = key
        choices[row.title_text] = key
    namesakes = [key for key, row in table.items() if row.title_text == leaf.value]
    guess = choices.get(leaf.value) or choices.get(nearest(leaf.value, choices) or "")
    called = table[guess].title_text if guess in table else ready.get(guess or "")
    label = f"（{called}）" if called and called != guess else ""
    if len(namesakes) > 1:
        return _Meant(f"叫这个名称的有 {listing(namesakes)}，写其中一个编号", is_there=True)
    if guess:
        return _Meant(f"改成 {guess}{label}", is_guess=True)
    if choices:
        return _Meant(f"可用的编号：{listing([*leaf.reference.also, *table])}；或先登记这一条")
    return _Meant("先登记被引用的记录")


def roles(board: Board) -> Iterator[Problem]:
    """Every role that is named exists in its zone."""
    uses = [
        *((row, ("role",), row.zone, row.role) for row in board.practices.values()),
        *(
            (row, ("posts", number, "role"), post.zone, post.role)
            for row in board.members.values()
            for number, post in enumerate(row.posts)
        ),
    ]
    for row, path, zone_id, role_id in uses:
        zone = board.zones.get(zone_id)
        roles = {role.id: role.name for role in zone.roles} if zone else {}
        if roles and role_id not in roles:
            by_name = {name: key for key, name in roles.items()}
            guess = by_name.get(role_id) or nearest(role_id, roles)
            options = listing([f"{key}（{name}）" for key, name in roles.items()])
            hint = f"改成 {guess}（{roles[guess]}）" if guess else f"可选：{options}"
            assert zone
            yield board.problem(row, path, f"{zone.name}没有岗位“{role_id}”", hint)


def sources(board: Board) -> Iterator[Problem]:
    """Real records say where they come from; a published source is complete."""
    for source in board.sources.values():
        if source.type == "published" and not source.is_published:
            needed = ("补上", Named("publisher"), "、", Named("date"), "、", Named("url"))
            cure: Cure = (needed, "；查不到网址就", Set("type", "internal"))
            yield board.problem(source, (), "公开发表的出处要写明单位、日期和网址", cure)
    for record in board.records():
        if not record.sample and record.source is None:
            named = ("补上", Named("source", ids="branch.yml 里 sources"))
            cure = (named, "；虚构的示例", Set("sample", "true"))
            yield board.problem(record, (), "没有写出处", cure)
        if record.review and record.review.basis == "published":
            source_row = board.sources.get(record.source or "")
            if source_row and source_row.type == "internal":
                revoked = Remove("basis", "published")
                cure = ("走四步审批，", revoked, "；或改用公开发表的出处")
                found = f"出处“{source_row.title}”没有公开发表，不能代替审批"
                yield board.problem(record, ("review", "basis"), found, cure)
