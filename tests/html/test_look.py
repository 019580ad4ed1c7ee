"""The style sheet holds nothing that data could have written, and the policy names it by its digest."""

from __future__ import annotations

import base64
import hashlib
import re

from helpers.html import Look
from helpers.svg import TOKENS

HOSTILE = 'a"}</style><script>alert(1)</script>\\ \n/* @import url(//evil.example) */ é 📈'


def test_the_policy_allows_this_style_sheet_and_no_other() -> None:
    look = Look("#0b5fa5", "Café")

    digest = base64.b64encode(hashlib.sha256(look.style.encode()).digest()).decode()
    assert look.policy.startswith("default-src 'none'; ")
    assert f"style-src 'sha256-{digest}'" in look.policy
    assert "unsafe" not in look.policy


def test_a_margin_cannot_leave_its_string() -> None:
    style = Look(None, HOSTILE).style
    plain = Look(None, "").style

    margin = style.removeprefix(plain[: plain.rindex('""')])
    assert re.fullmatch(r'"(?:[A-Za-z0-9]|\\[0-9a-f]+ )*"\}\}', margin)


def test_nothing_in_it_is_fetched() -> None:
    assert not re.search(r"url\(|@import|</style", Look(None, HOSTILE).style, re.IGNORECASE)


def test_every_colour_of_the_sheet_is_a_token() -> None:
    style = Look().style

    assert set(re.findall(r"var\(--([\w-]+)", style)) <= {*TOKENS, "acc", "font", "radius", "gap"}
