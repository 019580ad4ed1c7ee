"""What must hold at every place where text becomes markup: each check gives what it found wrong, so nothing when all is
well. The mutants are held against the same checks."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator
from html import unescape
from html.parser import HTMLParser
from itertools import product
from typing import Any, cast
from urllib.parse import unquote

from helpers.blocks import MIME, Brand, Figure, Record
from helpers.errors import RunError
from helpers.export import pages
from helpers.export.commentary import with_claims
from helpers.html import Look, View, inline, rich
from helpers.html.drawing import drawing, logo, picture
from helpers.html.environment import data, style
from helpers.svg import DrawingError, clean, translate
from helpers.svg.allowed import PAINTED, PLACED
from helpers.svg.node import Node
from helpers.wording import Words

from . import fields
from .inert import DATA, faults
from .payloads import MARKDOWN, OWN, RUN

PROBES = (
    *("url(http://evil.example/x)", "javascript:evil", "data:text/html,evil", "https://evil.example/", "evil_1"),
    *("data:image/png;base64,evil!", "data:image/svg+xml,evil", "expression(evil)", "#evil x"),
)
"""Values that no attribute of a cleaned drawing may hold."""

STRANGE = ("onload", "style", "class", "filter", "mask", "marker-end", "cursor", "src", "from", "data-x")
ELEMENTS = (
    *("script", "foreignObject", "a", "animate", "set", "style", "iframe", "handler", "listener", "feImage", "filter"),
    *("mask", "metadata", "embed", "object", "video", "audio", "switch", "marker", "pattern", "symbol", "view", "font"),
)
TARGETS = '<g id="group"/><clipPath id="clip"><path d="M0 0"/></clipPath><path id="shape" d="M0 0"/>'
LOOPS = ('<use href="#group"/>', '<use href="#clip"/>', '<path d="M0 0" fill="url(#shape)" clip-path="url(#group)"/>')
OPEN = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">'


class _Values(HTMLParser):
    def __init__(self, markup: str) -> None:
        super().__init__()
        self.values: list[tuple[str, str, str]] = []
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.values += [(tag, key, value or "") for key, value in attrs]


def attributes() -> Iterator[str]:
    """No attribute holds what is not of its form, whichever element it stands on, nor through a style or its sheet."""
    keys = list(dict.fromkeys((*PLACED, *PAINTED, *STRANGE)))
    for tag, value in product(("path", "image", "use", "g", "text"), PROBES):
        sheet = "".join(f".c{number}{{{key}:{value}}}" for number, key in enumerate(keys))
        forms = [f'{key}="{value}"' for key in keys] + [f'style="{key}:{value}"' for key in keys]
        forms += [f'class="c{number}"' for number in range(len(keys))]
        inner = "".join(f'<{tag} {form}><path d="M0 0"/></{tag}>' for form in forms)
        cleaned = clean(f"{OPEN}<style>{sheet}</style><path d='M0 0'/>{inner}</svg>")
        yield from (f"{found} from {value}" for found in _Values(cleaned).values if "evil" in found[2])


def elements() -> Iterator[str]:
    """No element passes that is not a known shape or text."""
    for name in ELEMENTS:
        cleaned = clean(f'{OPEN}<path d="M0 0"/><{name} href="evil"><text>evil</text></{name}></svg>').lower()
        yield from (f"{name} in {cleaned}" for seen in (f"<{name.lower()}", "evil") if seen in cleaned)
    shapes = clean(f'{OPEN}<g>evil<path d="M0 0">evil</path>evil</g><rect width="9">evil</rect></svg>')
    if "evil" in shapes:
        yield f"words outside texts: {shapes}"


def nodes() -> Iterator[str]:
    """Whatever an element holds, it is written as one element."""
    for payload in OWN.values():
        written = Node("text", {"fill": payload}, payload, [Node("tspan", {}, payload)]).write()
        if [found[1] for found in _Values(written).values] != ["fill"] or written.count("<") != 4:
            yield f"more than was there: {written}"


def references() -> Iterator[str]:
    """No reference leads to what could refer back, or to nothing."""
    for loop in LOOPS:
        cleaned = clean(f"{OPEN}{TARGETS}{loop}</svg>")
        yield from (f"{found} in {loop}" for found in _Values(cleaned).values if found[1] in {"href", "clip-path"})
        yield from (f"{found} in {loop}" for found in _Values(cleaned).values if found[2].startswith("url("))


def documents() -> Iterator[str]:
    """Entities are refused, and what is no drawing."""
    kind = '<!DOCTYPE svg [<!ENTITY a "evil">]>'
    for start in (kind, f"{OPEN}{kind}<path d='M0 0'/></svg><svg>", "<svg><b/></svg>"):
        for source in (f"{start}{OPEN}<path d='M0 0'/><text>&a;</text></svg>", start):
            try:
                yield clean(source)
            except DrawingError:
                continue


@functools.cache
def figure_of(payload: str) -> Figure:
    """A figure of which every string is the payload."""
    return cast("Figure", next(fields.specimens(Figure, payload)))


def drawings() -> Iterator[str]:
    """Texts of a drawing are texts in every language, with the words for who does not see it."""
    for payload in OWN.values():
        figure = figure_of(payload)
        for made in (drawing(figure, View(0, "en"), is_wide=True, prefix="f-"), clean(figure.wide, title=payload)):
            yield from faults(str(made))
        swapped = translate(f"{OPEN}<text>a</text></svg>", [["a", payload]], 1)
        yield from faults(swapped)
        if unescape(re.sub(r"</?(?:svg|text)[^>]*>", "", swapped)) != payload:
            yield f"another text: {swapped}"


def images() -> Iterator[str]:
    """Logos and pictures are addresses of images that end no attribute."""
    for payload in OWN.values():
        figure = figure_of(payload)
        hostile = (payload, *(f"data:image/{kind},{payload}" for kind in ("png;base64", "svg+xml")), figure.wide)
        for address in (picture(figure, View(0, "en")), *(logo(Brand(logo=text)) for text in hostile)):
            if address and set('"<>#\n') & set(address):
                yield f"an address that ends an attribute: {address}"
            yield from [*faults(f'<img src="{address}">'), *faults(unquote(address))] if address else ()


def markdown() -> Iterator[str]:
    """A person's words hold no elements but those of Markdown, and lose no word."""
    for text in (*OWN.values(), *MARKDOWN.values()):
        yield from (fault for made in (rich(text), inline(text)) for fault in faults(str(made)))
        values = _Values(str(rich(text))).values
        yield from (f"{found}" for found in values if found[1] not in {"href", "rel", "scope"})
        yield from (f"{found}" for found in values if found[1] == "href" and _is_strange(found[2]))
        yield from (f"an image: {made}" for made in (rich(text), inline(text)) if "<img" in made)
    kept = rich("# a\n<div title=x>words</div>\n\n[b](https://b.example)\n\n| c |\n|---|\n| d |")
    for wanted in ("&lt;div title=x&gt;words", 'rel="noopener noreferrer"', '<th scope="col">', "<h3>"):
        if wanted not in kept:
            yield f"lost {wanted}: {kept}"


