"""The desk answers this computer, this person, and its own pages; nobody else."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from boards.desk.guard import OPEN, POLICY
from boards.desk.office import MOST
from desks import OpenDesk, open_desk
from sites import copy_site, tree

pytestmark = pytest.mark.slow  # and of no day


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenDesk]:
    root = copy_site(tmp_path_factory.mktemp("desk"), made=False)
    with open_desk(root) as opened:
        yield opened


def test_the_key_opens_it_and_leaves_a_cookie_that_pages_elsewhere_cannot_use(
    desk: OpenDesk,
) -> None:
    host = {"Host": desk.own["Host"]}
    answer = desk.ask("GET", f"{OPEN}?key={desk.given.key}", headers=host)
    assert answer.status == 303
    assert answer.headers["location"] == f"{desk.given.at}/"
    cookie = answer.headers["set-cookie"].casefold()
    for part in ("httponly", "samesite=strict", f"path={desk.given.at.casefold()}"):
        assert part in cookie, part


def test_the_key_opens_it_once(desk: OpenDesk) -> None:
    """Others on the machine may see what a browser was started with."""
    for _ in range(2):
        answer = desk.ask("GET", f"{OPEN}?key={desk.given.key}", headers={"Host": desk.own["Host"]})
    assert answer.status == 403
    assert "set-cookie" not in answer.headers
    assert desk.given.at not in answer.text
    assert desk.get("").status == 200, "whoever is in stays in"


def test_what_is_asked_with_the_cookie_is_answered(desk: OpenDesk) -> None:
    answer = desk.get("")
    assert answer.status == 200
    assert "今天" in answer.text
    assert answer.headers["content-security-policy"] == POLICY
    assert "unsafe" not in POLICY
    assert answer.headers["referrer-policy"] == "same-origin"
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    assert answer.headers["cache-control"] == "no-store"


STRANGE = {
    "a name that leads here from elsewhere": {"Host": "board.example"},
    "another port's name": {"Host": "127.0.0.1:1"},
    "no host": {"Host": ""},
    "no cookie": {"Cookie": ""},
    "a guessed cookie": {"Cookie": "desk=letmein"},
    "a cookie that is no text": {"Cookie": "desk=é"},
}


@pytest.mark.parametrize("changed", STRANGE.values(), ids=STRANGE)
def test_whoever_is_not_meant_reads_nothing(desk: OpenDesk, changed: dict[str, str]) -> None:
    headers = {name: text for name, text in {**desk.own, **changed}.items() if text}
    answer = desk.ask("GET", f"{desk.given.at}/", headers=headers)
    assert answer.status in (400, 403)
    assert "人员" not in answer.text


FROM_ELSEWHERE = {
    "a page elsewhere": {"Origin": "https://example.org"},
    "a page of another port": {"Origin": "http://127.0.0.1:1"},
    "a page of the same host by TLS": {"Origin": "https://127.0.0.1"},
    "a page without an origin": {"Origin": "null"},
    "no origin": {"Origin": ""},
}


@pytest.mark.parametrize("changed", FROM_ELSEWHERE.values(), ids=FROM_ELSEWHERE)
def test_forms_of_pages_elsewhere_change_nothing(desk: OpenDesk, changed: dict[str, str]) -> None:
    before = tree(desk.root)
    headers = {name: text for name, text in {**desk.own, **changed}.items() if text}
    headers["Content-Type"] = "application/x-www-form-urlencoded"
    answer = desk.ask("POST", f"{desk.given.at}/settings", b"who=somebody", headers)
    assert answer.status == 403
    assert tree(desk.root) == before


def test_a_wrong_key_opens_nothing(desk: OpenDesk) -> None:
    answer = desk.ask("GET", f"{OPEN}?key=wrong", headers={"Host": desk.own["Host"]})
    assert answer.status == 403
    assert "set-cookie" not in answer.headers


def test_the_path_alone_is_not_enough_nor_is_the_cookie(desk: OpenDesk) -> None:
    elsewhere = desk.ask("GET", "/ledger/members")
    assert elsewhere.status == 403
    without = {"Host": desk.own["Host"]}
    assert desk.ask("GET", f"{desk.given.at}/", headers=without).status == 403


OUTSIDE = (
    "files/data/members.yml",
    "files/posters/../data/members.yml",
    "files/posters/..%2f..%2fdata%2fmembers.yml",
    "files/%2fetc%2fpasswd",
    "media/../members.yml",
    "media/..%2fmembers.yml",
    "text?file=mkdocs.yml",
    "text?file=data/../mkdocs.yml",
    "text?file=/etc/passwd",
    "text?file=data/media/x.jpg",
    "assets/..%2fbase.html",
    "live/0/1/index.html",
)


@pytest.mark.parametrize("place", OUTSIDE)
def test_no_path_reaches_what_it_should_not(desk: OpenDesk, place: str) -> None:
    (desk.root / "posters").mkdir(exist_ok=True)
    answer = desk.get(place)
    assert answer.status == 404, answer.text[:200]


def test_more_than_is_taken_in_is_refused_before_it_is_read(desk: OpenDesk) -> None:
    headers = {**desk.own, "Content-Length": str(MOST + 1)}
    answer = desk.ask("POST", f"{desk.given.at}/photo", headers=headers)
    assert answer.status == 413
    assert "太大" in answer.text


def test_a_photo_that_is_none_is_refused_and_not_kept(desk: OpenDesk) -> None:
    line = "----part"
    body = (
        f'--{line}\r\nContent-Disposition: form-data; name="photo"; filename="../../x.jpg"\r\n'
        f"Content-Type: image/jpeg\r\n\r\nnot a photo\r\n--{line}--\r\n"
    ).encode()
    headers = {**desk.own, "Content-Type": f"multipart/form-data; boundary={line}"}
    before = tree(desk.root)
    answer = desk.ask("POST", f"{desk.given.at}/photo", body, headers)
    assert answer.status == 409
    assert "refused" in answer.text
    assert tree(desk.root) == before


@pytest.mark.parametrize("name", ["../../members", "x" * 24, "", "0" * 23])
def test_a_draft_is_called_as_drafts_are(desk: OpenDesk, name: str) -> None:
    own = [("-table", "members"), ("-record", ""), ("-draft", name), ("-base", "null")]
    before = tree(desk.root)
    assert desk.post("check", [*own, ("name", "王伟")]).status == 400
    assert desk.post("drop", own).status == 400
    assert tree(desk.root) == before


def test_it_listens_on_this_computer_alone(desk: OpenDesk) -> None:
    assert desk.given.address.startswith("http://127.0.0.1:")


def test_a_page_that_is_left_while_it_sends_leaves_no_traceback(
    desk: OpenDesk, caplog: pytest.LogCaptureFixture
) -> None:
    kind = "multipart/form-data; boundary=x"
    head = "\r\n".join(
        [f"POST {desk.given.at}/photo HTTP/1.1", *(f"{name}: {text}" for name, text in {
            **desk.own, "Content-Type": kind, "Content-Length": "1000000"}.items())]
    )  # fmt: skip
    with socket.create_connection(("127.0.0.1", desk.given.port)) as left:
        left.sendall(f"{head}\r\n\r\n--x\r\n".encode())
    assert desk.get("").status == 200
    for _ in range(50):
        if caplog.records:
            break
        assert desk.get("settings").status == 200
    assert [row.getMessage() for row in caplog.records if row.levelname == "ERROR"] == []
