"""Reads a tagged PDF back with another library and lists what is wrong with its tags: the layer's own opposite."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf

PAINT = frozenset(
    ("S", "s", "f", "f*", "F", "B", "B*", "b", "b*", "sh", "Do", "EI", "INLINE IMAGE", "Tj", "TJ", "'", '"')
)
MAY_BE_EMPTY = frozenset(("TD", "TH"))
KIDS = {
    "L": {"LI", "Caption"},
    "LI": {"Lbl", "LBody"},
    "Table": {"THead", "TBody", "TR", "Caption"},
    "THead": {"TR"},
    "TBody": {"TR"},
    "TR": {"TH", "TD"},
}


@dataclass(eq=False, slots=True)
class Node:
    """One structure element as a reader meets it: `kids` are nodes and, in their order, pieces of text."""

    tag: str
    alt: str = ""
    actual: str = ""
    lang: str = ""
    attributes: dict[str, Any] = field(default_factory=dict)
    kids: list[Node | str] = field(default_factory=list)
    pages: set[int] = field(default_factory=set)
    links: int = 0

    @property
    def text(self) -> str:
        """All words below, as they are read aloud."""
        return self.actual or "".join(kid if isinstance(kid, str) else kid.text for kid in self.kids)

    def all(self, tag: str) -> list[Node]:
        """Every element of that tag, in reading order."""
        below = [found for kid in self.kids if isinstance(kid, Node) for found in kid.all(tag)]
        return [self, *below] if self.tag == tag else below


@dataclass(slots=True)
class Page:
    """What one page's content stream paints."""

    texts: dict[int, str] = field(default_factory=dict)
    tags: dict[int, str] = field(default_factory=dict)
    artifacts: list[str] = field(default_factory=list)


def assert_tagged(pdf: bytes) -> Node:
    """The document's structure, as a tree; AssertionError names everything that is wrong with it."""
    tree, problems = read(pdf)
    assert not problems, "\n".join(problems)
    return tree


def dump(node: Node, depth: int = 0) -> str:
    """The tree as text: a line for each element, its own words in quotes."""
    notes = [f" alt={node.alt!r}"] if node.alt else []
    notes += [f" actual={node.actual!r}"] if node.actual else []
    notes += [f" lang={node.lang}"] if node.lang else []
    notes += [f" {key}={value}" for key, value in sorted(node.attributes.items()) if key != "BBox"]
    notes += [" ->"] * node.links
    lines = ["  " * depth + node.tag + "".join(notes)]
    lines += [f"{'  ' * (depth + 1)}{kid!r}" if isinstance(kid, str) else dump(kid, depth + 1) for kid in node.kids]
    return "\n".join(lines)


def read(pdf: bytes) -> tuple[Node, list[str]]:
    """The tree and a list of problems, empty if there are none."""
    problems: list[str] = []
    with pikepdf.open(io.BytesIO(pdf)) as document:
        pages = [_read_page(number, page, problems) for number, page in enumerate(document.pages, start=1)]
        reader = _Reader(document, pages, problems)
        tree = reader.tree()
        reader.check_ways_back()
        reader.check_annotations()
        _check_catalogue(document, problems)
        _check_fonts(document, problems)
    _check_shape(tree, problems)
    return tree, problems


