import pytest

from knowledge.text.sanitize import HIDDEN_REMOVED, flag_hidden, strip_hidden


@pytest.mark.parametrize(
    "hidden",
    [
        "\u200b",
        "\u200d",
        "\u202e",
        "\u2066",
        "\ufeff",
        "\u00ad",
        "\x00",
        "\x1b",
        "\U000e0041",
        "\ue000",
        "\U000e0101",
        "\ufe0f",
        "\u034f",
        "\u3164",
        "\u2028",
        "\u2800",
    ],
    ids=lambda one: f"U+{ord(one):04X}",
)
def test_what_nobody_sees_is_removed_and_flagged(hidden: str) -> None:
    text = f"모형 14개{hidden}를 냈다"
    assert strip_hidden(text) == "모형 14개를 냈다"
    assert flag_hidden(text) == HIDDEN_REMOVED


def test_what_is_seen_stays_as_it_is() -> None:
    text = "모형 14개를\n\t냈다. “café” – 中 ②"
    assert strip_hidden(text) == text
    assert flag_hidden(text) is None
