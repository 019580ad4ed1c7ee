"""Personal data: dropped, or turned into a salted digest where rows of one person must stay together."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence

import pandas as pd

# A client's own salt is better; this one only keeps digests stable between files when none is given.
DEFAULT_SALT = "cuaderno"
MASK = "•••"
# `banner@2x.png` is a picture of double density, not somebody's address.
_EMAIL = re.compile(
    r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@(?:[\w-]{1,63}\.){1,8}(?!(?:png|jpe?g|gif|webp|svg|mp4|mov|pdf)\b)[a-z]{2,24}\b",
    re.IGNORECASE,
)
# With a country in front, or in the groups in which people write them; a bare row of digits is an id or a figure.
_PHONE = re.compile(
    r"(?<![\w.,/+-])(?:(?:\+|00)[1-9]\d{0,2}[ .-]?(?:\(\d{1,4}\)[ .-]?)?\d{1,4}(?:[ .-]?\d{2,4}){2,4}"
    r"|\(\d{2,4}\) ?\d{3,4}[ .-]?\d{3,4}|[6789]\d{2}([ .-])\d{3}\1\d{3}|[6789]\d{2}([ .-])\d{2}\2\d{2}\2\d{2}"
    r"|\d{2,3}([ .-])\d{3,4}\3\d{4})(?![\w/+-]|[.,]\d)"
)
_PERSON_COLUMNS = frozenset({"customer_id", "contact_id", "respondent"})
_FREE_TEXT = frozenset({"text", "answer"})
_WHOSE = (
    r"(?:customer|client|contact|lead|user|buyer|subscriber|billing|shipping|recipient|respondent|your|primary|work)"
)
_DE_QUIEN = (
    r"(?:del? )?(?:l[ao] )?(?:cliente|contacto|usuario|comprador|suscriptor|envio|facturacion|destinatario|persona)"
)
_ANNOUNCED = (
    r"e-?mails?(?: addresse?s?)?",
    r"correos?(?: electronicos?)?",
    r"direccion(?:es)? (?:de )?(?:correo|e-?mail)(?: electronico)?",
    r"(?:mobile |cell )?(?:tele)?phone(?: numbers?)?",
    r"(?:mobile|whatsapp)(?: numbers?)?",
    r"(?:numero de )?(?:telefono|movil|celular|whatsapp)(?: (?:movil|celular|de contacto))?",
    r"(?:first|last|full|middle) ?name",
    r"surname",
    r"apellidos?",
    rf"{_WHOSE}(?:'s)? name",
    rf"nombres? (?:y apellidos?|completo|{_DE_QUIEN})",
    r"(?:street |postal |home )?address(?: ?(?:line ?)?\d)?",
    r"street|calle|domicilio|direccion(?: postal)?(?: \d)?",
    r"dni|nif|nie|curp|rfc|passport(?: number)?|pasaporte",
    r"date of birth|birth ?da(?:y|te)|fecha de nacimiento",
    r"ip(?: address)?|direccion ip",
)
_ASKING = r"what(?: is|'s) your |¿?cual es (?:tu|su) |indica (?:tu|su) |(?:tu|su) "
_PERSONAL = re.compile(rf"(?:{_ASKING})?(?:{_WHOSE}(?:'s)? )?(?:{'|'.join(_ANNOUNCED)})(?: {_DE_QUIEN})?[?:*]*")


def is_personal(header: str) -> bool:
    """Whether a header, normalised as `platforms.normalised` does, announces names, addresses or numbers of people."""
    return _PERSONAL.fullmatch(header.replace("_", " ").strip()) is not None


def digest(text: str, salt: str) -> str:
    """Return a digest that is the same for the same person and salt, and from which nobody reads the person."""
    return hashlib.sha256(f"{salt}\0{text.strip().casefold()}".encode()).hexdigest()[:20]


def digested(frame: pd.DataFrame, names: Sequence[str], salt: str) -> pd.DataFrame:
    """Return the frame with digests in place of the people that the columns `names` hold; blanks stay blank."""
    columns = {
        name: frame[name].map(lambda word: digest(word, salt), na_action="ignore").astype("str") for name in names
    }
    return frame.assign(**columns)


def masked(text: str, *, phones: bool = True) -> str:
    """Return a text with a sign for every e-mail address and, if wanted, for every telephone number."""
    found = _EMAIL.sub(MASK, text) if "@" in text else text
    return _PHONE.sub(MASK, found) if phones else found


def hashed(frame: pd.DataFrame, salt: str, attributes: Iterable[str] = ()) -> tuple[pd.DataFrame, list[str]]:
    """Take e-mail addresses and telephone numbers out of every text column.

    Parameters
    ----------
    frame
        Typed rows.
    salt
        Of the client.
    attributes
        Columns that the analyst named, in which anything may stand.

    Returns
    -------
    The frame, and the names of the columns in which personal data stood. A column that identifies people keeps a
    digest of each; elsewhere a cell that is nothing else becomes blank, and a longer text keeps the rest.
    """
    found = []
    free = _FREE_TEXT | set(attributes)
    for name in frame.columns:
        if not pd.api.types.is_string_dtype(frame[name]):
            continue
        words = frame[name].dropna().unique().tolist()
        clean = {word: _clean(word, str(name), salt, phones=name in free) for word in words}
        changed = {word: other for word, other in clean.items() if other != word}
        if changed:
            found.append(str(name))
            values = frame[name].map(lambda word, to=changed: to.get(word, word)).astype("str")
            frame = frame.assign(**{str(name): values})
    return frame, found


def _clean(word: str, column: str, salt: str, *, phones: bool) -> str | None:
    if column in _PERSON_COLUMNS:
        return digest(word, salt) if masked(word) == MASK else masked(word)
    text = masked(word, phones=phones)
    return None if text.strip() == MASK else text
