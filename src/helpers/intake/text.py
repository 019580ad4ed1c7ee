"""Bytes to text: which encoding a file is in."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from helpers.errors import ExportError

_SAMPLE = 4096
_DOWNLOAD_AGAIN = "Download the export again; if it was cut by e-mail or a sync folder, send it as a ZIP."


class TruncatedError(ExportError):
    """A file that ends in the middle."""

    code = "truncated_file"


@dataclass(frozen=True)
class Decoded:
    """A file's text and the name of its encoding in the receipt."""

    text: str
    encoding: str


def decode(raw: bytes) -> Decoded:
    """Return the text of a file: byte order mark first, then strict UTF-8, UTF-16 by its zeros, at last cp1252.

    Raises
    ------
    TruncatedError
        Where the bytes end inside a character.
    """
    order = utf16_codec(raw)
    if order is not None:
        return Decoded(_utf16(raw, order), "utf-16")
    if raw.startswith(codecs.BOM_UTF8):
        return Decoded(raw[3:].decode("utf-8", errors="replace"), "utf-8-sig")
    try:
        return Decoded(raw.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        if error.end >= len(raw) and not raw[: error.start].isascii():
            raise cut_off(len(raw), "UTF-8") from error
        # Five byte values have no letter in cp1252; they are kept visible instead of refusing the whole file.
        return Decoded(raw.decode("cp1252", errors="replace"), "cp1252")


def _utf16(raw: bytes, encoding: str) -> str:
    if len(raw) % 2:
        raise cut_off(len(raw), "UTF-16, an odd number")
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        if error.end >= len(raw):
            raise cut_off(len(raw), "UTF-16") from error
        return raw.decode(encoding, errors="replace")


def cut_off(size: int, encoding: str) -> TruncatedError:
    """Return what is to be said of a file of so many bytes that ends inside a character."""
    return TruncatedError(
        "the file ends in the middle of a character", seen=f"{size} bytes of {encoding}", next_step=_DOWNLOAD_AGAIN
    )


def utf16_codec(raw: bytes) -> str | None:
    """Return how the head of a file is decoded if it is UTF-16: by its mark, else by its zeros; None if it is not."""
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    return None if raw.startswith(codecs.BOM_UTF8) else _byte_order(raw[:_SAMPLE])


def _byte_order(sample: bytes) -> str | None:
    """UTF-16 without a mark shows as zeros in every other byte, since headers are mostly Latin letters."""
    if len(sample) < 4:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) / 2
    if odd > 0.4 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.4 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None
