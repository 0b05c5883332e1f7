"""The rules across records: what must agree before anything is shown."""

from __future__ import annotations

import datetime
import itertools
import re
from collections import Counter
from collections.abc import Iterator

from boards.board import Board
from boards.errors import Place, Problem, Severity, listing, nearest
from boards.lint import lint
from boards.records import ZONE_IDS, Honour, Keyed, Member, Outcome, PartialDate, Record
from boards.records.schema import Leaf, leaves

_NOTICE = Severity.NOTICE


def check(board: Board, today: datetime.date) -> list[Problem]:
    """Every problem between the records of `board`, as of `today`."""
    if not board.branches:
        return []
    rules = (
        _zones(board),
        _references(board),
        _roles(board),
        _sources(board),
        _future(board, today),
        _people(board, today),
        _honours(board),
        _outcomes(board),
        _crews(board, today),
        _areas(board, today),
        _quarters(board),
        _months(board),
        _messages(board),
        lint(board, today),
    )
    return [problem for rule in rules for problem in rule]


def _zones(board: Board) -> Iterator[Problem]:
    for zone in board.zones.values():
        if zone.id not in ZONE_IDS:
            guess = nearest(zone.id, ZONE_IDS)
            hint = f"改成 {guess}" if guess else f"只能是 {listing(ZONE_IDS)}"
            yield board.problem(zone, ("id",), f"“{zone.id}”不是四大责任区之一", hint)
    lost = {record_id for table, record_id in board.broken if table == "zones"}
    missing = [name for name in ZONE_IDS if name not in board.zones and name not in lost]
    if missing:
        place = Place(f"{board.data.name}/zones.yml")
        found = f"四大责任区缺少 {listing(missing)}"
        yield Problem(place, found, "在 zones 里补上这个责任区")


def _references(board: Board) -> Iterator[Problem]:
    for row in board.everything():
        for leaf in leaves(row):
            if leaf.reference and leaf.value not in leaf.reference.also:
                yield from _reference(board, row, leaf)


def _reference(board: Board, row: Keyed, leaf: Leaf) -> Iterator[Problem]:
    assert leaf.reference
    table = board.table(leaf.reference.table)
    target = table.get(leaf.value)
    if target is None:
        if (leaf.reference.table, leaf.value) not in board.broken:
            yield board.problem(row, leaf.path, *_dangling(board, leaf))
        return
    real = isinstance(row, Record) and not row.sample
    if real and isinstance(target, Record) and target.sample:
        found = f"真实记录引用了示例“{target.title_text}”"
        hint = "引用真实记录；或者这条也是示例，就加上 sample: true"
        yield board.problem(row, leaf.path, found, hint)


def _dangling(board: Board, leaf: Leaf) -> tuple[str, str]:
    assert leaf.reference
    table = board.table(leaf.reference.table)
    choices = {**{word: word for word in leaf.reference.also}}
    for key, row in table.items():
        choices[key] = key
        choices[row.title_text] = key
    guess = choices.get(leaf.value) or choices.get(nearest(leaf.value, choices) or "")
    label = guess and guess in table and f"（{table[guess].title_text}）"
    if guess:
        hint = f"改成 {guess}{label or ''}"
    elif choices:
        hint = f"可用的编号：{listing([*leaf.reference.also, *table])}；或先登记这一条"
    else:
        hint = "先登记被引用的记录"
    return f"找不到编号“{leaf.value}”", hint


def _roles(board: Board) -> Iterator[Problem]:
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


def _sources(board: Board) -> Iterator[Problem]:
    for source in board.sources.values():
        if source.type == "published" and not source.is_published:
            hint = "补上 publisher、date、url；查不到网址就把 type 写成 internal"
            yield board.problem(source, (), "公开发表的出处要写明单位、日期和网址", hint)
    for record in board.records():
        if not record.sample and record.source is None:
            hint = "补上 source（branch.yml 里 sources 的编号）；虚构的示例写 sample: true"
            yield board.problem(record, (), "没有写出处 source", hint)
        if record.review and record.review.basis == "published":
            source_row = board.sources.get(record.source or "")
            if source_row and not source_row.is_published:
                hint = "走四步审批，删掉 basis: published；或改用公开发表的出处"
                found = f"出处“{source_row.title}”没有公开发表，不能代替审批"
                yield board.problem(record, ("review", "basis"), found, hint)


def _future(board: Board, today: datetime.date) -> Iterator[Problem]:
    for record in board.records():
        if record.as_of and record.as_of.last_day > _month_end(today):
            found = f"数据截至 {record.as_of}，比今天（{today}）还晚"
            yield board.problem(record, ("as_of",), found, "核对日期")
        approved = record.review.approved_on if record.review else None
        if approved and approved > today:
            found = f"审批日期 {approved} 比今天（{today}）还晚"
            yield board.problem(record, ("review", "approved_on"), found, "核对日期")