def _is_strange(address: str) -> bool:
    return not address.lower().startswith(("https://", "mailto:"))


def remarks() -> Iterator[str]:
    """The values that a comment names are texts, whatever they are and wherever they are named."""
    for payload in OWN.values():
        name = re.sub(r"[{}\s]", "", payload)
        claim = _text_claim(name, payload)
        record = Record.model_construct(claims=[claim])
        place = f"{{{{claim:{name}}}}}"
        written = f"a {place} `{place}` [b](https://b.example/{place}) [{place}](https://b.example '{place}')"
        made = str(with_claims(written + MARKDOWN["place of a figure"].replace("{{claim:}}", ""), record, Words("en")))
        yield from faults(made)
        if made.count("<span") != made.count("<span data-claim=") or "data-claim" not in made:
            yield f"no span of a claim: {made}"


def _text_claim(name: str, text: str) -> dict[str, Any]:
    """A claim in the contract's form whose value is a text."""
    period = {"start": "2026-10-01", "end": "2026-10-31"}
    absent = dict.fromkeys(("currency", "interval", "n", "compared_to", "verdict"))
    known = {"id": name, "metric": "data_regime", "scope": {}, "period": period, "value": text, "unit": "text"}
    return {**absent, **known, "evidence": []}


def blocks_of_data() -> Iterator[str]:
    """Nothing in the data can end its element, or be a line's end to whoever reads it as a script."""
    written = str(data({payload: payload for payload in OWN.values()}))
    yield from (f"{sign!r} in the data" for sign in "<>&\u2028\u2029" if sign in written)
    yield from faults(f'<script type="{DATA["type"]}" id="{DATA["id"]}">{written}</script>')


