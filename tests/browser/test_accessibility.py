"""The page by keyboard and by ear: axe-core, focus, names, and the run told in words."""

import pytest
from playwright.sync_api import expect

from tests.browser.axe import violations
from tests.browser.stage import becomes, button, measure, step, timeline

STATES = {
    "first visit": "",
    "six lanes, all panels": "a=adam&b=rprop&c=lion&d=newton&e=adagrad&f=sign_descent"
    "&view.panels=loss,rate,gradient,memory",
    "a broken run and a notice": "a=gradient_descent&a.lr=1&y=7&moon=1",
    "a lane hidden": "a=adam&b=adagrad&b.shown=off",
    "for a projector": "view.size=projector",
    "embedded": "view.controls=hidden",
}


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_no_violation(open_page, state):
    assert violations(open_page(STATES[state])) == []


def test_axe_finds_no_violation_in_relief(open_in_webgl):
    assert violations(open_in_webgl("view.map=both")) == []


def test_axe_finds_no_violation_on_a_phone(open_page):
    page = open_page("", 390, 844, has_touch=True, is_mobile=True)
    assert violations(page) == []


def test_tab_reaches_every_control_of_the_stage_with_visible_focus(page):
    names = set()
    invisible = []
    page.locator(".stage h1").click()
    for _ in range(60):
        page.keyboard.press("Tab")
        page.wait_for_timeout(60)
        found = measure(page, "focus()")
        if found["stage"]:
            names.add(found["name"])
            if not found["visible"]:
                invisible.append(found["name"])
        elif names:
            break
    wanted = {"Play", "Step", "Speed", "One step back", "To the end", "Repeat", "Reset zoom"}
    assert wanted <= names, sorted(names)
    assert any(name.startswith("Start at") for name in names)
    assert invisible == []


def test_enter_and_space_press_the_focused_button(page):
    timeline(page).fill("100")
    button(page, "One step forward").focus()
    page.keyboard.press("Enter")
    assert step(page) == 101
    page.keyboard.press("Space")
    assert step(page) == 102


def test_the_state_of_the_run_is_told_in_words(open_page):
    page = open_page("a=gradient_descent&a.lr=1&b=adam&steps=40")
    spoken = page.locator(".stage .spoken")
    expect(spoken).to_contain_text("Step 40 of 40")
    expect(spoken).to_contain_text("Gradient descent: DIVERGED at")
    expect(spoken).to_contain_text("Adam: loss")
    timeline(page).fill("0")
    expect(spoken).to_contain_text("Step 0 of 40")
    expect(spoken).to_contain_text("Gradient descent: loss 24.2")


def test_a_screen_reader_is_not_flooded_while_the_clock_plays(page):
    page.evaluate(
        """() => {
          window.said = 0;
          new MutationObserver(() => { window.said += 1; })
            .observe(document.querySelector(".stage .spoken"),
                     {childList: true, characterData: true, subtree: true});
        }"""
    )
    button(page, "Play").click()
    becomes(page, lambda: step(page), lambda now: now > 40)
    assert page.evaluate("window.said") <= 1