def _month_end(day: datetime.date) -> datetime.date:
    return PartialDate(day.year, day.month).last_day


def _people(board: Board, today: datetime.date) -> Iterator[Problem]:
    for member in board.members.values():
        if member.photo is None:
            continue
        if not (board.data / member.photo.file).is_file():
            near = [f"media/{file.name}" for file in (board.data / "media").glob("*")]
            guess = nearest(member.photo.file, near)
            hint = f"改成 {guess}" if guess else "把照片放进 data/media，或删掉 photo"
            found = f"找不到照片 {member.photo.file}"
            yield board.problem(member, ("photo", "file"), found, hint)
        if member.consent is None:
            hint = "取得本人同意后填写 consent；在此之前显示线描头像"
            yield board.problem(
                member, ("photo",), "没有肖像同意，照片不会显示", hint, severity=_NOTICE
            )
        elif member.consent.date > today:
            found = f"同意日期 {member.consent.date} 比今天（{today}）还晚"
            yield board.problem(member, ("consent", "date"), found, "核对日期")


def _honours(board: Board) -> Iterator[Problem]:
    for honour in board.honours.values():
        if honour.year is None:
            hint = "查到证书或文件后补上 year；在此之前页面写“年份待核”"
            yield board.problem(honour, (), "没有年度", hint, severity=_NOTICE)
    same = Counter(_honour_key(honour) for honour in board.honours.values())
    for honour in board.honours.values():
        if same[_honour_key(honour)] > 1 and honour.year:
            found = f"同一获得者同一年度的“{honour.title}”登记了 {same[_honour_key(honour)]} 次"
            yield board.problem(honour, ("title",), found, "只留一条")


def _honour_key(honour: Honour) -> tuple[str, str, int | None]:
    return honour.title, honour.holder, honour.year


def _outcomes(board: Board) -> Iterator[Problem]:
    for outcome in board.outcomes.values():
        if outcome.as_of is None:
            hint = "补上 as_of，例如 2019-08"
            yield board.problem(outcome, (), "成效没有写明截至日期 as_of", hint)
        if (outcome.value is None) == (outcome.statement is None):
            found = "数值和表述" + ("都没有写" if outcome.value is None else "写了两样")
            hint = "有数字写 value 和 unit，没有数字写 statement，二者取一"
            yield board.problem(outcome, (), found, hint)
        yield from _odd_unit(board, outcome)


def _odd_unit(board: Board, outcome: Outcome) -> Iterator[Problem]:
    """单效 is tonnes per man-shift; tonnes a month are the face's output (单产)."""
    for name in ("name", "original_wording"):
        wording = getattr(outcome, name) or ""
        if "单效" in wording and outcome.unit and "月" in outcome.unit:
            found = f"“{wording}”的单位是{outcome.unit}：单效按吨/工计，按月计的是单产"
            hint = "核对口径；页面照“名称”显示，并注明原文说法"
            yield board.problem(outcome, (name,), found, hint, severity=_NOTICE)


def _crews(board: Board, today: datetime.date) -> Iterator[Problem]:
    for crew in board.crews.values():
        if crew.as_of is None:
            hint = "补上 as_of，例如 2019-08"
            yield board.problem(crew, (), "包保没有写明截至日期 as_of", hint)
        taken = sum(taking.heads for taking in crew.takers)
        if taken != crew.strength:
            gap = crew.strength - taken
            found = f"包保合计 {taken} 人，在册 {crew.strength} 人，" + (
                f"还有 {gap} 人没有人包保" if gap > 0 else f"多出 {-gap} 人"
            )
            yield board.problem(crew, ("takers",), found, "调整 heads，使合计等于 strength")
        counts = Counter(taking.member for taking in crew.takers)
        for number, taking in enumerate(crew.takers):
            path = ("takers", number, "member")
            if counts[taking.member] > 1:
                found = f"“{taking.member}”在这个班组写了 {counts[taking.member]} 次"
                yield board.problem(crew, path, found, "合成一条")
            member = board.members.get(taking.member)
            if member and has_left(member, today):
                found = f"包保党员“{member.name}”已于 {member.left_on} 离开"
                yield board.problem(crew, path, found, "把他包保的人数分给别的党员")


def has_left(member: Member, day: datetime.date) -> bool:
    """Whether a member had left by `day`."""
    return member.left_on is not None and member.left_on <= day


