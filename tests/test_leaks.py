"""The search that canary tests rest on finds what it looks for, wherever and however it stands."""

from __future__ import annotations

import base64
import io
import zipfile
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, PngImagePlugin

from leaks import Search, tokens_in, word

pytestmark = pytest.mark.slow  # and of no day

TOKEN = word(1907)


def zipped(files: dict[str, bytes], comment: bytes = b"") -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = comment
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()


def pdf(*, stream: bytes = b"", title: str = "") -> bytes:
    document = pikepdf.new()
    document.add_blank_page()
    document.pages[0].Contents = document.make_stream(stream)
    if title:
        document.docinfo["/Title"] = title
    target = io.BytesIO()
    document.save(
        target, compress_streams=True, object_stream_mode=pikepdf.ObjectStreamMode.generate
    )
    return target.getvalue()


def picture(kind: str, **options: object) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (8, 8)).save(target, kind, **options)
    return target.getvalue()


def text_chunk() -> PngImagePlugin.PngInfo:
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", TOKEN, zip=True)
    return info


def windows_title() -> Image.Exif:
    exif = Image.Exif()
    exif[0x9C9B] = TOKEN.encode("utf-16-le")
    return exif


HIDDEN = {
    "plain.html": TOKEN.encode(),
    "capitals.html": TOKEN.upper().encode(),
    "entities.html": "".join(f"&#x{ord(letter):x};" for letter in TOKEN).encode(),
    "decimal.html": "".join(f"&#{ord(letter)};" for letter in TOKEN).encode(),
    "percent.html": "".join(f"%{ord(letter):02X}" for letter in TOKEN).encode(),
    "escapes.js": "".join(f"\\u{ord(letter):04x}" for letter in TOKEN).encode(),
    "broken.html": f"{TOKEN[:4]}<wbr>\n {TOKEN[4:]}".encode(),
    "base64.txt": b"x" + base64.b64encode(b"..." + TOKEN.encode() + b"...."),
    "base64-shifted.txt": base64.b64encode(b"." + TOKEN.encode() + b"...."),
    "hex.bin": TOKEN.encode().hex().encode(),
    "hex-utf-16.bin": TOKEN.encode("utf-16-be").hex().upper().encode(),
    "utf-16-le.bin": TOKEN.encode("utf-16-le"),
    "utf-16-be.bin": b"\x12" + TOKEN.encode("utf-16-be"),
    "member.zip": zipped({"a.txt": TOKEN.encode()}),
    "name.zip": zipped({f"{TOKEN}.txt": b""}),
    "comment.zip": zipped({"a": b""}, TOKEN.encode()),
    "deep.zip": zipped({"a.docx": zipped({"word/document.xml": TOKEN.encode()})}),
    "title.pdf": pdf(title=TOKEN),
    "title-utf-16.pdf": pdf(title=f"党{TOKEN}"),
    "stream.pdf": pdf(stream=f"% {TOKEN}".encode()),
    "deep-pdf.zip": zipped({"a.pdf": pdf(title=TOKEN)}),
    "comment.jpg": picture("JPEG", comment=TOKEN.encode()),
    "exif-utf-16.jpg": picture("JPEG", exif=windows_title()),
    "text.png": picture("PNG", pnginfo=text_chunk()),
    "data.html": b'<img src="data:image/png;base64,'
    + base64.b64encode(picture("PNG", pnginfo=text_chunk()))
    + b'">',
    f"{TOKEN}.html": b"",
}


@pytest.mark.parametrize("name", HIDDEN)
def test_a_token_is_found_however_it_is_hidden(name: str, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_bytes(HIDDEN[name])
    search = Search({})
    search.read("room", tmp_path, [file])
    assert TOKEN in search.found


def test_days_are_found_as_they_are_typed_and_as_they_are_worded() -> None:
    for said in ("1931-03-07", "1931年3月7日", "1931/3/7"):
        assert tokens_in(said.encode()) == {"1931-03-07"}


def test_nothing_is_found_where_nothing_is() -> None:
    assert tokens_in(b"zq kv zqabcdk 2019-06-03 zqabcxkv") == set()
