"""Bytes are read as what they are, whatever they are said to be."""

import itertools

import pytest

from knowledge.ingest.charsets import decode
from knowledge.ingest.document import RefusedError
from tests.knowledge.ingest.sample_pages import ENGLISH, PARAGRAPHS

KOREAN = "\n".join(PARAGRAPHS).replace("‘마루’", "똠방각하 ‘마루’")  # 똠 stands in CP949 alone, not in EUC-KR
LABELS = (
    "",
    "utf-8",
    "euc-kr",
    "ks_c_5601-1987",
    "iso-8859-1",
    "windows-1252",
    "shift_jis",
    "gb2312",
    "utf-16",
    "no-such-charset",
)
WRITTEN = {"utf-8": "utf-8", "cp949": "cp949", "utf-16-le": "utf-16-le", "utf-16-be": "utf-16-be"}


def page(label: str, text: str = KOREAN) -> str:
    return f'<html><head><meta charset="{label}"></head><body>{text}</body></html>' if label else f"<html>{text}</html>"


@pytest.mark.parametrize("codec", WRITTEN)
def test_a_page_is_read_as_it_is_written_whatever_header_and_page_claim(codec: str) -> None:
    for header, meta in itertools.product(LABELS, LABELS):
        decoded = decode(page(meta).encode(codec), header)
        assert (decoded.text, decoded.charset, decoded.notes) == (page(meta), WRITTEN[codec], ())


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-32", "utf-8", "cp949"])
def test_a_text_file_needs_no_label(codec: str) -> None:
    assert decode(KOREAN.encode(codec)).text == KOREAN


@pytest.mark.parametrize(
    "head",
    ['<?xml version="1.0" encoding="EUC-KR"?>', '<META HTTP-EQUIV="Content-Type" CONTENT="text/html; CHARSET=euc-kr">'],
)
def test_a_page_with_one_korean_letter_is_read_by_its_label(head: str) -> None:
    text = f"{head}<p>Caf\u00b7 A model for phones \u25cf</p>".replace("Caf", "")
    assert decode(text.encode("cp949")).text == text


def test_a_label_counts_where_the_bytes_keep_to_it() -> None:
    text = page("windows-1252", "The café’s naïve owner said “yes” to the model. " + ENGLISH[2])
    assert decode(text.encode("cp1252"), "ISO-8859-1").text == text
    japanese = page("Shift_JIS", "人工知能のモデルが公開されました。携帯電話で動きます。")
    assert decode(japanese.encode("cp932")).text == japanese


def test_old_mail_in_seven_bits_is_read() -> None:
    text = "모델이 공개됐다.\n"
    assert decode(text.encode("iso2022_kr")).text == text


@pytest.mark.parametrize(
    ("data", "claimed"),
    [
        (KOREAN.replace("똠", "").encode("johab", errors="replace"), ""),
        (KOREAN.replace("똠", "").encode("johab", errors="replace"), "iso-8859-1"),
        (KOREAN.replace("똠", "").encode("johab", errors="replace"), "euc-kr"),
        ("Le café à côté".encode("cp1252"), ""),
        ("中文新闻：模型在手机上运行，研究所说。".encode("gb18030"), ""),
        ("携帯電話で動くモデルが公開されました。".encode("cp932"), ""),
        (bytes(range(128, 256)) * 4, "utf-8"),
        (b"\xff\xfe" + b"a", ""),
    ],
)
def test_what_cannot_be_told_is_refused_and_never_shown_as_something_else(data: bytes, claimed: str) -> None:
    with pytest.raises(RefusedError, match=r"charset that cannot be told|does not keep to it") as refused:
        decode(data, claimed)
    assert "UTF-8" in refused.value.fix


def test_bytes_with_zeros_are_no_text() -> None:
    with pytest.raises(RefusedError, match="zero bytes"):
        decode(b"some\0thing" * 50)


@pytest.mark.parametrize("codec", ["utf-8", "cp949"])
def test_a_broken_byte_in_a_long_text_is_told(codec: str) -> None:
    data = (KOREAN * 5).encode(codec)
    decoded = decode(data + "가".encode(codec)[:1])
    assert decoded.text.startswith(KOREAN)
    assert decoded.text.count("\ufffd") == 1
    assert "1 of its characters is broken" in decoded.notes[0]


@pytest.mark.parametrize("codec", ["utf-8", "cp949"])
def test_a_broken_byte_in_a_short_text_is_refused(codec: str) -> None:
    with pytest.raises(RefusedError):
        decode(PARAGRAPHS[0].encode(codec)[:60] + b"\xff")


def test_a_text_that_was_damaged_before_is_refused() -> None:
    with pytest.raises(RefusedError, match="damaged: 120 of its characters"):
        decode(("모델\ufffd\ufffd" * 60).encode())