class _Reader:
    def __init__(self, document: pikepdf.Pdf, pages: list[Page], problems: list[str]) -> None:
        self.document, self.pages, self.problems = document, pages, problems
        self.page_numbers = {page.obj.objgen: number for number, page in enumerate(document.pages, start=1)}
        self.owners: dict[tuple[int, int], list[tuple[int, int]]] = {}
        self.annotations: dict[tuple[int, int], list[tuple[int, int]]] = {}
        self.root = document.Root.get("/StructTreeRoot")

    def tree(self) -> Node:
        if self.root is None:
            self.problems.append("there is no structure tree")
            return Node("Document")
        tops = [self._node(kid, self.root.objgen, None) for kid in _kids(self.root)]
        if len(tops) != 1 or not isinstance(tops[0], Node):
            self.problems.append("the tree has not one top element")
            return Node("Document")
        return tops[0]

    def _node(self, obj: Any, parent: tuple[int, int], page: int | None) -> Node:
        node = Node(
            str(obj.S)[1:], str(obj.get("/Alt", "")), str(obj.get("/ActualText", "")), str(obj.get("/Lang", ""))
        )
        for key, value in dict(obj.get("/A", {})).items():
            if key != "/O":
                node.attributes[key[1:]] = str(value).removeprefix("/") if key != "/BBox" else list(value)
        if obj.P.objgen != parent:
            self.problems.append(f"{node.tag} {obj.objgen} does not point back at its parent")
        own = self.page_numbers.get(obj.Pg.objgen) if "/Pg" in obj else page
        for kid in _kids(obj):
            self._take(node, obj, kid, own)
        if not node.kids and not node.links and node.tag not in MAY_BE_EMPTY:
            self.problems.append(f"{node.tag} {obj.objgen} is empty")
        return node

    def _take(self, node: Node, obj: Any, kid: Any, own: int | None) -> None:
        if isinstance(kid, int):
            self._marked(node, obj.objgen, own, kid)
        elif kid.get("/Type") == "/MCR":
            self._marked(node, obj.objgen, self.page_numbers.get(kid.Pg.objgen), int(kid.MCID))
        elif kid.get("/Type") == "/OBJR":
            node.links += 1
            self.annotations.setdefault(kid.Obj.objgen, []).append(obj.objgen)
            if node.tag != "Link":
                self.problems.append(f"an annotation hangs on {node.tag}")
        else:
            below = self._node(kid, obj.objgen, own)
            node.kids.append(below)
            node.pages |= below.pages

    def _marked(self, node: Node, owner: tuple[int, int], page: int | None, mcid: int) -> None:
        if page is None:
            self.problems.append(f"{node.tag} has MCID {mcid} on no page")
            return
        self.owners.setdefault((page, mcid), []).append(owner)
        node.pages.add(page)
        painted = self.pages[page - 1]
        if mcid not in painted.tags:
            self.problems.append(f"page {page} does not paint MCID {mcid} of {node.tag}")
            return
        if painted.tags[mcid] != node.tag:
            self.problems.append(f"page {page} paints MCID {mcid} as {painted.tags[mcid]}, not {node.tag}")
        node.kids.append(painted.texts[mcid])

    def check_ways_back(self) -> None:
        """The tree, the parent tree and the pages say the same of every MCID."""
        ways = self._parent_tree()
        for number, (page, painted) in enumerate(zip(self.document.pages, self.pages, strict=True), start=1):
            if page.get("/Tabs") != "/S":
                self.problems.append(f"page {number} has no /Tabs /S")
            back = ways.get(int(page.StructParents), []) if "/StructParents" in page else []
            if sorted(painted.tags) != list(range(len(painted.tags))):
                self.problems.append(f"page {number} numbers its MCIDs {sorted(painted.tags)}")
            if len(back) != len(painted.tags):
                self.problems.append(f"page {number} paints {len(painted.tags)} MCIDs, its parent tree has {len(back)}")
            for mcid in painted.tags:
                owners = self.owners.get((number, mcid), [])
                if len(owners) != 1:
                    self.problems.append(f"page {number} MCID {mcid} is under {len(owners)} elements")
                elif mcid < len(back) and back[mcid].objgen != owners[0]:
                    self.problems.append(f"page {number} MCID {mcid}: the parent tree names another element")

    def check_annotations(self) -> None:
        """Every link annotation and its Link element know each other."""
        ways = self._parent_tree()
        seen = set()
        for number, page in enumerate(self.document.pages, start=1):
            for annotation in page.get("/Annots", []):
                seen.add(annotation.objgen)
                owners = self.annotations.get(annotation.objgen, [])
                back = ways.get(int(annotation.get("/StructParent", -1)))
                if len(owners) != 1 or back is None or isinstance(back, list) or back.objgen != owners[0]:
                    self.problems.append(f"an annotation on page {number} is not tied to one Link element")
                if not str(annotation.get("/Contents", "")).strip():
                    self.problems.append(f"an annotation on page {number} has no words")
                if not int(annotation.get("/F", 0)) & 4:
                    self.problems.append(f"an annotation on page {number} is not printed")
        if set(self.annotations) - seen:
            self.problems.append("a Link element names an annotation that is on no page")

    def _parent_tree(self) -> dict[int, Any]:
        if self.root is None:
            return {}
        numbers = list(self.root.ParentTree.Nums)
        ways = {}
        for key, value in zip(numbers[::2], numbers[1::2], strict=True):
            ways[int(key)] = list(value) if isinstance(value, pikepdf.Array) else value
        if int(self.root.get("/ParentTreeNextKey", 0)) != len(ways):
            self.problems.append("the parent tree's next key is not its length")
        return ways


def _kids(obj: Any) -> list[Any]:
    kids = obj.get("/K")
    if kids is None:
        return []
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _read_page(number: int, page: pikepdf.Page, problems: list[str]) -> Page:
    fonts = {name: _to_unicode(font) for name, font in dict(page.Resources.get("/Font", {})).items()}
    read = Page()
    font: dict[int, str] = {}
    current: int | None = None
    depth, in_text, opened_in_text = 0, False, False
    for instruction in pikepdf.parse_content_stream(page):
        operator, operands = str(instruction.operator), list(instruction.operands)
        if operator in ("BT", "ET"):
            in_text = operator == "BT"
            if depth and opened_in_text:
                problems.append(f"page {number}: a text object ends inside marked content that began in it")
        elif operator in ("BDC", "BMC"):
            depth += 1
            opened_in_text = in_text
            if depth > 1:
                problems.append(f"page {number}: marked content is nested")
            current = _open(number, operands, read, problems)
        elif operator == "EMC":
            depth -= 1
            if depth < 0 or opened_in_text != in_text:
                problems.append(f"page {number}: marked content ends where it did not begin")
            current = None
        elif operator == "Tf":
            font = fonts.get(str(operands[0]), {})
        elif operator in PAINT and not depth:
            problems.append(f"page {number}: {operator} {operands!r} paints outside marked content")
        if operator in ("Tj", "TJ", "'", '"') and current is not None:
            read.texts[current] += _shown(operands[-1], font)
    if depth:
        problems.append(f"page {number}: marked content is not closed")
    return read


