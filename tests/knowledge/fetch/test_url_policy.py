"""A host's name, however it is written, is a name of the public network or refused."""

import re
import socket

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from knowledge.fetch.url_policy import HostnameError, parse_hostname

_DIGITS = "0123456789abcdefx.①②⑦１２７。．٣۷\u200d\u00ad"


@given(st.text(max_size=30) | st.text(_DIGITS, max_size=20))
@example("127.0.0.1")
@example("①②⑦.0.0.1")
@example("0x7f.1")
@example("1.2.3.4.5.0x")
@example("xn--a.xn--")
@example("\u0130.a")
@example("a.\u2488")
def test_whatever_is_taken_is_a_name_and_no_address(written: str) -> None:
    try:
        name = parse_hostname(written)
    except HostnameError:
        return
    assert re.fullmatch(r"[a-z0-9_.-]{3,253}", name)
    assert "." in name.strip(".")
    assert parse_hostname(name) == name
    with pytest.raises(OSError, match="illegal IP"):
        socket.inet_aton(name)
    with pytest.raises(OSError, match="illegal IP"):
        socket.inet_pton(socket.AF_INET6, name)


@given(st.ip_addresses())
def test_no_address_is_a_name(address: object) -> None:
    with pytest.raises(HostnameError, match="is an IP address and no name"):
        parse_hostname(str(address))
