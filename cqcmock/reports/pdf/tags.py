"""A reportlab canvas that builds the structure tree while it paints, and refuses to paint what has no tag."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import md5
from typing import Any

from reportlab import rl_config  # type: ignore[import-untyped]
from reportlab.lib.utils import TimeStamp  # type: ignore[import-untyped]
from reportlab.pdfbase import pdfdoc, pdfmetrics  # type: ignore[import-untyped]
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

from cqcmock.reports.pdf.marked import CheckedText, Switch, TaggedText, Target, marked_content
from cqcmock.reports.pdf.right_to_left import typed
from cqcmock.reports.pdf.structure import (
    LAYOUT,
    REPEATED,
    TREE_ROOT,
    Artifact,
    Elem,
    TaggingError,
    Token,
    TreeRoot,
    metadata,
    walk,
)

__all__ = [
    "LAYOUT",
    "REPEATED",
    "Artifact",
    "CheckedText",
    "Elem",
    "Switch",
    "TaggedCanvas",
    "TaggedText",
    "TaggingError",
    "Target",
    "Token",
]

_XML_UNSAFE = {**dict.fromkeys(range(32), " "), ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;"}


class TaggedCanvas(Canvas):  # type: ignore[misc]
    """A canvas that builds the structure tree while it paints. `running` draws the header and footer of each page.

    Raises TaggingError from the drawing call, or at the end of the page, for whatever would not be accessible.
    """

    def __init__(self, filename: Any, **settings: Any) -> None:
        rl_config.useA85 = 0  # text armour makes a file a quarter larger and serves nobody
        self.root = Elem("Document", None)
        self.running: Callable[[TaggedCanvas, int, int], None] | None = None
        self.created: datetime | None = None
        self._stack: list[tuple[Target, Elem]] = [(None, self.root)]
        self._sections: list[Elem] = []
        self._headings = 0
        self._elements: dict[Token, Elem] = {}
        self._parents: list[list[Elem] | Elem] = []
        self._marks: list[Elem] = []
        self._links: deque[Elem] = deque()
        self._code: list[str] = []
        self._described: list[tuple[Any, Elem]] = []
        self._next_text: Target = None
        self._finished = False
        settings.setdefault("pdfVersion", (1, 7))
        settings["invariant"] = 1
        super().__init__(filename, **settings)
        self._doc.info.title = ""
        self._doc.signature = md5(usedforsecurity=False)  # of the pages alone: reportlab's begins with the clock
        self.lang = str(settings.get("lang") or "").strip()

    # Where paint goes

    @property
    def target(self) -> Target:
        """What the paint of this moment belongs to."""
        return self._stack[-1][0]

    @property
    def parent(self) -> Elem:
        """The element under which the next new element goes."""
        return self._stack[-1][1] if len(self._stack) > 1 else self._sections[-1] if self._sections else self.root

    def push(self, target: Target, parent: Elem | None = None) -> None:
        """From here on paint belongs to `target` and new elements to `parent`, until `pop`."""
        current, above = self._stack[-1][0], self.parent
        if isinstance(current, Artifact) and current.swallows:
            target = current
        self._stack.append((target, parent or above))
        self._code.append(Switch(target))

    def pop(self) -> None:
        """Back to what was before the last `push`."""
        self._stack.pop()
        self._code.append(Switch(self.target))

    @contextmanager
    def within(self, target: Target, parent: Elem | None = None) -> Iterator[None]:
        """`push` and `pop` round a block."""
        self.push(target, parent)
        yield
        self.pop()

    def element(self, token: Token) -> Elem:
        """The element that the token stands for, made at the first asking."""
        elem = self._elements.get(token)
        if elem is None:
            parent = self.element(token.parent) if token.parent else self.parent
            elem = Elem(token.tag, parent, token.keep, token.attributes, token.alt, token.lang)
            self._elements[token] = elem
        return elem

    def knows(self, token: Token) -> bool:
        """Whether something was drawn for the token before: then this is the rest of a split."""
        return token in self._elements

    def settle(self, target: Target) -> Target:
        """`target`, or the artifact that swallows everything just now."""
        current = self.target
        return current if isinstance(current, Artifact) and current.swallows else target

    def open_section(self, level: int, title: str, height: float) -> None:
        """Begin a section: a Sect in the tree and a bookmark, `height` points above the origin.

        Raises TaggingError for a skipped level and for a heading in a table.
        """
        if len(self._stack) > 1:
            raise TaggingError(f"Heading {title[:60]!r} stands inside another element.")
        if not 1 <= level <= len(self._sections) + 1:
            raise TaggingError(f"Heading {title[:60]!r} has level {level} after level {len(self._sections)}.")
        del self._sections[level - 1 :]
        self._sections.append(Elem("Sect", self.parent))
        self._headings += 1
        key = f"heading-{self._headings}"
        self.bookmarkHorizontal(key, 0, height)
        self.addOutlineEntry(title, key, level - 1)

    # What reportlab calls

    def beginText(self, x: float = 0, y: float = 0, direction: str | None = None) -> CheckedText:
        target, self._next_text = self._next_text, None
        if target is not None:
            return TaggedText(self, x, y, self.settle(target), iter(()))
        return CheckedText(self, x, y, direction=direction)

    def label_next_text(self, label: Elem) -> None:
        """The next text object is the bullet or number of a list item."""
        self._next_text = label

    def drawText(self, text: CheckedText) -> None:
        self._code.extend(text.pieces())

    def setFont(self, psfontname: str, size: float, leading: float | None = None) -> None:
        if pdfmetrics.getFont(psfontname)._dynamicFont:
            super().setFont(psfontname, size, leading)
        else:  # drawings begin by naming Helvetica; it must not get into the file unless text is drawn, which raises
            self._fontname, self._fontsize = psfontname, size
            self._leading = size * 1.2 if leading is None else leading

    def expect_link(self, link: Elem) -> None:
        """The next annotation belongs to this Link element."""
        self._links.append(link)

    def _addAnnotation(self, annotation: Any, name: str | None = None, addtopage: int = 1) -> None:
        if isinstance(self.settle(None), Artifact):
            return  # a link in a repeated table header: it works where the header stands first
        if not self._links:
            raise TaggingError("A link or annotation has no words of its own.")
        link = self._links.popleft()
        name = f"NUMBER{self._annotationCount + 1}"
        if isinstance(annotation, pdfdoc.LinkAnnotation):
            annotation.permitted = (*annotation.permitted, "StructParent")
            annotation.otherkw |= {"StructParent": len(self._parents), "F": 4}
        else:
            annotation["StructParent"] = len(self._parents)
            annotation["F"] = 4
        self._parents.append(link)
        self._described.append((annotation, link))
        link.annotations.append((self._doc.thisPageName(), self._doc.annotationName(name)))
        super()._addAnnotation(annotation, name, addtopage)

    def showPage(self) -> None:
        if len(self._stack) != 1 or self._links:
            raise TaggingError("The page ends inside an element.")
        self._marks = []
        self._code[:] = marked_content(self._code, self._doc.thisPageName(), self._marks)
        super().showPage()
        page = self._doc.Pages.pages[-1]
        page.__NoDefault__ = [*page.__NoDefault__, "Tabs", "StructParents"]
        page.Tabs = "/S"
        if self._marks:
            page.StructParents = len(self._parents)
            self._parents.append(self._marks)
        self._doc.updateSignature(page.stream)

    def save(self) -> None:
        if self._code:
            self.showPage()
        self._finish()
        super().save()

    def getpdfdata(self) -> bytes:
        if self._code:
            self.showPage()
        self._finish()
        return bytes(super().getpdfdata())

    # The end of the document

    def _finish(self) -> None:
        if self._finished:
            return
        self._finished = True
        document = self._doc
        title = str(document.info.title or "").strip()
        if not title:
            raise TaggingError("The document has no title.")
        if not self.lang:
            raise TaggingError("The document names no language.")
        if not self.root.kids:
            raise TaggingError("The document is empty.")
        unbound = sorted(name for name, place in self._destinations.items() if place.page is None)
        if unbound:
            raise TaggingError(f"Links lead to places that do not exist: {', '.join(unbound)}.")
        self._draw_running()
        self._stamp()
        for elem in walk(self.root):
            document.Reference(elem)
            if {kid.tag if isinstance(kid, Elem) else "" for kid in elem.kids} == {"Caption"}:
                raise TaggingError(f"A caption stands without its {elem.tag}.")
        for annotation, link in self._described:
            words = typed(" ".join("".join(link.words).split()))
            if isinstance(annotation, pdfdoc.LinkAnnotation):
                annotation.Contents = words
            else:
                annotation["Contents"] = pdfdoc.PDFString(words)
        catalog = document.Catalog
        document.Reference(TreeRoot(self.root, self._parents), TREE_ROOT)
        catalog.StructTreeRoot = pdfdoc.PDFObjectReference(TREE_ROOT)
        catalog.MarkInfo = pdfdoc.PDFDictionary({"Marked": "true"})
        self.setViewerPreference("DisplayDocTitle", "true")
        packet = metadata(title, self.lang, self._created_text(), str(document.info.producer), _XML_UNSAFE)
        catalog.Metadata = pdfdoc.XMP(creator=lambda _document: packet)

    def _draw_running(self) -> None:
        """Headers and footers are drawn last, when the number of pages is known."""
        if self.running is None:
            return
        pages = self._doc.Pages.pages
        for count, page in enumerate(pages, start=1):
            self._restartAccumulators()
            self.init_graphics_state()
            self.running(self, count, len(pages))
            code = marked_content(self._code, page.__InternalName__, [])
            if self._formsinuse or self._annotationrefs or self._extgstate.getState() or self._colorsUsed:
                raise TaggingError("A header or footer can hold text and plain lines only.")
            page.stream += "\n".join(("q", *code, "Q", ""))
        self._code = []

    def _stamp(self) -> None:
        """The file's date is data: the same content makes the same bytes."""
        moment = self.created or datetime(2000, 1, 1, tzinfo=UTC)
        if moment.tzinfo is not None:
            moment = moment.astimezone(UTC)
        self._doc.updateSignature(moment.isoformat())
        stamp = TimeStamp(1)
        stamp.YMDhms = moment.timetuple()[:6]
        stamp.dhh = stamp.dmm = 0
        self._doc._timeStamp = stamp

    def _created_text(self) -> str:
        return "{:04d}-{:02d}-{:02d}T{:02d}:{:02d}:{:02d}Z".format(*self._doc._timeStamp.YMDhms)
