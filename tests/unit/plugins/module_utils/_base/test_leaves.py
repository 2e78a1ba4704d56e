# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sizes, names, filters and redaction."""

from __future__ import annotations

import base64
import contextlib
import datetime
import html
import json
import re
import unicodedata
import urllib.parse

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.aiqum.unified_manager.plugins.module_utils._base import names, redact, sizes, times
from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.errors import BadInput
from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.escapes import escaped

GIB = 1024**3
KEY = "11111111-2222-3333-4444-555555555555:type=vserver,uuid=bbbbbbbb-2222-3333-4444-555555555555"


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("10GiB", 10 * GIB),
        ("10 gb", 10 * GIB),
        ("10G", 10 * GIB),
        ("1.5T", 1536 * GIB),
        ("512MiB", GIB // 2),
        ("1B", 1),
        ("100 b", 100),
        (1024**2, 1024**2),
        ("7P", 7 * 1024**5),
    ],
)
def test_sizes(text, size):
    assert sizes.parse_size(text) == size


@pytest.mark.parametrize(
    "text",
    ["", "ten", "10 bananas", "-5G", "1e9", "0", "8E", "9" * 30, "10GiBB", "1,5G", "\u0661\u0660G", None, "8192P"],
)
def test_what_is_no_size(text):
    with pytest.raises(BadInput):
        sizes.parse_size(text)


@pytest.mark.parametrize(("size", "text"), [(0, "0B"), (1023, "1023B"), (1024, "1KiB"), (3 * GIB // 2, "1536MiB")])
def test_a_size_is_shown_by_the_largest_unit_that_fits(size, text):
    assert sizes.human_size(size) == text


@given(st.integers(min_value=1, max_value=2**62))
def test_a_size_survives_being_shown(size):
    assert sizes.parse_size(sizes.human_size(size)) == size
    assert 0 <= sizes.whole_mib(size) - size < sizes.MIB
    assert sizes.whole_mib(sizes.whole_mib(size)) == sizes.whole_mib(size)


@given(st.text())
def test_any_text_is_a_size_or_a_clear_error(text):
    with contextlib.suppress(BadInput):
        assert 0 < sizes.parse_size(text) <= sizes.LARGEST_SIZE


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("svm1", "svm1"),
        ("a b", "a b"),
        ("a*", '"a*"'),
        ("a|b", '"a|b"'),
        ("a,b", '"a,b"'),
        ("!a", '"!a"'),
        ("a..b", '"a..b"'),
    ],
)
def test_a_name_is_taken_literally(name, value):
    assert names.literal(name) == value


@given(st.text(max_size=20))
def test_any_name_is_literal_or_refused(name):
    with contextlib.suppress(BadInput):
        value = names.literal(names.checked_name(name, "name"))
        assert value in (name, f'"{name}"')
        assert not set(name) & set('?"')


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (KEY, "vserver"),
        ("11111111-2222-3333-4444-555555555555:type=network_ip_space", "network_ip_space"),
        ("svm1", None),
        ("11111111-2222-3333-4444-555555555555", None),
        (KEY + "/../x", None),
        (KEY + "?x", None),
    ],
)
def test_types_of_keys(text, kind):
    assert names.object_type(text) == kind


@pytest.mark.parametrize(
    ("record", "given", "meant"),
    [
        ({"name": "svm1", "key": KEY}, "svm1", True),
        ({"name": "svm1", "key": KEY}, "SVM1", False),
        ({"name": "svm1", "key": KEY}, KEY.upper(), True),
        ({"name": "svm1"}, KEY, False),
        ({"name": "svm1"}, None, True),
        (None, "svm1", False),
        (None, None, True),
    ],
)
def test_references(record, given, meant):
    assert names.refers(record, given) is meant


@pytest.mark.parametrize(
    ("record", "given", "option"),
    [
        ({"svm": {"name": "a"}}, {"svm": "a"}, None),
        ({"svm": {"name": "a"}}, {"svm": "b"}, "svm"),
        ({"svm": {"name": "a", "key": KEY.upper()}}, {"svm": KEY}, None),
        ({"svm": {"name": "a"}}, {"svm": KEY}, None),
        ({"svm": {"name": "a"}, "cluster": {"name": "c"}}, {"svm": None, "cluster": "d"}, "cluster"),
        ({"svm": {"name": "a"}}, {"volume": "v"}, None),
        ({"volume": "v"}, {"volume": "w"}, None),
    ],
)
def test_what_is_said_beside_a_key(record, given, option):
    assert names.elsewhere(record, given) == option


