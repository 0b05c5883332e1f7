"""What is done to records without a form: taking them away, taking back, putting them in order."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from boards.amend import Action, AmendFault, Edit, amended
from boards.amend.adding.answers import Refused
from boards.amend.samples import Removal
from boards.desk import history
from boards.desk.desk import Desk
from boards.desk.forms import typed_of
from boards.desk.history import Saved
from boards.desk.said import told
from boards.desk.saving import sorted_out, told_of, write_down
from boards.intake.proposal import Proposal
from boards.records import Keyed
from boards.records.schema import labels, specs


def take_in(desk: Desk, planned: Callable[[], Proposal], who: str) -> Proposal:
    """Write what is brought in, as it comes to at this moment, each record a save of its own.

    Raises what `planned` raises, OSError and filelock.Timeout; then nothing was written.
    """
    with desk.writing():
        proposal = planned()
        if not proposal.files:
            return proposal
        there, then = desk.look().board, desk.tried(proposal.files).board
        changes = (
            (there.table(row.table).get(row.id), then.table(row.table).get(row.id))
            for row in proposal.entries
        )
        rows = [told_of(who, old, new) for old, new in changes if old or new]
        write_down(desk, proposal.files, rows)
    return proposal


def take_samples_out(desk: Desk, planned: Removal, who: str) -> None:
    """Write a removal of samples, each record a save of its own; wants to be alone on the folder.

    Raises OSError; then nothing was written.
    """
    there, then = desk.look().board, desk.tried(planned.files).board
    touched = {(row.table, row.id) for row in (*planned.gone, *(row for row, _ in planned.freed))}
    changes = [(there.table(table).get(key), then.table(table).get(key)) for table, key in touched]
    write_down(desk, planned.files, [told_of(who, old, new) for old, new in changes])


def remove(desk: Desk, table: str, record_id: str, who: str) -> str:
    """Take a record away; gives what stands against it, empty if it is gone.

    Raises OSError and filelock.Timeout; then nothing was written.
    """
    with desk.writing():
        before = desk.look().board.table(table).get(record_id)
        if before is None:
            return ""
        edit = Edit(table, record_id, {}, Action.REMOVE)
        return _carry_out(desk, [edit], who)


def undo(desk: Desk, number: int, who: str) -> str:
    """Take back what was saved; gives what stands against it, empty if it is done.

    Raises OSError and filelock.Timeout; then nothing was written.
    """
    with desk.writing():
        saved = next((row for row in history.read(desk.root) if row.number == number), None)
        if saved is None:
            return "没有这一次保存"
        now = desk.look().board.table(saved.table).get(saved.id)
        try:
            edit = _back(saved, now)
        except Refused as error:
            return str(error)
        return _carry_out(desk, [edit], who, number)


def _back(saved: Saved, now: Keyed | None) -> Edit:
    """What takes a save back; raises Refused if the record has been changed since."""
    if saved.after is None:
        if now is not None:
            raise Refused(f"“{saved.title}”已经又有一条了，不能再放回来")
        assert saved.before is not None
        return Edit(saved.table, saved.id, saved.before, Action.ADD)
    if now is None:
        raise Refused(f"“{saved.title}”已经不在台账里了")
    typed, after = typed_of(now), saved.after
    before = saved.before if saved.before is not None else {}
    changed = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    if later := [name for name in changed if typed.get(name) != after.get(name)]:
        names = "、".join(labels(type(now), (name,)) for name in later)
        raise Refused(f"{names} 后来又改过；先撤销后来的，或打开这一条直接改")
    if saved.before is None:
        return Edit(saved.table, saved.id, {}, Action.REMOVE)
    return Edit(saved.table, saved.id, {name: before.get(name) for name in changed})


def _carry_out(desk: Desk, edits: Sequence[Edit], who: str, undoes: int = 0) -> str:
    """Write edits that bring no new error; gives what stands against them."""
    now = desk.look()
    try:
        files = amended(now.board, desk.root, edits)
    except AmendFault as error:
        return str(error)
    after = desk.tried(files)
    own, elsewhere = sorted_out(desk.root, now, after, files)
    if new := [*own, *elsewhere]:
        return told(new)
    there, then = now.board, after.board
    rows = [
        told_of(who, there.table(row.table).get(row.id), then.table(row.table).get(row.id), undoes)
        for row in edits
    ]
    write_down(desk, files, rows)
    return ""


def has_order(table: type[Keyed]) -> bool:
    """Whether its records are put in order by hand."""
    return "order" in specs(table)


def put_in_order(desk: Desk, table: str, ids: Sequence[str], who: str) -> str:
    """Let records stand in this order; gives what stands against it, empty if it is done.

    Raises OSError and filelock.Timeout; then nothing was written.
    """
    with desk.writing():
        there = desk.look().board.table(table)
        if sorted(ids) != sorted(there):
            return "别处刚刚加了或删了一条；重新排一次"
        wanted = {key: str(number) for number, key in enumerate(ids, start=1)}
        moved = [key for key in ids if typed_of(there[key]).get("order") != wanted[key]]
        if not moved:
            return ""
        edits = [Edit(table, key, {"order": wanted[key]}) for key in moved]
        return _carry_out(desk, edits, who)
