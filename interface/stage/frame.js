// The stage before anything is shown on it: its empty elements, and what it needs from the server.

import { make } from "./dom/dom.js";

/** @param {HTMLElement} root */
export function frame(root) {
  /** @param {string} name @param {...(Node | string)} inside */
  const part = (name, ...inside) => make("div", { class: name }, ...inside);
  const mapPanel = part("panel map");
  const [head, tools, legend, rule] = [part("stage-head"), part("tools"), part("legend"), part("rule")];
  const [side, bar] = [part("side"), part("clock")];
  const panels = part("panels", mapPanel, side);
  const spoken = make("p", { class: "spoken", role: "status", "aria-live": "polite" });
  const said = { class: "stage", "aria-label": "Stage" };
  const body = make("section", said, head, legend, panels, bar, spoken);
  root.replaceChildren(body);
  return { body, head, tools, legend, rule, spoken, panels, side, mapPanel, bar };
}

// Plotly and the style sheet, each asked for once.
export const loaded = () => Promise.all([plotly(), style()]);

function plotly() {
  const url = new URL("plotly.min.js", import.meta.url);
  return "Plotly" in globalThis ? null : arrived(make("script", { src: url }));
}

function style() {
  return document.querySelector("style[data-stage]")
    ? null
    : arrived(make("link", { rel: "stylesheet", href: new URL("stage.css", import.meta.url) }));
}

/** @param {HTMLScriptElement | HTMLLinkElement} element */
function arrived(element) {
  return new Promise((done, failed) => {
    element.addEventListener("load", done);
    element.addEventListener("error", () =>
      failed(new Error(`could not load ${"src" in element ? element.src : element.href}`)),
    );
    document.head.append(element);
  });
}