def test_secrets_are_found_wherever_the_spec_says():
    spec = {
        "password": {"no_log": True},
        "name": {},
        "domain": {"options": {"password": {"no_log": True}}},
        "users": {"options": {"secrets": {"no_log": True}}},
    }
    params = {
        "password": "p1",
        "name": "n",
        "domain": {"password": "p2"},
        "users": [{"secrets": ["p3", "p4"]}, {"secrets": {"a": "p5"}}, {}],
    }
    assert redact.secrets_of(spec, params) == {"p1", "p2", "p3", "p4", "p5"}


@pytest.mark.parametrize(
    ("value", "secrets"),
    [(True, set()), (None, set()), ("", set()), ([True, "a", None], {"a"}), ({"x": False, "y": 7}, {"7"})],
    ids=str,
)
def test_what_no_secret_is(value, secrets):
    assert redact.secrets_of({"password": {"no_log": True}}, {"password": value}) == secrets


@pytest.mark.parametrize(
    ("character", "escapes"),
    [
        ("a", ["\\x61", "\\u0061", "\\U00000061", "\\u{61}", "\\u{000061}", "%61", "&#97;", "&#x61;"]),
        ("\u00f6", ["\\xf6", "\\xc3\\xb6", "\\u00F6", "\\U000000f6", "\\u{f6}", "%F6", "%c3%b6", "&ouml;", "&#246;"]),
        ("\u00ff", ["\\xff", "\\xC3\\xBF", "%FF"]),
        ("\u0100", ["\\u0100", "\\U00000100", "\\u{100}", "\\xc4\\x80", "%C4%80"]),
        ("\U0001f600", ["\\ud83d\\ude00", "\\U0001F600", "\\u{1f600}", "%F0%9F%98%80", "&#128512;"]),
        ("\n", ["\\n", "\\x0a", "%0A"]),
        (" ", ["+", "%20", "\\x20", "&#32;"]),
    ],
    ids=ascii,
)
def test_the_escapes_of_a_character(character, escapes):
    pattern = re.compile(escaped(character))
    assert [form for form in escapes if not pattern.fullmatch(form)] == []


@pytest.mark.parametrize(
    ("character", "other"), [("\u0100", "\\x100"), ("\u0100", "%100"), ("a", "\\x62"), ("a", "\\n")]
)
def test_what_is_no_escape_of_a_character(character, other):
    assert not re.fullmatch(escaped(character), other)


def test_redaction_reaches_every_form_and_depth():
    secret = 'pa"ss w\u00f6rd'
    header = base64.b64encode(f"admin:{secret}".encode()).decode()
    forms = redact.Forms([secret, "pa"], "admin")
    shown = {
        "msg": f"x {secret} y",
        "list": [header, {"deep": "pa%22ss%20w%C3%B6rd"}],
        "json": 'pa\\"ss w\\u00f6rd',
        "n": 3,
    }
    assert redact.redact(shown, forms) == {
        "msg": "x ******** y",
        "list": ["********", {"deep": "********"}],
        "json": "********",
        "n": 3,
    }


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("PT1000S", 1000),
        ("PT15M", 900),
        ("P1DT2H", 93600),
        ("P2W", 1209600),
        ("pt1.5s", 1),
        ("30m", 1800),
        ("1h 30m", 5400),
        ("7d", 604800),
        ("90s", 90),
        ("0s", 0),
    ],
)
def test_durations(text, seconds):
    assert times.parse_duration(text, "duration") == seconds
    assert times.duration(times.iso_duration(seconds)) == seconds


@pytest.mark.parametrize(
    "text",
    ["", "soon", "P", "PT", "P1Y", "P1M", "-5", "1 2", "5x", "1h2", "1.5h", "9" * 11 + "s", f"{times.LONGEST + 1}s"],
)
def test_what_is_no_duration(text):
    with pytest.raises(BadInput, match=r"max_age: .* is not a duration"):
        times.parse_duration(text, "max_age")


def test_the_longest_duration_is_a_century():
    assert times.parse_duration("36600d", "max_age") == times.LONGEST


