"""Charset detection and decoding. A label is checked, not believed; undecodable bytes are refused, never guessed.

UTF-8 that decodes is UTF-8: no other text of any length does so by chance. What decodes as CP949 (which pages call
EUC-KR or KS_C_5601) and reads as Korean is that. Only then a label counts.
"""

import codecs
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from knowledge.ingest.document import RefusedError
from knowledge.text import to_excerpt

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LABELS = {
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987", "ks_c_5601", "ksc5601", "ksc_5601", "windows-949", "cp949", "uhc", "korean"), "cp949"),
    **dict.fromkeys(("iso-8859-1", "latin1", "us-ascii", "ascii", "windows-1252", "cp1252"), "cp1252"),
    **dict.fromkeys(("gb2312", "gbk", "gb18030"), "gb18030"),
    **dict.fromkeys(("shift_jis", "shift-jis", "x-sjis", "windows-31j"), "cp932"),
    **{name: name for name in ("big5", "euc-jp", "koi8-r", "utf-16-le", "utf-16-be")},
    **{name: name for name in ("iso-8859-2", "iso-8859-5", "iso-8859-7", "iso-8859-9", "iso-8859-15")},
    **{name: name for name in ("windows-1250", "windows-1251", "windows-1253", "windows-1254")},
    "utf-16": "utf-16-le", "utf-16le": "utf-16-le", "utf-16be": "utf-16-be",
}  # fmt: skip
"""Encoding labels as browsers read them (WHATWG Encoding), as Python codecs; other labels are ignored."""
_DECLARED = re.compile(
    rb"""<(?:meta\b[^>]{0,500}?charset|\?xml\b[^>]{0,200}?encoding)\s*=\s*["']?\s*([\w:.-]{1,40})""", re.IGNORECASE
)
_DECLARED_WITHIN = 16 * 1024
_ISO_2022_KR = b"\x1b$)C"
_SAMPLE = 256 * 1024
_STRAY = 2
"""Broken bytes that a long text may have, which are then told of."""
_TEXT_PER_STRAY = 500
"""Characters besides ASCII that there must be for each of them."""
_REPLACEMENT = "\ufffd"
_BLANKS = 40
"""Characters at the most to a blank or line break, in text that was read the right way round."""
_EVERYDAY = 2
"""Bytes of an everyday syllable in EUC-KR; the rare rest is spelled out there, in eight."""
_MOSTLY = 0.6
_FEW = 0.25
_SAVE_AS_UTF8 = "Save it as UTF-8 (in Notepad: Save as, Encoding: UTF-8), and add that"
_ALLOWED = "UTF-8, UTF-16 and EUC-KR (CP949) are read, and other charsets that a page names and keeps to"


class Decoded(NamedTuple):
    """A decoded text with its charset and remarks for the user."""

    text: str
    charset: str
    notes: tuple[str, ...] = ()


def decode(data: bytes, claimed: str = "") -> Decoded:
    """Decode bytes; `claimed` is the charset that a server named, besides the ones that the bytes declare.

    Raises:
        RefusedError: if they cannot be read without guessing.
    """
    claims = [_LABELS[label] for label in _claims(data, claimed) if label in _LABELS]
    found = _marked(data) or _sixteen(data) or _seven(data) or _utf8(data) or _korean(data) or _labelled(data, claims)
    if found is None:
        names = to_excerpt(", ".join(dict.fromkeys(_claims(data, claimed)))) or "no charset"
        raise RefusedError(f"is in a charset that cannot be told (it names {names})", _ALLOWED, _SAVE_AS_UTF8)
    lost = found.text.count(_REPLACEMENT) if not found.notes else 0
    if lost and lost * 20 > sum(character > "\x7f" for character in found.text):
        raise RefusedError(
            f"is damaged: {lost:,} of its characters are replacement signs (U+FFFD)",
            _ALLOWED,
            "Get it anew from where it was",
        )
    return found


def _claims(data: bytes, claimed: str) -> Iterator[str]:
    if claimed.strip():
        yield claimed.strip().strip("\"'").lower()
    for match in _DECLARED.finditer(data[:_DECLARED_WITHIN]):
        yield match[1].decode("ascii").lower()