def _areas(board: Board, today: datetime.date) -> Iterator[Problem]:
    for area in board.areas.values():
        if area.valid_to and area.valid_to < area.valid_from:
            found = f"到期日期 {area.valid_to} 早于生效日期 {area.valid_from}"
            yield board.problem(area, ("valid_to",), found, "核对两个日期")
        elif area.valid_to and area.valid_to < today:
            found = f"责任管理牌已于 {area.valid_to} 到期"
            hint = "续签后改 valid_to，并更换现场的牌"
            yield board.problem(area, ("valid_to",), found, hint, severity=_NOTICE)
        for number, member_id in enumerate(area.members):
            member = board.members.get(member_id)
            if member and has_left(member, today):
                found = f"责任党员“{member.name}”已于 {member.left_on} 离开"
                hint = "换上接替的党员，并更换现场的牌"
                yield board.problem(area, ("members", number), found, hint)


def _quarters(board: Board) -> Iterator[Problem]:
    for quarter in board.quarters.values():
        counts = Counter(result.zone for result in quarter.results)
        for zone_id in ZONE_IDS:
            if counts[zone_id] != 1:
                found = f"“{zone_id}”的成绩写了 {counts[zone_id]} 次"
                yield board.problem(quarter, ("results",), found, "四个责任区各写一条")
        for number, result in enumerate(quarter.results):
            if result.score > 100:
                path = ("results", number, "score")
                yield board.problem(quarter, path, f"得分 {result.score} 超过 100", "写 0–100")
        member = board.members.get(quarter.star.member)
        path = ("star", "member")
        if member and has_left(member, quarter_end(quarter.id)):
            found = f"党员之星“{member.name}”已于 {member.left_on} 离开"
            yield board.problem(quarter, path, found, "核对人选或离开日期")
        if member and not member.standing.in_party:
            found = f"党员之星“{member.name}”的政治面貌是“{member.standing.label}”"
            yield board.problem(quarter, path, found, "党员之星只能是党员；核对人选或政治面貌")
        for number, talk in enumerate(quarter.talks):
            if talk.date.isoweekday() != 5:
                found = f"{talk.date} 不是星期五"
                path = ("talks", number, "date")
                hint = "心得分享在周五安全例会上；核对日期"
                yield board.problem(quarter, path, found, hint, severity=_NOTICE)
    yield from _quarter_gaps(board)


def quarter_end(quarter_id: str) -> datetime.date:
    """The last day of a quarter such as 2019-Q2."""
    year, number = quarter_id.split("-Q")
    return PartialDate(int(year), int(number) * 3).last_day


def missing_quarters(quarter_ids: list[str]) -> list[str]:
    """Quarters without a record between the first and the last."""
    numbers = sorted(int(q[:4]) * 4 + int(q[-1]) - 1 for q in quarter_ids)
    gaps = (range(one + 1, other) for one, other in itertools.pairwise(numbers))
    return [f"{n // 4}-Q{n % 4 + 1}" for n in itertools.chain.from_iterable(gaps)]


def _quarter_gaps(board: Board) -> Iterator[Problem]:
    for missing in missing_quarters(list(board.quarters)):
        place = Place(f"{board.data.name}/quarters")
        hint = f"补上 {missing}.yml；当季没有评比就不用管，页面会写明空缺"
        yield Problem(place, f"缺少 {missing} 的记录", hint, severity=_NOTICE)


def _months(board: Board) -> Iterator[Problem]:
    for month in board.months.values():
        for number, activity in enumerate(month.activities):
            if f"{activity.date:%Y-%m}" != month.id:
                found = f"日期 {activity.date} 不在 {month.id} 里"
                path = ("activities", number, "date")
                yield board.problem(month, path, found, "改日期，或移到那个月的文件")
        safety, quality, thought = month.safety, month.quality, month.thought
        pairs = []
        if safety:
            pairs.append((("safety", "hazards_closed"), safety.hazards_closed, safety.hazards_found))
        if quality:
            done = quality.fixed_on_site + quality.escalated
            pairs.append((("quality", "fixed_on_site"), done, quality.found))
        if thought:
            warned = (thought.warnings_closed, thought.warnings_raised)
            pairs.append((("thought", "warnings_closed"), *warned))
            answered = (thought.ideas_closed, thought.ideas_raised)
            pairs.append((("thought", "ideas_closed"), *answered))
        for path, done, all_of_them in pairs:
            if done > all_of_them:
                found = f"办结 {done} 比发现 {all_of_them} 还多"
                hint = "含上月结转就不用改；否则核对数目"
                yield board.problem(month, path, found, hint, severity=_NOTICE)


def _messages(board: Board) -> Iterator[Problem]:
    for message in board.messages.values():
        if match := re.search(r"\d[\d.,]*\s*万?吨", message.text):
            found = f"微消息里有产量“{match.group()}”"
            hint = "产量属内部信息，改成任务名称"
            yield board.problem(message, ("text",), found, hint, snippet=match.group())
        if message.type == "greeting" and (m := re.search(r"\d+\s*月\s*\d+\s*日", message.text)):
            found = f"祝福里有生日日期“{m.group()}”"
            hint = "生日属个人隐私，只写祝福的话"
            yield board.problem(message, ("text",), found, hint, snippet=m.group())
