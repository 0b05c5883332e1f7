"""The intranet server: what it sends with each file, and that the site works under its policy."""

from __future__ import annotations

import gzip
import os
import re
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from email.message import Message
from pathlib import Path
from xml.etree import ElementTree

import pytest
from selectolax.lexbor import LexborHTMLParser

from boards.editions.edition import EditionName
from boards.site.servers import FILE_POLICY, FILES, TYPES, policy, server_files
from boards.site.verify import visited
from servers import served
from sites import ROOT, build_site, copy_site, tree

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Both editions, each as it would lie on a server."""
    root = copy_site(tmp_path_factory.mktemp("site"))
    return {name.value: build_site(root, name).target for name in EditionName}


@pytest.fixture(scope="module")
def site(editions: dict[str, Path]) -> Path:
    return editions[EditionName.PREVIEW.value]


@pytest.fixture(scope="module", params=["nginx", "caddy"])
def address(
    request: pytest.FixtureRequest, site: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    with served(request.param, site, tmp_path_factory.mktemp("server")) as found:
        yield found


def ask(address: str) -> tuple[int, Message, bytes]:
    try:
        with urllib.request.urlopen(address) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers, error.read()


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SENT = {
    "": ("text/html", "utf-8"),
    "index.html": ("text/html", "utf-8"),
    "zones/": ("text/html", "utf-8"),
    "screen.html": ("text/html", "utf-8"),
    "assets/components.css": ("text/css", "utf-8"),
    "assets/boards.js": ("text/javascript", "utf-8"),
    "assets/screen-version.js?1764000000000": ("text/javascript", "utf-8"),
    "assets/favicon.svg": ("image/svg+xml", "utf-8"),
    "favicon.ico": ("image/svg+xml", "utf-8"),
    "exchange/boards.json": ("application/json", "utf-8"),
    "exchange/feed.xml": ("application/xml", "utf-8"),
    "exchange/practice-safety.docx": (WORD, None),
    "exchange/practice-safety.zip": ("application/zip", None),
    "posters/brand-A4.pdf": ("application/pdf", None),
    "posters/brand.png": ("image/png", None),
}


@pytest.mark.parametrize("name", SENT)
def test_every_kind_of_file_says_what_it_is_and_what_may_run(
    name: str, address: str, site: Path
) -> None:
    status, headers, _ = ask(address + name)
    page = name.endswith(("/", ".html")) or not name
    assert status == 200
    assert (headers.get_content_type(), headers.get_content_charset()) == SENT[name]
    wanted = policy(visited(site)) if page else FILE_POLICY
    assert headers.get_all("Content-Security-Policy") == [wanted]
    assert headers.get_all("X-Content-Type-Options") == ["nosniff"]
    assert headers.get_all("Referrer-Policy") == ["no-referrer"]
    assert headers.get_all("Cache-Control") == ["no-cache"]


def test_what_has_a_hash_in_its_name_is_kept_and_all_else_asked_for_again(
    address: str, site: Path
) -> None:
    hashed = [name for name in tree(site) if re.search(r"\.[0-9a-f]{8}\.", name)]
    assert {name.split("/")[1] for name in hashed} == {"javascripts", "stylesheets"}
    for name in hashed:
        assert ask(address + name)[1]["Cache-Control"] == "max-age=31536000, immutable"
    tag = ask(f"{address}index.html")[1]["ETag"]
    again = urllib.request.Request(f"{address}index.html", headers={"If-None-Match": tag})
    with pytest.raises(urllib.error.HTTPError) as unchanged:
        urllib.request.urlopen(again)
    with unchanged.value as answer:
        assert answer.code == 304
        assert answer.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    "name", ["index.html", "assets/components.css", "assets/boards.js", "posters/brand.png"]
)
def test_texts_travel_packed(name: str, address: str, site: Path) -> None:
    asked = urllib.request.Request(f"{address}{name}", headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(asked) as answer:
        body = answer.read()
        packed = answer.headers["Content-Encoding"] == "gzip"
    assert packed is (not name.endswith(".png"))
    assert (gzip.decompress(body) if packed else body) == (site / name).read_bytes()


@pytest.mark.parametrize(
    "name",
    ["server/nginx.conf", "server/Caddyfile", "SERVER/nginx.conf", "server/", "server",
     "web.config", ".branch-boards", "gone.html"],
)  # fmt: skip
def test_what_is_not_for_readers_is_not_there(name: str, address: str) -> None:
    status, headers, body = ask(address + name)
    assert status == 404
    assert b"sha256-" not in body
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_folders_are_not_listed(address: str) -> None:
    assert ask(f"{address}assets/")[0] in {403, 404}


@pytest.mark.parametrize("server", ["nginx", "caddy"])
def test_a_site_with_a_page_for_what_is_missing_shows_it(server: str, tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_text("<!doctype html><style>p{}</style>", encoding="utf-8")
    (site / "404.html").write_text("<!doctype html><p>没有这一页", encoding="utf-8")
    (site / "posters").mkdir()
    (site / "posters" / ".notes").write_text("私事", encoding="utf-8")
    write_server_files(site)
    with served(server, site, tmp_path / "server") as address:
        for name in ("gone.html", "gone.pdf", "web.config", "posters/.notes"):
            status, headers, body = ask(address + name)
            assert status == 404
            assert "没有这一页" in body.decode("utf-8")
            assert headers.get_content_type() == "text/html"
            assert headers["Content-Security-Policy"] == policy(visited(site))
    errors = ElementTree.parse(site / "web.config").find(".//httpErrors/error")
    assert errors is not None
    assert (errors.get("statusCode"), errors.get("path")) == ("404", "404.html")


def write_server_files(site: Path) -> None:
    (site / "server").mkdir()
    for name, text in server_files(site).items():
        (site / name).write_text(text, encoding="utf-8")


def test_the_policy_is_strict_short_and_the_same_for_both_editions(
    editions: dict[str, Path],
) -> None:
    preview, published = (policy(visited(site)) for site in editions.values())
    assert preview == published, "what is written must not change what a running server was told"
    hashes = re.findall(r"'sha256-[\w+/]{43}='", preview)
    assert len(hashes) == len(set(hashes)) <= 8
    assert len(preview) < 1000
    assert "unsafe" not in preview
    assert preview.startswith("default-src 'none'; ")
    rest = re.sub(r"'sha256-[^']+'", "", preview)
    sources = {word for part in rest.split("; ") for word in part.split()[1:]}
    assert sources == {"'none'", "'self'", "data:"}


def test_no_page_needs_what_a_policy_cannot_name(editions: dict[str, Path]) -> None:
    """Style attributes and handlers have no hash in the policy: they would be dead."""
    for site in editions.values():
        for page in site.rglob("*.html"):
            for element in LexborHTMLParser(page.read_bytes()).css("*"):
                named = [n for n in element.attributes if n == "style" or n.startswith("on")]
                assert named == [], f"{page.name}: {element.html}"


def test_the_policy_names_what_runs_as_a_browser_reads_it(tmp_path: Path) -> None:
    page = tmp_path / "index.html"
    page.write_bytes(b"<!doctype html><script>\nrun()\n</script><style>\np{}\n</style>")
    said = policy(visited(tmp_path))
    assert said.count("sha256-") == 2
    page.write_bytes(page.read_bytes().replace(b"\n", b"\r\n"))
    assert policy(visited(tmp_path)) == said
    page.write_bytes(page.read_bytes() + b'<script type="application/json">{"a": 1}</script>')
    assert policy(visited(tmp_path)) == said
    page.write_bytes(page.read_bytes() + b'<script src="x.js"></script>')
    assert policy(visited(tmp_path)) == said
    page.write_bytes(page.read_bytes() + b'<script type="module">other()</script>')
    assert policy(visited(tmp_path)).count("sha256-") == 3


def test_the_type_of_every_file_is_known(editions: dict[str, Path]) -> None:
    own = {Path(name).name for name in FILES} | {".branch-boards"}
    for site in editions.values():
        names = {Path(name) for name in tree(site)}
        assert {name.suffix[1:] for name in names if name.name not in own} <= TYPES.keys()


def test_iis_is_told_the_same(site: Path) -> None:
    found = ElementTree.parse(site / "web.config").getroot()
    headers = {row.get("name"): row.get("value") for row in found.iterfind(".//customHeaders/add")}
    assert headers == {
        "Content-Security-Policy": policy(visited(site)),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
    }
    types = {r.get("fileExtension"): r.get("mimeType") for r in found.iterfind(".//mimeMap")}
    assert types.keys() == {f".{ending}" for ending in TYPES}
    assert types[".js"] == "text/javascript; charset=utf-8"
    assert types[".pdf"] == "application/pdf"
    assert [r.get("value") for r in found.iterfind(".//defaultDocument/files/add")] == [
        "index.html"
    ]
    assert [r.get("segment") for r in found.iterfind(".//hiddenSegments/add")] == ["server"]
    assert [r.get("sequence") for r in found.iterfind(".//denyUrlSequences/add")] == ["/."]
    packed = found.find(".//urlCompression")
    assert packed is not None and packed.get("doStaticCompression") == "true"
    listed = found.find(".//directoryBrowse")
    assert listed is not None
    assert listed.get("enabled") == "false"
    kept = [row.get("path") for row in found.iterfind("location")]
    assert kept == sorted(name for name in tree(site) if re.search(r"\.[0-9a-f]{8}\.", name))
    modes = [row.get("cacheControlMode") for row in found.iterfind(".//clientCache")]
    assert modes == ["DisableCache", *["UseMaxAge"] * len(kept)]


def test_the_same_site_gives_the_same_files(site: Path, tmp_path: Path) -> None:
    shutil.copytree(site, tmp_path / "other")
    there = server_files(site)
    assert {name: (site / name).read_text(encoding="utf-8") for name in FILES} == there
    script = (
        "import pathlib; from boards.site.servers import policy; "
        "from boards.site.verify import visited; print(policy(visited(pathlib.Path())))"
    )
    for seed in ("1", "2"):
        said = subprocess.run(
            [sys.executable, "-c", script], cwd=tmp_path / "other", check=True,
            capture_output=True, encoding="utf-8", env={**os.environ, "PYTHONHASHSEED": seed},
        )  # fmt: skip
        assert said.stdout.strip() == policy(visited(site))


@pytest.mark.parametrize("template", FILES.values())
def test_each_configuration_opens_with_its_contract(template: str) -> None:
    file = ROOT / "theme" / "boards_theme" / "servers" / template
    assert file.read_text(encoding="utf-8").startswith("{#- Contract:")