def _strictly(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return None


def _marked(data: bytes) -> Decoded | None:
    """Decode text with a byte-order mark, which is a promise."""
    for mark, codec in _BOMS:
        if data.startswith(mark):
            text = _strictly(data[len(mark) :], codec)
            if text is None and codec == "utf-8":
                return None
            if text is None:
                raise RefusedError(f"begins as {codec.upper()} and does not keep to it", _ALLOWED, _SAVE_AS_UTF8)
            return Decoded(text, codec)
    return None


def _sixteen(data: bytes) -> Decoded | None:
    """Decode UTF-16 without a mark: every other byte is zero, which no other text has, and it has blanks."""
    sample = data[:_SAMPLE]
    if b"\0" not in sample:
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    order = "utf-16-le" if odd > even else "utf-16-be"
    text = _strictly(data, order)
    if text is None or "\0" in text or _BLANKS * sum(text.count(blank) for blank in " \n") < len(text):
        raise RefusedError("is no text: it has zero bytes", _ALLOWED, "Save it as PDF or as text, and add that")
    return Decoded(text, order)


def _seven(data: bytes) -> Decoded | None:
    """Decode the seven-bit Korean of old mails, which would pass for UTF-8."""
    if _ISO_2022_KR not in data[:_SAMPLE]:
        return None
    text = _strictly(data, "iso2022_kr")
    return Decoded(text, "iso-2022-kr") if text is not None else None


def _utf8(data: bytes) -> Decoded | None:
    data = data.removeprefix(codecs.BOM_UTF8)
    text = _strictly(data, "utf-8")
    if text is not None:
        return Decoded(text, "utf-8")
    return _with_strays(data, "utf-8")


def _korean(data: bytes) -> Decoded | None:
    text = _strictly(data, "cp949")
    if text is not None:
        return Decoded(text, "cp949") if _reads_as_korean(text) else None
    found = _with_strays(data, "cp949")
    return found if found and _reads_as_korean(found.text) else None


def _with_strays(data: bytes, codec: str) -> Decoded | None:
    """Decode a long text with one or two broken bytes, as left by a cut at a byte."""
    text = data.decode(codec, errors="replace")
    broken = text.count(_REPLACEMENT) - data.count(_REPLACEMENT.encode()) * (codec == "utf-8")
    if broken > _STRAY or sum(character > "\x7f" for character in text) < broken * _TEXT_PER_STRAY:
        return None
    note = f"{broken} of its characters {'is' if broken == 1 else 'are'} broken in {codec} and stand as {_REPLACEMENT} in the text."
    return Decoded(text, codec, (note,))


def _labelled(data: bytes, claims: Iterable[str]) -> Decoded | None:
    """Decode by a label, if the bytes conform to it and few letters are of an unexpected script."""
    for codec in claims:
        text = _strictly(data, codec)
        if text is None or codec.startswith("utf-16"):
            continue
        if len("\xe9".encode(codec, errors="ignore")) == 1 and _beyond_ascii(text) > _FEW:
            continue  # a charset in which every byte is a letter reads anything
        if codec == "cp949" and _syllables(text) and not _reads_as_korean(text):
            continue
        return Decoded(text, codec)
    return None


def _beyond_ascii(text: str) -> float:
    letters = [letter for letter in text[:_SAMPLE] if letter.isalpha()]
    return sum(letter > "\x7f" for letter in letters) / max(1, len(letters))


def _syllables(text: str) -> list[str]:
    return [character for character in text[:_SAMPLE] if "가" <= character <= "힣"]


def _reads_as_korean(text: str) -> bool:
    """Check that most non-ASCII letters are everyday Hangul syllables of KS X 1001, not the rare rest of CP949."""
    other = [character for character in text[:_SAMPLE] if character > "\x7f" and character.isalpha()]
    common = sum(len(character.encode("euc_kr", errors="ignore")) == _EVERYDAY for character in _syllables(text))
    return bool(other) and common >= _MOSTLY * len(other)
