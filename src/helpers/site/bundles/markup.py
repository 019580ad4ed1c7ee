"""Finished pages, changed just as far as a bundle needs it: their style sheet and where their links lead."""

from __future__ import annotations

import re
from collections.abc import Mapping

from helpers.errors import RunError
from helpers.html.look import digest

_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_OTHER_LANGUAGE = re.compile(r'<li><a href="([^"]*)" hreflang=[^>]*>[^<]*</a></li>\n?')
_LANGUAGES = re.compile(r'<nav class="languages".*?</nav>\n?', re.DOTALL)
_LINK = re.compile(r'<a href="(?!https:|mailto:|#)([^"#]*)([^"]*)"([^>]*)>(.*?)</a>', re.DOTALL)


def style_of(page: str) -> str:
    """The style sheet of a page.

    Raises
    ------
    RunError
        If it has none that its security policy allows: somebody has changed the file.
    """
    found = _STYLE.search(page)
    if found is None or digest(found[1]) not in page:
        raise RunError(
            "the page is not as the workbook writes it",
            seen="no style sheet that its security policy allows",
            next_step="Make the report again: cuaderno report CLIENT.",
        )
    return found[1]


def restyled(page: str, more: str) -> str:
    """The page with further rules at the end of its style sheet, which its security policy allows too.

    Raises
    ------
    RunError
        As `style_of`.
    """
    old = style_of(page)
    new = f"{old}\n{more}"
    return page.replace(f"<style>{old}</style>", f"<style>{new}</style>").replace(digest(old), digest(new))


def linked(page: str, names: Mapping[str, str]) -> str:
    """The page without links to files that do not come along.

    Parameters
    ----------
    page
        A finished page.
    names
        The files that come along: as the page names them, and what they are called from now on.
    """
    page = _OTHER_LANGUAGE.sub(lambda found: found[0] if found[1] in names else "", page)
    page = _LANGUAGES.sub(lambda found: found[0] if found[0].count("<li>") > 1 else "", page)
    return _LINK.sub(lambda found: _relinked(found, names), page)


def _relinked(found: re.Match[str], names: Mapping[str, str]) -> str:
    address, fragment, attributes, said = found.groups()
    return f'<a href="{names[address]}{fragment}"{attributes}>{said}</a>' if address in names else said