def sheets() -> Iterator[str]:
    """The margin of a sheet is one string of letters, digits and numbered signs; a colour is a colour."""
    plain = str(style(Look(None, "")))
    for payload in OWN.values():
        for colour in (payload, f"#123456{payload}"):
            written = str(style(Look(colour, payload)))
            margin = written.removeprefix(plain.removesuffix('""}}'))
            if not re.fullmatch(r'"(?:[A-Za-z0-9]|\\[0-9a-f]+ )*"}}', margin):
                yield f"a margin that is no string: {margin}"


def policies() -> Iterator[str]:
    """The policy allows the style sheet by its hash and images inside the file, and nothing else."""
    rules = dict(rule.split(" ", 1) for rule in Look("#123456", OWN["style"]).policy.split("; "))
    digest = rules.pop("style-src", "")
    if not re.fullmatch(r"'sha256-[A-Za-z0-9+/]{43}='", digest):
        yield f"styles by {digest}"
    wanted = {"default-src": "'none'", "img-src": "data:", "base-uri": "'none'", "form-action": "'none'"}
    if rules != wanted:
        yield f"another policy: {rules}"


def heads() -> Iterator[str]:
    """Names that end up in addresses are refused where the workbook would not have written them."""
    stages, languages = (f"javascript:{RUN}", "a\n", "../a", ""), (["x"], ["en", "x"], [])
    changes = [{"stage": stage} for stage in stages] + [{"languages": codes} for codes in languages] + [{"drawn": "x"}]
    for change in changes:
        notebook = fields.notebook([])
        notebook["cells"][1]["outputs"][0]["data"][MIME].update(change)
        try:
            pages(notebook)
        except RunError:
            continue
        yield f"a page in spite of {change}"


def outputs() -> Iterator[str]:
    """Only blocks and text cells are on the page."""
    notebook = fields.notebook([])
    notebook["cells"].insert(2, fields.strange("evil"))
    yield from (language for language, page in pages(notebook).items() if "evil" in page)


CHECKS: dict[str, tuple[Callable[[], Iterator[str]], ...]] = {
    "helpers.svg": (elements, nodes, references, documents, attributes, drawings, images),
    "helpers.html": (markdown, blocks_of_data, sheets, policies, images, drawings),
    "helpers.export": (remarks, heads, outputs),
}
"""The checks of each package, quick ones first."""


def fault_in(package: str) -> str | None:
    """The first thing that a check of the package finds wrong, or None; what breaks down is wrong too."""
    for check in CHECKS[package]:
        try:
            for fault in check():
                return f"{check.__name__}: {fault}"
        except Exception as error:  # noqa: BLE001  a mutant may break in any way, and then it is noticed
            return f"{check.__name__}: {error!r}"
    return None