def _open(number: int, operands: list[Any], read: Page, problems: list[str]) -> int | None:
    tag = str(operands[0])[1:]
    properties = operands[1] if len(operands) > 1 else {}
    if tag == "Artifact":
        read.artifacts.append(str(properties.get("/Subtype", properties.get("/Type", "")))[1:])
        return None
    if "/MCID" not in properties:
        problems.append(f"page {number}: {tag} is marked without an MCID")
        return None
    mcid = int(properties["/MCID"])
    if mcid in read.tags:
        problems.append(f"page {number}: MCID {mcid} is painted twice")
    read.tags[mcid] = tag
    read.texts.setdefault(mcid, "")
    return mcid


def _to_unicode(font: Any) -> dict[int, str]:
    if "/ToUnicode" not in font:
        return {}
    pairs = re.findall(rb"<([0-9A-F]{2})> <([0-9A-F]+)>\n", font.ToUnicode.read_bytes().split(b"beginbfchar")[-1])
    return {int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in pairs}


def _shown(operand: Any, font: dict[int, str]) -> str:
    parts = operand if isinstance(operand, pikepdf.Array | list) else [operand]
    return "".join(font.get(code, "\0") for part in parts if isinstance(part, pikepdf.String) for code in bytes(part))


def _check_catalogue(document: pikepdf.Pdf, problems: list[str]) -> None:
    catalogue = document.Root
    if not str(catalogue.get("/Lang", "")):
        problems.append("the document names no language")
    if not bool(catalogue.get("/MarkInfo", {}).get("/Marked", False)):
        problems.append("the document is not marked as tagged")
    if not bool(catalogue.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False)):
        problems.append("the window does not show the title")
    with document.open_metadata() as metadata:
        if metadata.get("pdfuaid:part") != "1":
            problems.append("the metadata does not declare PDF/UA-1")
        if not metadata.get("dc:title") or metadata.get("dc:title") != str(document.docinfo.get("/Title", "")):
            problems.append("the metadata's title is not the document's")


def _check_fonts(document: pikepdf.Pdf, problems: list[str]) -> None:
    for obj in document.objects:
        if isinstance(obj, pikepdf.Dictionary) and obj.get("/Type") == "/Font":
            if "/FontFile2" not in obj.get("/FontDescriptor", {}):
                problems.append(f"{obj.get('/BaseFont')} is not embedded")
            if "/ToUnicode" not in obj:
                problems.append(f"{obj.get('/BaseFont')} has no way back to Unicode")


def _check_shape(tree: Node, problems: list[str]) -> None:
    level = 0
    for node in _walk(tree):
        allowed = KIDS.get(node.tag)
        tags = [kid.tag for kid in node.kids if isinstance(kid, Node)]
        if allowed is not None and (set(tags) - allowed or len(tags) != len(node.kids)):
            problems.append(f"{node.tag} holds {node.kids if len(tags) != len(node.kids) else tags}")
        if re.fullmatch("H[1-6]", node.tag):
            if int(node.tag[1]) > level + 1:
                problems.append(f"{node.tag} {node.text!r} follows H{level}")
            level = int(node.tag[1])
        if node.tag == "Figure" and (not node.alt.strip() or "BBox" not in node.attributes):
            problems.append("a Figure has no words or no box")
        if node.tag == "TH" and "Scope" not in node.attributes:
            problems.append(f"TH {node.text!r} has no scope")
        if node.tag == "Table":
            _check_table(node, tags, problems)


def _check_table(table: Node, tags: list[str], problems: list[str]) -> None:
    count = Counter(tags)
    if count["THead"] > 1 or count["TBody"] > 1 or count["Caption"] > 1:
        problems.append(f"a Table holds {dict(count)}")
    head_rows = [row.text for head in table.all("THead") for row in head.all("TR")]
    if len(set(head_rows)) != len(head_rows):
        problems.append("a Table's header row is tagged more than once")
    widths: Counter[int] = Counter()
    for at, row in enumerate(table.all("TR")):
        for cell in row.all("TH") + row.all("TD"):
            for below in range(int(cell.attributes.get("RowSpan", 1))):
                widths[at + below] += int(cell.attributes.get("ColSpan", 1))
    if len(set(widths.values())) > 1:
        problems.append(f"a Table's rows are {sorted(set(widths.values()))} columns wide")


def _walk(node: Node) -> Iterator[Node]:
    yield node
    for kid in node.kids:
        if isinstance(kid, Node):
            yield from _walk(kid)
