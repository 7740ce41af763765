"""CSV files of one's own: whatever can be read is read, and the rest is refused in words."""

import codecs
import csv
import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from surfaces.data.columns import guessed, lacking, read_columns, read_complete
from surfaces.data.sheet import LARGEST, MOST_ROWS, Unreadable, read_sheet

PLAIN = "speed,distance,kind\n4,2,old\n7,4,old\n8.5,16,new\n"


def of(text, encoding="utf-8"):
    return read_sheet(text.encode(encoding))


def read(text, target="measured", across=0, up=1):
    sheet = of(text)
    found = read_columns(sheet, sheet.names[across], sheet.names[up], target)
    return list(found.u), list(found.v)


def tried(content, target="measured"):
    """The first two columns offered, or the words with which they are refused."""
    try:
        sheet = read_sheet(content)
        found = read_columns(sheet, *guessed(sheet, target), target)
    except Unreadable as problem:
        return None, str(problem)
    assert np.isfinite([found.u, found.v]).all()
    assert len(found.u) == sheet.count >= 2
    return found, ""


def test_names_count_and_columns_of_a_plain_file():
    sheet = of(PLAIN)
    assert (sheet.names, sheet.count) == (("speed", "distance", "kind"), 3)
    assert read(PLAIN) == ([4, 7, 8.5], [2, 4, 16])
    assert read(PLAIN, "classes", up=2) == ([4, 7, 8.5], [1, 1, 0])


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"", "utf-8"),
        (b"", "utf-8-sig"),
        (b"", "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (b"", "utf-16-le"),
        (b"", "utf-16-be"),
        (b"", "utf-32"),
        (b"", "latin-1"),
        (b"", "cp1252"),
    ],
)
def test_every_encoding_of_spreadsheets_is_read(mark, encoding):
    sheet = read_sheet(mark + "größe;übung\n1,5;2\n2,5;4\n".encode(encoding))
    assert sheet.names == ("größe", "übung")
    assert read_columns(sheet, "größe", "übung", "measured").u.tolist() == [1.5, 2.5]


@pytest.mark.parametrize(
    "text",
    [
        "a,b\n1.5,2\n2.5,4\n",
        "a;b\n1,5;2\n2,5;4\n",
        "a\tb\n1,5\t2\n2,5\t4\n",
        '"a","b"\n"1,5","2"\n"2,5","4"\n',
        "a,b\r\n1.5,2\r\n2.5,4\r\n",
        "a,b\r1.5,2\r2.5,4",
        "\n\na,b\n,\n1.5,2\n\n 2.5 , 4\n,\n",
        "sep=;\na;b\n1,5;2\n2,5;4",
        "1.5,2\n2.5,4\n",
        "a,b\n+1.5,2e0\n25e-1,4\n",
    ],
)
def test_separators_commas_quotes_and_line_ends(text):
    assert read(text) == ([1.5, 2.5], [2, 4])


def test_a_quoted_name_may_hold_separators_and_line_ends_and_lines_are_still_counted():
    text = 'the "speed,\nmeasured",b\n1,2\n3,x\n'.replace('the "speed', '"the speed')
    assert of(text).names == ("the speed, measured", "b")
    with pytest.raises(Unreadable, match="line 4, column b: 'x' is not a number"):
        read(text)


def test_names_are_told_apart_and_missing_ones_counted():
    assert of("a,a,,b\n1,2,3,4\n").names == ("a", "a (2)", "column 3", "b")
    assert of("1,2\n3,4\n").names == ("column 1", "column 2")


