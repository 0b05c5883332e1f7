"""The double-click: batch files as Windows reads them, and a first site from an empty folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from boards.desk.shortcut import NAME, PathUnsuited, put
from collect_wheels import put_batch_files
from desks import open_desk
from helpers import TODAY, check_tree, report


def test_it_stands_in_the_folder_that_it_opens(tmp_path: Path) -> None:
    file = put(tmp_path, tmp_path, r"C:\程序 一\python.exe")
    content = file.read_bytes()
    assert file == tmp_path / NAME
    lines = content.decode("gbk").split("\r\n")
    assert r'"C:\程序 一\python.exe" -m boards desk' in lines
    assert 'cd /d "%~dp0"' in lines
    assert b"\n" not in content.replace(b"\r\n", b"")


def test_on_a_desktop_it_names_the_folder(tmp_path: Path) -> None:
    (tmp_path / "桌面").mkdir()
    (tmp_path / "展板").mkdir()
    file = put(tmp_path / "展板", tmp_path / "桌面", r"C:\python.exe")
    assert f'cd /d "{tmp_path / "展板"}"' in file.read_bytes().decode("gbk")


@pytest.mark.parametrize("python", [r"C:\100%\python.exe", 'C:\\"x"\\python.exe', "C:\\🚩\\p.exe"])
def test_a_path_that_a_batch_file_cannot_hold_is_refused(tmp_path: Path, python: str) -> None:
    with pytest.raises(PathUnsuited):
        put(tmp_path, tmp_path, python)
    assert list(tmp_path.iterdir()) == []


def test_what_installs_stands_beside_the_packages_as_windows_reads_it(tmp_path: Path) -> None:
    files = put_batch_files(tmp_path)
    assert [file.name for file in files] == ["卸载.cmd", "安装.cmd"]
    for file in files:
        content = file.read_bytes()
        assert content.decode("gbk").startswith("@echo off\r\n")
        assert b"\n" not in content.replace(b"\r\n", b"")
        labels = {line[1:] for line in content.decode("gbk").split("\r\n") if line[:1] == ":"}
        for line in content.decode("gbk").split("\r\n"):
            for word in ("goto ", "call :"):
                if word in line:
                    assert line.partition(word)[2].split()[0] in labels, line


def test_an_empty_folder_gets_a_site_from_six_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "综采一区"
    root.mkdir()
    monkeypatch.chdir(root)  # the batch file goes there before it opens the desk
    with open_desk(root) as desk:
        assert desk.get("").headers["location"] == f"{desk.given.at}/first"
        assert "给支部建一个网站" in desk.get("first").text
        wrong = desk.post("first", [("name", "综采一区党支部"), ("mine", "")])
        assert wrong.status == 409
        assert wrong.text.count("没有填写内容") == 3  # of nothing that follows from the others
        nothing = desk.post("first", [("mine", "某某煤矿")])
        assert nothing.text.count("没有填写内容") == 3
        assert list(root.iterdir()) == []
        said = [
            ("name", "综采一区党支部"), ("unit", ""), ("mine", "某某煤矿"), ("group", "某某集团"),
            ("brand", "党员先锋岗"), ("id", ""),
        ]  # fmt: skip
        assert desk.post("first", said).headers["location"] == f"{desk.given.at}/"
        assert "今天" in desk.get("").text
        assert desk.get("first").status == 303
    assert report(check_tree(root, TODAY)) == ""
