"""Whatever is sent to the desk: an answer in words, nothing broken, nothing lost."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import quote

import pytest

from boards.desk.drafts import Draft
from boards.desk.forms import asked_of
from boards.desk.office import TABLES
from desks import Answer, OpenDesk, draft_of, open_desk
from helpers import read_board
from sites import copy_site, tree

pytestmark = pytest.mark.slow

TEXTS = (
    "<script>alert(1)</script>", "{{ 7*7 }}{% raw %}", "\u202eabc\x00null", "- a: b\n| c",
    "查" * 20_000, "　", "2019-13-45", "=cmd|x", "~",
)  # fmt: skip
ANSWERS = {200, 303, 400, 404, 405, 409, 413}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenDesk]:
    root = copy_site(tmp_path_factory.mktemp("desk"), made=False)
    with open_desk(root) as opened:
        yield opened


def pairs_of(draft: Draft) -> list[tuple[str, str]]:
    own = [("-table", draft.table), ("-record", draft.id), ("-draft", draft.name)]
    return [*own, ("-base", json.dumps(draft.base)), *draft.pairs]


def in_words(answer: Answer) -> bool:
    return answer.status in ANSWERS and "Traceback" not in answer.text


@pytest.mark.parametrize("table", TABLES)
def test_any_text_in_every_field_is_answered_and_kept_as_it_was_typed(
    desk: OpenDesk, table: str
) -> None:
    rows = list(read_board(desk.root).table(table).values())
    if not rows:
        pytest.skip(f"在示例里没有 {table}")
    before = tree(desk.root / "data")
    draft = draft_of(rows[0], {})
    for text in TEXTS:
        sent = [(name, text if name[:1] != "-" else old) for name, old in pairs_of(draft)]
        known = {name for name, _ in sent}
        sent += [(row.name, text) for row in asked_of(table) if row.name not in known]
        answer = desk.post("check", sent)
        assert in_words(answer), (text[:20], answer.status, answer.text[:300])
    assert tree(desk.root / "data") == before
    assert in_words(desk.get(f"record/{table}/{quote(rows[0].id)}")), "its draft opens again"
    assert desk.post("drop", pairs_of(draft)).status == 303


WRONG = {
    "-base": ("", "{", "[]", "5", '"x"', '{"name":5}', '{"posts":[{"zone":1}]}'),
    "-table": ("", "nothing", "received", "keys", "../x"),
    "-record": ("nobody", "../x", "<b>"),
    "-draft": ("", "..", "z" * 24),
}


@pytest.mark.parametrize("control", WRONG)
def test_what_no_form_of_the_desk_sends_changes_nothing(desk: OpenDesk, control: str) -> None:
    before = tree(desk.root / "data")
    member = read_board(desk.root).members["sample-jia"]
    for text in WRONG[control]:
        sent = [(a, text if a == control else b) for a, b in pairs_of(draft_of(member, {}))]
        for place in ("check", "save", "drop"):
            answer = desk.post(place, sent)
            assert in_words(answer), (place, text, answer.status)
        if control != "-base":
            answer = desk.post("remove", sent)
            assert in_words(answer), (text, answer.status)
    assert tree(desk.root / "data") == before


ASKED = (
    "record/members/%00", "record/x/y", "new/x", "new/branches", "past/x/y", "quarter/2019-Q9",
    "quarter/9999-Q4", "posters/x", "posters/roster/picture?size=z",
    "posters/roster/picture?look=z",
    "picture/000000000000000000000000/1", "text?file=data", "live/x/1/", "new/months?id=%3Cb%3E",
    "new/quarters?id=2019-Q9", "new/quarters", "new/quarters?id=2019-06",
    "new/cases?copy=nobody", "new/members?name=%3Cb%3E", "posters-of/000000000000000000000000",
    "later", "waits", "hanging", "approval?done=%3Cscript%3E",
)  # fmt: skip
SENT = {
    "approval": [("record", "members/"), ("approved_on", "明天")],
    "posters/roster": [("size", "A2"), ("profile", "nope")],
    "publish": [("target", "a\x00b")],
    "back": [("number", "9")],
    "given": [("id", "x")],
    "taken": [("name", "../x")],
    "turn": [("file", "../members.yml"), ("way", "left")],
    "text": [("file", "data/members.yml"), ("text", "x"), ("digest", "0")],
    "order/cases": [("id", "nobody")], "order/members": [], "order/x": [],
    "prose": [("text", "<script>alert(1)</script>")],
    "undo/0": [], "undo/99999": [], "again/0": [], "photo": [("photo", "x")],
    "arrived": [("pack", "x")], "photos": [], "remove": [], "drop": [], "check": [], "save": [],
}  # fmt: skip


def test_odd_requests_are_answered_in_words_and_change_nothing(desk: OpenDesk) -> None:
    before = tree(desk.root / "data")
    for place in ASKED:
        assert in_words(desk.get(place)), place
        assert "<script>" not in desk.get(place).text
    for place, sent in SENT.items():
        assert in_words(desk.post(place, sent)), place
    for method in ("PUT", "DELETE", "TRACE"):
        assert desk.ask(method, f"{desk.given.at}/").status in (403, 405)
    assert tree(desk.root / "data") == before