def test_a_column_without_a_name_before_named_ones_only_counts_the_rows():
    assert guessed(of(",a,b\n0,1,2\n1,2,3\n"), "measured") == ("a", "b")
    assert guessed(of(",a\n0,1\n1,2\n"), "measured") == ("column 1", "a")
    assert guessed(of("0,1,2\n1,2,3\n"), "measured") == ("column 1", "column 2")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "this file is empty"),
        ("\n\n", "this file is empty"),
        ("a\n1\n2\n", "line 1: only one column"),
        ("a|b\n1|2\n", "line 1: only one column is found; values are separated by tabs, semi"),
        (
            "My data\na,b\n1,2\n",
            "line 1: only one column is found, on line 2 there are 2: leave out",
        ),
        ("a,b\n1,2\n3\n", "line 3 has 1 value, where the first line has 2"),
        ("a,b\n1,2\n3,4,5\n", "line 3 has 3 values, where the first line has 2"),
        ('a,b\n1,"2\n3,4\n', "line 2: a quoted value does not end"),
        ('a,b\n1,"2"3\n', "line 2: a quoted value goes on after its second quote"),
        ("a,b\n1,2\n", "1 row: at least 2"),
        ("a,b\n", "0 rows: at least 2"),
        ("a,b\n1,2\n3,\n5,\n", r"line 3, column b: the value is missing \(so it is in 2 of 3 rows"),
        ("a,b\n1,2\nNA,4\n", "line 3, column a: the value is missing"),
        ("a,b\n1,2\nNaN,4\n", "line 3, column a: the value is missing"),
        ("a,b\n1,2\ntwo,4\n", "line 3, column a: 'two' is not a number"),
        ("a,b\n1,2\n1_0,4\n", "line 3, column a: '1_0' is not a number"),
        ("a,b\n1,2\n-inf,4\n", "line 3, column a: -inf is not finite"),
        ("a,b\n1,2\n1e999,4\n", "line 3, column a: 1e999 is not finite"),
        ("a,b\n1,2\n2e7,4\n", r"line 3, column a: 2e7 is too large: at most 1,000,000"),
        ("a;b\n1;2\n1.234,5;4\n", "line 3, column a: '1.234,5' is not a number: write it without"),
        ('a,b\n1,2\n"1,234",4\n', "line 3, column a: 1,234 could be 1234 or 1.234"),
        ("a,b\n3,2\n3,4\n", "column a: all values are 3, at least two must differ"),
    ],
)
def test_what_cannot_be_learned_from_is_said_with_line_and_column(text, said):
    with pytest.raises(Unreadable, match=said):
        read(text)


@pytest.mark.parametrize(
    ("text", "target", "said"),
    [
        ("a,b\n1,x\n2,x\n", "classes", "column b: all 2 rows are of one class, x"),
        ("a,b\n1,x\n2,y\n3,z\n", "signs", "line 4, column b: z is a third class"),
        ("a,b\n1,0\n2,\n", "classes", "line 3, column b: the value is missing"),
        ("a,b\n1,2\n2,2.5\n", "counted", "line 3, column b: 2.5 is no count"),
        ("a,b\n1,2\n2,-1\n", "counted", "line 3, column b: -1 is no count"),
        ("a,b\n1,0\n2,0\n", "counted", "column b: all counts are 0"),
    ],
)
def test_what_a_loss_does_not_learn_is_said(text, target, said):
    with pytest.raises(Unreadable, match=said):
        read(text, target)


def test_two_words_or_numbers_are_two_classes_and_the_name_says_which():
    sheet = of("a,b,c,d\n1,yes,2,1.0\n2,no,1,0\n3,yes,2,1\n")
    found = {name: read_columns(sheet, "a", name, "classes") for name in "bcd"}
    assert found["b"].v.tolist() == found["c"].v.tolist() == found["d"].v.tolist() == [1, 0, 1]
    assert [found[name].up for name in "bcd"] == ["b (no 0, yes 1)", "c (1 0, 2 1)", "d"]


def test_rows_with_missing_values_can_be_left_out():
    sheet = of("a,b,c\n1,2,\n,4,1\n5,6,1\n7,?,1\n9,10,NA\n")
    assert lacking(sheet, "a", "b") == 2
    found = read_complete(sheet, "a", "b", "measured")
    assert (found.u.tolist(), found.v.tolist()) == ([1, 5, 9], [2, 6, 10])


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04\x14\x00\x06\x00\x08\x00,1\n",
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        b"a,b\n1,2\x00\n",
        codecs.BOM_UTF16_LE + b"a\0,\0b",
        codecs.BOM_UTF8 + b"a,b\n1,\xff\n",
    ],
)
def test_what_is_no_text_is_refused_with_its_line(content):
    with pytest.raises(Unreadable, match=r"line \d+: (the file looks like UTF|this is no text)"):
        read_sheet(content)


