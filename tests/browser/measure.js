// What a test measures on the page: what is cut, what lies outside, what overlaps, where the focus shows.

const INNER = "svg, math, .js-plotly-plot, .spoken, [aria-hidden=true]";
const LAID_OUT = ".stage h1, .stage .tools, .legend .entry, .panels .panel, .clock > *, .stage > .rule";
const FOCUS_LOOK = [
  "outlineStyle",
  "outlineWidth",
  "outlineColor",
  "boxShadow",
  "borderColor",
  "stroke",
  "backgroundColor",
];

const shown = (e) => e.checkVisibility({ opacityProperty: true, visibilityProperty: true });
const named = (e) => `${e.tagName} ${e.className} ${e.value || e.textContent}`.slice(0, 160);
const cuts = (e) => /hidden|clip/.test(getComputedStyle(e).overflowX) || e.matches("input:not([type=range])");

function around(e, far = 4) {
  const inside = [e, ...e.querySelectorAll(".reach")];
  for (let x = e.parentElement, n = 0; x && n < far; x = x.parentElement, n++) inside.push(x);
  return inside;
}

function look(e) {
  return around(e).map((x) => FOCUS_LOOK.map((name) => getComputedStyle(x)[name]).join(" "));
}

globalThis.measure = {
  cut() {
    return [...document.querySelectorAll(".stage *, [data-testid=stSidebarUserContent] *")]
      .filter(
        (e) =>
          shown(e) &&
          cuts(e) &&
          (e.value || e.textContent.trim()) &&
          !e.closest(INNER) &&
          e.clientWidth &&
          e.scrollWidth > e.clientWidth + 1,
      )
      .map(named);
  },

  outside() {
    return [...document.querySelectorAll(".stage *")]
      .filter((e) => shown(e) && !e.closest(INNER))
      .map((e) => [e, e.getBoundingClientRect()])
      .filter(([, box]) => box.width && (box.left < -1 || box.right > innerWidth + 1))
      .map(([e, box]) => `${named(e)} from ${Math.round(box.left)} to ${Math.round(box.right)}`);
  },

  boxes() {
    return [...document.querySelectorAll(LAID_OUT)]
      .filter(shown)
      .map((e) => [named(e), e.getBoundingClientRect()])
      .filter(([, box]) => box.width && box.height)
      .map(([name, box]) => [name.slice(0, 60), [box.left, box.top, box.right, box.bottom]]);
  },

  // Where each line of words of a part of the page lies: [the words, [left, top, right, bottom]].
  lines(css) {
    const found = [];
    const walk = document.createTreeWalker(document.querySelector(css), globalThis.NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      const { data, parentElement } = walk.currentNode;
      if (!data.trim() || parentElement.closest(INNER) || !shown(parentElement)) continue;
      const range = document.createRange();
      range.selectNodeContents(walk.currentNode);
      for (const { left, top, right, bottom } of range.getClientRects()) {
        found.push([data.slice(0, 60), [left, top, right, bottom]]);
      }
    }
    return found;
  },

  small(least) {
    return [...document.querySelectorAll(".clock button, .legend button, .stage .tools button")]
      .filter(
        (e) =>
          shown(e) && Math.min(e.getBoundingClientRect().width, e.getBoundingClientRect().height) < least,
      )
      .map(named);
  },

  colors() {
    const plot = document.querySelector(".stage .map .plot");
    return {
      page: getComputedStyle(document.querySelector("[data-testid=stApp]")).backgroundColor,
      ground: JSON.stringify(plot.data[0].colorscale),
      type: plot.layout.font.color,
      line: document.querySelector(".overlay .line").getAttribute("stroke"),
      clock: getComputedStyle(document.querySelector(".clock .said")).color,
    };
  },

  // The focused control: its name, whether it is the stage's, and whether focus changes its look.
  focus() {
    const e = document.activeElement;
    const read = [...e.childNodes].filter((part) => !part.hidden && part.ariaHidden !== "true");
    const text = read.map((part) => part.textContent).join("");
    const name = e.getAttribute("aria-label") || text.trim().slice(0, 40) || e.tagName;
    const focused = look(e).join();
    e.blur();
    const bare = look(e).join();
    e.focus({ preventScroll: true });
    return { name, stage: Boolean(e.closest(".stage")), visible: focused !== bare };
  },

  files() {
    return performance
      .getEntriesByType("resource")
      .filter(({ name }) => name.includes("/stage/"))
      .map(({ name, encodedBodySize, transferSize }) => [name, encodedBodySize, transferSize]);
  },
};
