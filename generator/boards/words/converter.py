"""Python-Markdown with nothing of Markdown in it but the signs of our dialect.

Its way of building elements and of working inside lines is what is used; what it takes for markup
besides (emphasis by one asterisk, code, entities, HTML …) stays as it was typed.
"""

from __future__ import annotations

import re
import unicodedata
from xml.etree import ElementTree as Tree

import markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor
from markdown.extensions.toc import unique
from markdown.inlinepatterns import InlineProcessor
from markdown.preprocessors import NormalizeWhitespace
from markdown.treeprocessors import InlineProcessor as InlineTreeprocessor
from markdown.treeprocessors import PrettifyTreeprocessor, Treeprocessor
from markdown.util import Registry

from boards.dialect import LINK, Part, bold, outline


class Dialect(markdown.Markdown):
    """A converter of our dialect; `titles` are the headings of the last text."""

    def __init__(self) -> None:
        self.titles: list[tuple[int, str, str]] = []
        """Level, anchor and words of each."""
        super().__init__()
        # Its own serializers let pass what looks like an entity.
        self.serializer = lambda root: Tree.tostring(root, encoding="unicode", method="html")

    def reset(self) -> Dialect:
        """Ready for another text."""
        self.titles.clear()
        super().reset()
        return self

    def build_parser(self) -> Dialect:
        """The stages of Python-Markdown with our processors alone."""
        self.preprocessors = Registry()
        self.preprocessors.register(NormalizeWhitespace(self), "whitespace", 10)
        self.parser = BlockParser(self)
        self.parser.blockprocessors.register(_Parts(self.parser), "parts", 10)
        self.inlinePatterns = Registry()
        self.inlinePatterns.register(_Link(LINK.pattern, self), "link", 20)
        self.inlinePatterns.register(_Strong(r"\*\*", self), "strong", 10)
        self.treeprocessors = Registry()
        self.treeprocessors.register(InlineTreeprocessor(self), "inline", 30)
        self.treeprocessors.register(_Anchors(self), "anchors", 20)
        self.treeprocessors.register(PrettifyTreeprocessor(self), "prettify", 10)
        self.postprocessors = Registry()
        return self


class _Parts(BlockProcessor):
    """Builds the elements of all parts of a text."""

    def test(self, parent: Tree.Element, block: str) -> bool:  # noqa: ARG002
        """Nothing is left to any other processor."""
        return True

    def run(self, parent: Tree.Element, blocks: list[str]) -> None:
        """Take all blocks at once: what belongs together shows in their lines."""
        lists: list[Tree.Element] = []
        for part in outline("\n\n".join(blocks)):
            if part.kind in _LISTS:
                _add_to_list(parent, lists, part)
            else:
                lists.clear()
                tag = f"h{part.level}" if part.kind == "heading" else "p"
                Tree.SubElement(parent, tag).text = part.text
        blocks.clear()


_LISTS = {"bullet": "ul", "number": "ol"}


def _add_to_list(parent: Tree.Element, lists: list[Tree.Element], part: Part) -> None:
    """Put an item, or what follows in one, where it belongs; `lists` are open, outermost first."""
    del lists[part.level :]
    if not part.ordinal:
        Tree.SubElement(lists[-1][-1], "p").text = part.text
        return
    if len(lists) == part.level and lists[-1].tag != _LISTS[part.kind]:
        lists.pop()
    if len(lists) < part.level:
        inside = lists[-1][-1] if lists else parent
        lists.append(Tree.SubElement(inside, _LISTS[part.kind]))
    item = Tree.SubElement(lists[-1], "li")
    item.text = part.text
    if part.kind == "number":
        item.set("value", str(part.ordinal))  # as typed, wherever a list begins or leaves one out


class _Link(InlineProcessor):
    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002
    ) -> tuple[Tree.Element, int, int]:
        """The link that matches."""
        link = Tree.Element("a", href=m[2])
        link.text = m[1]
        return link, *m.span()


class _Strong(InlineProcessor):
    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[Tree.Element | None, int | None, int | None]:
        """What stands in bold from here on, or nothing."""
        end = dict(bold(data)).get(m.end())
        if end is None:
            return None, None, None
        strong = Tree.Element("strong")
        strong.text = data[m.end() : end]
        return strong, m.start(), end + 2


class _Anchors(Treeprocessor):
    """Gives every heading an anchor of its own words, and notes it."""

    md: Dialect

    def run(self, root: Tree.Element) -> None:
        """Headings stand at the top level only."""
        known: set[str] = set()
        for heading in root:
            if re.fullmatch("h[2-4]", heading.tag):
                title = " ".join("".join(heading.itertext()).split())
                words = re.findall(r"\w+", unicodedata.normalize("NFKC", title).lower())
                anchor = unique("-".join(words), known)
                heading.set("id", anchor)
                self.md.titles.append((int(heading.tag[1]), anchor, title))