def test_bounds_of_bytes_and_rows():
    with pytest.raises(Unreadable, match="at most 5 MB"):
        read_sheet(b"1" * (LARGEST + 1))
    with pytest.raises(Unreadable, match="more than 100,000 rows"):
        read_sheet(b"a,b\n" + b"1,2\n" * (MOST_ROWS + 1))
    sheet = read_sheet(b"a,b\n" + b"1,2\n2,1\n" * (MOST_ROWS // 2))
    assert len(read_columns(sheet, "a", "b", "measured").u) == sheet.count == MOST_ROWS


def test_a_million_cells_are_read_whatever_their_shape():
    wide = ",".join(map(str, range(1000)))
    sheet = of("\n".join([wide.replace("0", "x")] + [wide] * 999))
    assert (len(sheet.names), sheet.count) == (1000, 999)
    with pytest.raises(Unreadable, match="all values are 3"):
        read_columns(sheet, sheet.names[3], sheet.names[4], "measured")


def test_the_columns_offered_first_are_some_that_the_loss_can_learn_from():
    sheet = of("species,island,mass,flipper,sex\na,b,1,2,f\nc,d,3,4,m\ne,f,5,6,f\n")
    assert guessed(sheet, "measured") == ("mass", "flipper")
    assert guessed(sheet, "classes") == ("mass", "sex")
    assert guessed(of("a,b\nx,y\nz,w\n"), "counted") == ("a", "b")


NUMBERS = st.floats(-1e6, 1e6, allow_subnormal=False)
NAMES = st.text("abcXYZ äöü,;\"'\t\n½", min_size=1, max_size=12).filter(lambda t: t.strip(" \t\n"))
ROWS = st.lists(st.tuples(NUMBERS, NUMBERS, st.text("ab ,;\"'", max_size=5)), min_size=2)


@st.composite
def files(draw):
    """A file as Python's own writer makes it, and the numbers in its first two columns."""
    separator, comma = draw(
        st.sampled_from([(",", False), (";", True), (";", False), ("\t", True)])
    )
    quoting = draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]))
    ends = draw(st.sampled_from(["\n", "\r\n"]))
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "latin-1", "utf-16-le"]))
    rows = draw(ROWS)
    out = io.StringIO(newline="")
    write = csv.writer(out, delimiter=separator, quoting=quoting, lineterminator=ends)
    write.writerow(["u: " + draw(NAMES), "v: " + draw(NAMES), "w"])
    for u, v, text in rows:
        numbers = [repr(n).replace(".", ",") if comma else repr(n) for n in (u, v)]
        write.writerow([*numbers, text])
    return out.getvalue().encode(encoding), [row[:2] for row in rows]


@given(files())
def test_what_python_s_own_writer_makes_is_read_back_to_the_last_bit(made):
    content, wanted = made
    found, refused = tried(content)
    if found is None:
        same = len({u for u, _ in wanted}) == 1
        assert ("must differ" in refused and same) or "could be" in refused
    else:
        assert list(zip(found.u.tolist(), found.v.tolist(), strict=True)) == wanted


@given(st.binary(max_size=300) | st.text(max_size=200).map(str.encode))
def test_any_bytes_are_a_table_or_refused_in_words(content):
    found, refused = tried(content)
    assert found or len(refused) > 10


CELLS = st.sampled_from(["1", "2.5", "-3", "0", "nan", "inf", "", "x", "1,5", "1e400", '"', "NA"])
MIXED = st.lists(st.lists(CELLS, min_size=2, max_size=3), min_size=1, max_size=6)


@given(MIXED, st.sampled_from(";,"))
def test_any_mixture_of_cells_is_a_table_or_refused_with_a_place(rows, separator):
    content = "\n".join(separator.join(row) for row in [["u", "v"], *rows]).encode()
    for target in ("measured", "counted", "classes", "signs"):
        found, refused = tried(content, target)
        assert found or any(word in refused for word in ("line", "column", "row"))
