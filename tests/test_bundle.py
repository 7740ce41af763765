"""The stage's modules joined into the scripts that browsers load, run by node."""

import re
import subprocess

import pytest

from interface import assets
from interface.bundle import bundle, served
from tests.javascript import longest_line


def test_a_bundle_calls_each_module_once_after_what_it_imports():
    sources = {
        "a.js": 'import { b } from "./b.js";\nimport { c, d } from "./c.js";\nb(c + d);\n',
        "b.js": 'import { c } from "./c.js";\nexport function b(v) {\n  return v + c;\n}\n',
        "c.js": "export const c = 1;\nexport const d = 2;\n",
    }
    made = bundle(sources, "a.js")
    places = [made.index(part) for part in ("const c = 1", "function b(v)", "b(c + d)")]
    assert places == sorted(places)
    assert made.count("const c = 1") == 1
    assert not re.search(r"^(import|export)\b", made, re.MULTILINE)


def test_comments_on_lines_of_their_own_are_not_sent():
    source = (
        "// What it is.\n\n// Why it is so.\nexport const a = 1; // an aside\n"
        "/** @param {number} x */\nfunction c(x) {}\n/**\n * @typedef {object} Kind\n */\n"
        'const b = () => {\n  // inside\n  return "https://x";\n};\nb();\n'
    )
    made = bundle({"a.js": source}, "a.js")
    assert "What it is" not in made
    assert "an aside" in made
    assert '"https://x"' in made
    assert "Why" not in made
    assert "inside" not in made
    assert "function c(x)" in made
    assert "number" not in made
    assert "Kind" not in made


def test_lines_are_sent_without_their_indentation():
    source = "function a() {\n  if (b) {\n    return `  ${c}`;\n  }\n}\n"
    assert "{\nif (b) {\nreturn `  ${c}`;\n}\n}" in bundle({"a.js": source}, "a.js")


def test_code_beside_a_comment_is_sent_whole():
    source = (
        "// What it is.\nexport const a = [\n  /** @type {number} */ (1),\n  2,\n];\n"
        "/** @param {number} x */\nfunction c(x) {}\n"
    )
    made = bundle({"a.js": source}, "a.js")
    assert "(1),\n2,\n" in made


@pytest.mark.parametrize(
    ("sources", "said"),
    [
        ({"a.js": 'import { b } from "./b.js";\n', "b.js": 'import { a } from "./a.js";\n'}, "way"),
        ({"a.js": "export default 3;\n"}, "form"),
        ({"a.js": 'import * as b from "./b.js";\n'}, "form"),
        ({"a.js": "const text = `two\n  lines`;\n"}, "form"),
    ],
)
def test_what_cannot_be_bundled_is_refused(sources, said):
    with pytest.raises(ValueError, match=said):
        bundle(sources, "a.js")


LATER = {
    "a.js": 'import { count } from "./core/b.js";\nimport { open } from "./core/e.js";\n'
    "export const a = () => count();\nexport const opened = open;\n",
    "core/e.js": 'export const open = async () => (await import("../rooms/d.js")).d();\n',
    "core/b.js": "let n = 0;\nexport function count() {\n  n += 1;\n  return n;\n}\n",
    "rooms/c.js": 'export const c = "c";\n',
    "rooms/d.js": 'import { count } from "../core/b.js";\nimport { c as named } from "./c.js";\n'
    "export function d() {\n  return named + count();\n}\n",
}


def test_what_is_opened_later_shares_the_first_modules(tmp_path):
    made = served(LATER, "a.js")
    assert sorted(made) == ["a.js", "rooms/d.js"]
    (tmp_path / "rooms").mkdir()
    for name, text in made.items():
        (tmp_path / name).write_text(text)
    (tmp_path / "package.json").write_text('{"type": "module"}')
    code = 'import { a, opened } from "./a.js"; console.log(a(), a(), await opened(), a());'
    (tmp_path / "run.js").write_text(code)
    run = subprocess.run(["node", tmp_path / "run.js"], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["1", "2", "c3", "4"]


def test_every_module_and_style_sheet_is_sent():
    sent = "".join(found.plain.decode() for found in assets.stage().values())
    kept_for_saved_pages = {"handout.js", "run/carried.js", "run/ruled.js", "scrub/settings.js"}
    kept_for_saved_pages |= {"lesson/alone.js", "run/named.js"}
    modules = assets.modules().items()
    assert {n for n, text in modules if longest_line(text) not in sent} == kept_for_saved_pages
    sheets = {path.relative_to(assets.STAGE).as_posix() for path in assets.STAGE.rglob("*.css")}
    assert sheets == {*assets.STYLES, "page.css", "handout.css"}
    assert "<" not in assets.page_style(), "Streamlit's sanitizer drops a sheet with such a sign"


def test_what_is_opened_later_can_be_held_by_the_script_itself():
    sources = {
        "a.js": 'export const open = () => import("./b.js");\n',
        "b.js": 'import { c } from "./c.js";\nexport const b = c;\n',
        "c.js": "export const c = 1;\n",
    }
    assert 'import("./b.js")' in bundle(sources, "a.js")
    made = bundle(sources, "a.js", ["b.js"])
    assert "import(" not in made
    assert made.index("const c = 1") < made.index("const b = c") < made.index("Promise.resolve(")
