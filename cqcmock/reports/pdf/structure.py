"""The structure tree of a tagged PDF: what a screen reader walks through instead of the painted page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFObject, PDFString  # type: ignore[import-untyped]

from cqcmock.reports.pdf.right_to_left import has_any, typed


class TaggingError(Exception):
    """The document would not be accessible: content without a tag, a figure without words, a glyph that no font has."""


@dataclass(frozen=True, slots=True)
class Artifact:
    """Paint that means nothing to a reader: rules and backgrounds (Layout), running headers (Pagination)."""

    kind: str = "Layout"
    subtype: str = ""

    @property
    def swallows(self) -> bool:
        """Whether what is drawn inside stays an artifact, too: true of running headers and repeated table headers."""
        return self.kind == "Pagination"

    def opening(self) -> str:
        """The operator that begins this artifact in a content stream."""
        subtype = f" /Subtype /{self.subtype}" if self.subtype else ""
        return f"/Artifact <</Type /{self.kind}{subtype}>> BDC"


LAYOUT = Artifact()
REPEATED = Artifact("Pagination")


@dataclass(eq=False, slots=True, kw_only=True)
class Token:
    """Stands for one structure element before it is drawn, so that both halves of a split share one element.

    `parent` None means wherever the element is first drawn. `keep` keeps the element though nothing is painted in it
    (an empty table cell). `attributes` is the text of a PDF attribute dictionary.
    """

    tag: str
    parent: Token | None = None
    keep: bool = False
    attributes: str = ""
    alt: str = ""
    lang: str = ""


@dataclass(eq=False)
class Elem(PDFObject):  # type: ignore[misc]
    """One structure element, which writes itself into the file."""

    tag: str
    parent: Elem | None
    keep: bool = False
    attributes: str = ""
    alt: str = ""
    lang: str = ""
    words: list[str] = field(default_factory=list)
    kids: list[Elem | tuple[str, int]] = field(default_factory=list)
    annotations: list[tuple[str, str]] = field(default_factory=list)
    attached: bool = False

    def attach(self) -> None:
        """Give the element its place in the tree: done at its first paint, so that the tree is in reading order."""
        if not self.attached:
            self.attached = True
            if self.parent is not None:
                self.parent.attach()
                self.parent.kids.append(self)

    def format(self, document: Any) -> bytes:
        """The element as a PDF dictionary; reportlab calls this when it writes the file."""
        marked = next((kid for kid in self.kids if isinstance(kid, tuple)), None)
        own_page = marked[0] if marked else self.annotations[0][0] if self.annotations else None
        entries = [f"/Type /StructElem /S /{self.tag}"]
        if self.parent is not None:
            entries.append(f"/P {reference(document, self.parent)}")
        else:
            entries.append(f"/P {number(document, TREE_ROOT)}")
        if own_page is not None:
            entries.append(f"/Pg {number(document, own_page)}")
        kids = [_kid(document, kid, own_page) for kid in self.kids]
        kids += [
            f"<</Type /OBJR /Pg {number(document, page)} /Obj {number(document, name)}>>"
            for page, name in self.annotations
        ]
        if kids:  # a single kid is written bare: a checker overlooks headings whose /K is an array
            entries.append(f"/K {kids[0]}" if len(kids) == 1 else "/K [" + " ".join(kids) + "]")
        if self.attributes:
            entries.append(f"/A {self.attributes}")
        head = " ".join(entries).encode("ascii")
        tail = b""
        spoken = "".join(self.words)
        actual = typed(spoken) if has_any(spoken) else ""  # painted backwards, so said forwards
        for key, text in ((b" /Alt ", self.alt), (b" /ActualText ", actual), (b" /Lang ", self.lang)):
            if text:
                tail += key + PDFString(text).format(document)
        return b"<<" + head + tail + b">>"


TREE_ROOT = "StructTreeRoot"


@dataclass(eq=False)
class TreeRoot(PDFObject):  # type: ignore[misc]
    """The root of the structure tree, with the way back from each page and annotation to its elements."""

    document: Elem
    parents: list[list[Elem] | Elem]

    def format(self, document: Any) -> bytes:
        """The root as a PDF dictionary; reportlab calls this when it writes the file."""
        numbers = []
        for key, owner in enumerate(self.parents):
            if isinstance(owner, Elem):
                numbers.append(f"{key} {reference(document, owner)}")
            else:
                numbers.append(f"{key} [" + " ".join(reference(document, elem) for elem in owner) + "]")
        tree = "\n".join(numbers)
        return (
            f"<</Type /StructTreeRoot /K {reference(document, self.document)}\n"
            f"/ParentTree <</Nums [{tree}]>> /ParentTreeNextKey {len(self.parents)}>>"
        ).encode("ascii")


def reference(document: Any, elem: Elem) -> str:
    """`12 0 R` for an element that the document has numbered."""
    return number(document, elem.__InternalName__)


def number(document: Any, name: str) -> str:
    """`12 0 R` for reportlab's internal name of an object."""
    return "{} {} R".format(*document.idToObjectNumberAndVersion[name])


def walk(elem: Elem) -> list[Elem]:
    """The element and all below it, in reading order."""
    found, waiting = [], [elem]
    while waiting:
        current = waiting.pop()
        found.append(current)
        waiting.extend(kid for kid in reversed(current.kids) if isinstance(kid, Elem))
    return found


def metadata(title: str, lang: str, created: str, producer: str, escape: Mapping[int, str]) -> bytes:
    """The XMP packet that declares PDF/UA-1."""
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title.translate(escape)}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>{lang.translate(escape)}</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>{created}</xmp:CreateDate><xmp:ModifyDate>{created}</xmp:ModifyDate>
<pdf:Producer>{producer.translate(escape)}</pdf:Producer><pdfuaid:part>1</pdfuaid:part>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>""".encode()


def _kid(document: Any, kid: Elem | tuple[str, int], own_page: str | None) -> str:
    if isinstance(kid, Elem):
        return reference(document, kid)
    page, mcid = kid
    if page == own_page:
        return str(mcid)
    return f"<</Type /MCR /Pg {number(document, page)} /MCID {mcid}>>"
