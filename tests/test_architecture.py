"""The code keeps its shape: imports run one way, markup stands in the theme, MkDocs at the edge."""

from __future__ import annotations

import ast
import importlib
import re
import subprocess
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader, nodes

from draw_map import DOCUMENT, LAYERS, with_map

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "generator" / "boards"
TEMPLATES = ROOT / "theme" / "boards_theme" / "pages"

MODULES = sorted(PACKAGE.rglob("*.py"))


def layer_of(module: str) -> str:
    return module.split(".")[1] if "." in module else module


def own_layer(file: Path) -> str:
    return file.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(file: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            module = node.module
            if module == "boards":
                names |= {f"boards.{alias.name}" for alias in node.names}
            else:
                names.add(module)
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
    return names


@pytest.mark.parametrize("file", MODULES, ids=lambda file: file.relative_to(PACKAGE).as_posix())
def test_imports_run_one_way(file: Path) -> None:
    own = own_layer(file)
    if own == "__init__":
        return
    assert own in LAYERS, f"{own} has no place in the order of layers"
    for module in imported(file):
        if module.startswith("boards."):
            layer = layer_of(module)
            assert layer == own or LAYERS.index(layer) < LAYERS.index(own), module


def test_the_map_shows_the_rooms_that_are_there() -> None:
    rooms = {own_layer(file) for file in MODULES} - {"__init__"}
    assert rooms == set(LAYERS)
    text = DOCUMENT.read_text(encoding="utf-8")
    assert with_map(text) == text, "run: python generator/draw_map.py"


def test_mkdocs_is_known_at_the_edge_only() -> None:
    knowing = {
        file.name
        for file in MODULES
        if any(module.split(".")[0] == "mkdocs" for module in imported(file))
    }
    assert knowing == {"mkdocs.py"}


def test_the_day_is_asked_of_the_clock_in_one_place() -> None:
    """And in no test: whoever is checked with the clock moved finds what is checked today."""
    asking = re.compile(r"\b(date|datetime)\.(today|now|utcnow)\(|\b(local|gm|c|strf)time\(")
    files = [*MODULES, *(ROOT / "tests").rglob("*.py"), *(ROOT / "theme").rglob("*.typ")]
    found = {file.name for file in files if asking.search(file.read_text(encoding="utf-8"))}
    assert found == {"clock.py"}


@pytest.mark.parametrize("file", MODULES, ids=lambda file: file.relative_to(PACKAGE).as_posix())
def test_no_markup_stands_in_python(file: Path) -> None:
    found = ast.parse(file.read_text(encoding="utf-8"))
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    docstrings = {
        ast.get_docstring(n, clean=False) for n in ast.walk(found) if isinstance(n, documented)
    }
    texts = [
        n.value for n in ast.walk(found) if isinstance(n, ast.Constant) and isinstance(n.value, str)
    ]
    markup = [t for t in texts if t not in docstrings and re.search(r"</?[a-z][a-z0-9]*[\s>/]", t)]
    assert markup == []


@pytest.mark.parametrize(
    "file",
    sorted(TEMPLATES.rglob("*.html")),
    ids=lambda file: file.relative_to(TEMPLATES).as_posix(),
)
def test_templates_open_with_their_contract_and_decide_nothing(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.startswith("{#-"), "a template opens with what it expects"
    tree = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True).parse(text)
    allowed = {"length"}
    assert {node.name for node in tree.find_all(nodes.Filter)} <= allowed
    assert not list(tree.find_all(nodes.Call)), "a template calls nothing"
    assert not list(tree.find_all(nodes.Macro))


def test_the_contracts_of_templates_name_real_views() -> None:
    named = set()
    rooms = "desk|fleet|views|words|site|posters|packs|papers"
    contract = re.compile(rf"\b((?:{rooms})[\w.]*)\.([A-Z]\w+)")
    for file in (ROOT / "theme").rglob("*"):
        if file.suffix in {".html", ".typ", ".xml"}:
            named |= set(contract.findall(file.read_text(encoding="utf-8")))
    assert len(named) > 20
    for module, view in named:
        assert hasattr(importlib.import_module(f"boards.{module}"), view), f"{module}.{view}"


def test_what_systems_leave_behind_is_listed_once() -> None:
    for file in MODULES:
        if file.name != "leftovers.py":
            text = file.read_text(encoding="utf-8").casefold()
            assert not re.search(r'["\'](?:thumbs\.db|desktop\.ini|@eadir|~\$|\._)', text), (
                file.name
            )


def test_every_public_function_and_class_says_what_it_means() -> None:
    for file in MODULES:
        tree = ast.parse(file.read_text(encoding="utf-8"))
        owners = [tree, *(n for n in tree.body if isinstance(n, ast.ClassDef))]
        for node in (inner for owner in owners for inner in owner.body):
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name[0] != "_":
                exempt = node.name in {"label", "also", "emit", "title_text"}
                assert ast.get_docstring(node) or exempt, f"{file.name}: {node.name}"


def test_every_file_of_the_project_can_stand_on_windows() -> None:
    listed = subprocess.run(
        ["git", "-c", "core.quotepath=off", "ls-files"],
        cwd=ROOT, check=False, capture_output=True, encoding="utf-8",
    )  # fmt: skip
    if listed.returncode:
        pytest.skip("不是 git 检出的文件夹")
    names = listed.stdout.splitlines()
    assert len({name.casefold() for name in names}) == len(names), "names that differ by case"
    devices = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
    for name in names:
        assert not (ROOT / name).is_symlink(), name
        for part in name.split("/"):
            assert not devices.fullmatch(part), name
            assert not re.search(r'[<>:"|?*\\]|[. ]$', part), name