@pytest.mark.parametrize("text", [5, "100", " 1 ", "0.5", 1048575])
def test_a_small_size_needs_a_unit(text):
    with pytest.raises(BadInput, match=r"capacity: .* has no unit; write .*GiB, or .*B if"):
        sizes.parse_size(text, "capacity")


@pytest.mark.parametrize("text", [1320, "90", 0, 90.0])
def test_a_number_without_a_unit_is_neither_a_duration_nor_a_time(text):
    """YAML 1.1 makes 1320 of an unquoted 22:00, and 90 of 1:30."""
    for parse in (times.parse_duration, times.parse_time_of_day):
        with pytest.raises(BadInput, match="without a unit"):
            parse(text, "from")


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("22:00", 79200),
        ("6:30", 23400),
        (" 06:30 ", 23400),
        ("22:00:30", 79230),
        ("24:00", 86400),
        ("22h", 79200),
        ("PT79200S", 79200),
    ],
)
def test_times_of_day(text, seconds):
    assert times.parse_time_of_day(text, "from") == seconds


@pytest.mark.parametrize("text", ["", "noon", "24:01", "12:60", "7", "1:2", "25h", "12:00 pm"])
def test_what_is_no_time_of_day(text):
    with pytest.raises(BadInput, match="from: "):
        times.parse_time_of_day(text, "from")


@given(st.integers(0, 1440))
def test_a_clock_time_is_read_as_it_is_written(minutes):
    assert times.parse_time_of_day(times.clock_time(minutes * 60), "to") == minutes * 60


@pytest.mark.parametrize("name", [" a", "a ", " a b "])
def test_a_name_has_no_blanks_at_its_ends(name):
    with pytest.raises(BadInput, match="begins or ends with a blank"):
        names.checked_text(name, "name")


def test_dates_are_written_as_iso_8601_with_a_t():
    when = datetime.datetime(2026, 1, 31, 10, tzinfo=datetime.timezone.utc)
    assert times.as_text({"a": [when, when.date()], "b": 1}) == {
        "a": ["2026-01-31T10:00:00+00:00", "2026-01-31"],
        "b": 1,
    }
    assert times.checked_moment("2026-01-31 10:00", "after") == "2026-01-31T10:00:00+00:00"


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("1970-01-01T00:01:00Z", 60.0),
        ("1970-01-01T05:30:00.500+05:30", 0.5),
        ("1970-01-01T05:30:00+0530", 0.0),
        ("1969-12-31T18:30:00.250-0530", 0.25),
        ("1970-01-01", 0.0),
        ("-0530", None),
        ("1970-01-01T00:01:00", 60.0),
        ("yesterday", None),
        (None, None),
    ],
)
def test_moments(text, seconds):
    assert times.moment(text) == seconds


SECRET = """p'a"s/s w\u00f6r&d+1"""


@pytest.mark.parametrize(
    "form",
    [
        SECRET,
        json.dumps(SECRET)[1:-1],
        json.dumps(SECRET)[1:-1].replace("/", "\\/"),
        json.dumps(SECRET)[1:-1].replace("00f6", "00F6"),
        json.dumps(SECRET, ensure_ascii=False)[1:-1],
        urllib.parse.quote(SECRET, safe=""),
        urllib.parse.quote(SECRET),
        urllib.parse.quote_plus(SECRET),
        urllib.parse.quote_plus(SECRET).replace("%C3%B6", "%c3%b6").replace("%2F", "%2f").replace("%2B", "%2b"),
        html.escape(SECRET),
        html.escape(SECRET).replace("&#x27;", "&#39;"),
        html.escape(SECRET, quote=False).replace("\u00f6", "&ouml;"),
        html.escape(SECRET).replace("\u00f6", "&#246;"),
        html.escape(json.dumps(SECRET)[1:-1]),
        repr(SECRET)[1:-1],
        base64.b64encode(SECRET.encode()).decode(),
        base64.b64encode(SECRET.encode()).decode().rstrip("="),
        base64.b64encode(f"admin:{SECRET}".encode()).decode(),
        SECRET.encode().hex(),
        unicodedata.normalize("NFD", SECRET),
        repr(SECRET.encode())[2:-1],
        json.dumps(SECRET)[1:-1].replace("&", "\\u0026").replace("'", "\\u0027").replace("+", "\\u002b"),
        json.dumps(json.dumps(SECRET))[3:-3],
        repr(json.dumps(SECRET))[2:-2],
        html.escape(html.escape(SECRET)),
        html.escape(SECRET).replace("&#x27;", "&#X0027;").replace("/", "&sol;"),
        "".join(f"&#{ord(character)};" for character in SECRET),
        json.dumps(html.escape(SECRET))[1:-1].replace("&", "\\u0026"),
        "".join(f"%{byte:02x}" for byte in SECRET.encode()),
        urllib.parse.quote(SECRET, safe="", encoding="latin-1"),
        urllib.parse.quote(urllib.parse.quote(SECRET)),
        urllib.parse.quote(json.dumps(SECRET)[1:-1]),
    ],
)
def test_a_secret_is_known_in_other_clothes(form):
    assert redact.redact(f"x {form} y", redact.Forms([SECRET], "admin")) == f"x {redact.MASK} y"


