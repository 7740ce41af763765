"""What axe-core finds against a page, in light and in dark."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

from tests.browser.stage import at_rest, becomes

AXE = (Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")
FOUND = """async (where) => {
  const {violations} = await axe.run(where, {resultTypes: ["violations"]});
  return violations.flatMap(({id, help, nodes}) =>
    nodes.map(({target, html}) => [id, help, String(target), html.slice(0, 160)].join(", ")));
}"""
DARK = """() => {
  const [r, g, b] = getComputedStyle(document.querySelector("[data-testid=stApp]"))
    .backgroundColor.match(/\\d+/g).map(Number);
  return r + g + b < 384;
}"""


def violations(page: Page, where: str = "html") -> list[str]:
    """Return what is found against a part of the page at rest, in light and in dark."""
    at_rest(page)
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found = []
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        wanted = theme == "dark"
        becomes(page, lambda: page.evaluate(DARK), lambda dark, wanted=wanted: dark == wanted)
        found += [f"{theme}: {each}" for each in page.evaluate(FOUND, where)]
    return found
