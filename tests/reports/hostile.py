"""What people might write, and what must then still stand in the report as they wrote it."""

from __future__ import annotations

HOSTILE = {
    "unclosed tag": "I said <ok> then left",
    "image": '<img src="/etc/passwd" onerror="alert(1)">',
    "script": "<script>alert('x')</script>done",
    "end of page": "</p></main></body></html><!-- ",
    "entity": "&#0; &lt;b&gt; &amp; &nbsp; &unknown;",
    "comparison": "if a<b and c>d then a & b",
    "style": "</style><link rel=stylesheet href=//x>",
    "cdata": "]]> <![CDATA[ <?php ?>",
    "markup of ours": "<b>bold</b> <u>u</u> <a href='javascript:alert(1)'>x</a> <br/> <font name='Helvetica'>y</font>",
    "placeholders": "{page} {pages} {place} %s %(name)s $HOME",
    "windows path": r"\\server\share\file.pdf C:\new\table",
    "names": "Łódź Şükrü Nguyễn Đặng Ñandú Çelik Œuvre ŵyneb",
    "greek and cyrillic": "Ελληνικά Русский",
    "signs": "– — … “quotes” ‘single’ £ € § • → −3 ½ ™",
}
"""Texts that both renderers can show letter for letter."""

UNSHAPED = {
    "arabic": "قال الرجل نعم",
    "hebrew": "אמרתי שלום",
    "emoji": "good 👍🏽 day 👩‍👩‍👧 ☕",
    "chinese": "我住在这里",
    "direction marks": "left \u202eright\u202c left \u2067isolate\u2069",
    "combining": "Z\u0351\u036b\u0343a\u0301\u0301\u0301l\u0301go",
    "controls": "a\x00b\x07c\x1bd\x7fe\ud800f\uffff",
    "spaces": "a\u00a0b\u2003c\td",
}
"""Texts that a page shows and that a PDF shows as far as its fonts reach."""