@pytest.mark.parametrize("before", ["", "a", "ab", '{"password": "'])
def test_a_secret_is_known_within_something_longer_in_base64(before):
    secret = "Tr0ub4dor-3"
    encoded = base64.b64encode(f'{before}{secret}"}}'.encode()).decode()
    shown = redact.redact(encoded, redact.Forms([secret]))
    assert redact.MASK in shown
    assert len(shown.replace(redact.MASK, "")) <= len(encoded) - 12


@pytest.mark.parametrize("way", [str, json.dumps, repr, html.escape, urllib.parse.quote])
def test_a_long_secret_is_known_as_a_whole(way):
    script = "#!/bin/sh\necho 'a & b'\n" * 5000
    assert redact.redact(f"x {way(script)} y", redact.Forms([script])).strip("xy '\"") == redact.MASK


WAYS = (
    lambda one: one,
    lambda one: json.dumps(one)[1:-1],
    lambda one: json.dumps(json.dumps(one))[3:-3],
    lambda one: re.sub("(....)", r"\\\\u\1", one.encode("utf-16-be").hex()),
    lambda one: f"&#{ord(one)};",
    lambda one: f"&#x{ord(one):X};",
    html.escape,
    lambda one: html.escape(html.escape(one)),
    lambda one: "".join(f"%{byte:02X}" for byte in one.encode()),
    lambda one: urllib.parse.quote(urllib.parse.quote(one, safe=""), safe=""),
    urllib.parse.quote_plus,
)
CHARACTERS = st.sampled_from("aZ9 \"'\\/&<>%+=;#\u00f6\u20ac\U0001f600\n")


@pytest.mark.parametrize("secret", ['a\\"', '\\"a', 'a\\\\"b', "it's\\"])
def test_backslashes_of_a_secret_may_be_escaped_twice(secret):
    form = json.dumps(json.dumps(secret))[3:-3]
    assert redact.redact(f"x{form}y", redact.Forms([secret])) == f"x{redact.MASK}y"


@pytest.mark.parametrize(
    ("secret", "form"),
    [
        ('\\"', '\\\\\\\\"'),
        ('\\"', "\\\\\\\\u0022"),
        ("\\a", "\\\\\\\\u005ca"),
        ("$", "\\\\\\\\u0026#36;"),
        ("/", "\\\\\\\\/"),
    ],
)
def test_no_answer_makes_the_search_slow(secret, form):
    """With two ways to read each of these, this would take years."""
    text = form * 31 + "x"
    assert redact.redact(text, redact.Forms([secret * 32])) == text


@given(st.lists(st.tuples(CHARACTERS, st.sampled_from(WAYS)), min_size=3, max_size=12))
def test_each_character_of_a_secret_may_be_escaped_in_its_own_way(parts):
    secret = "".join(character for character, _way in parts)
    form = "".join(way(character) for character, way in parts)
    shown = redact.redact(f"x{form}y", redact.Forms([secret]))
    assert redact.MASK in shown
    assert len(shown) <= len(f"x{redact.MASK}y") + 4  # some backslashes in front


def test_the_password_of_a_proxy_is_a_secret():
    environment = {"HTTPS_PROXY": "http://joe:pa%20ss@proxy:3128", "no_proxy": "a,b", "HTTP_PROXY": "http://proxy:bad"}
    assert redact.proxy_secrets(environment) == {"pa%20ss", "pa ss"}
    assert redact.proxy_secrets({"SSH_AGENT": "http://joe:pass@proxy", "HTTP_PROXY": "//joe:pass"}) == set()
    assert redact.proxy_secrets({"all_proxy": "http://joe@proxy"}) == set()
