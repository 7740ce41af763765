// The link: to copy, to scan, and to embed without controls.

import { LONGEST_QR } from "../core/known.js";
import { make } from "../dom/dom.js";
import { button, field, saying } from "../dom/form.js";
import { address } from "../core/live.js";
import { queried } from "./tab-data.js";

export function linkTab(stage) {
  const said = saying();
  const whole = made("take-link");
  const embed = made("take-embed");
  const code = make("div", { class: "qr" });
  const shown = () => {
    whole.value = page(queried(stage));
    const hidden = new URLSearchParams(queried(stage));
    hidden.set("view.controls", "hidden");
    embed.value = page(hidden.toString());
    said.say("");
    scan(code, whole.value);
  };
  const copied = (input) => async () =>
    said.say((await copy(input)) ? "Copied." : "Not copied: press Ctrl and C.");
  const row = (label, input) =>
    make("div", { class: "copying" }, field(label, input), button("Copy", copied(input)));
  const rows = make(
    "div",
    { class: "links" },
    row("Link to this page", whole),
    row("Link for embedding, controls hidden", embed),
    said.line,
  );
  return { content: [make("div", { class: "sharing" }, rows, code)], shown };
}

function made(id) {
  return make("input", { id, type: "text", readonly: true, onfocus: (event) => event.target.select() });
}

const page = (query) => `${location.origin}${location.pathname}${query && `?${query}`}`;

// The clipboard is only given to pages on https or localhost; elsewhere the old command still works.
async function copy(input) {
  try {
    await navigator.clipboard.writeText(input.value);
    return true;
  } catch {
    input.focus();
    input.select();
    return document.execCommand("copy");
  }
}

function scan(code, link) {
  if (link.length > LONGEST_QR) {
    code.replaceChildren(
      make(
        "p",
        {},
        `This link has ${link.length} characters, too many for a code that phones can read (${LONGEST_QR}).`,
      ),
    );
    return;
  }
  const image = make("img", {
    src: address(`take/qr.svg?text=${encodeURIComponent(link)}`),
    alt: "QR code of the link to this page",
  });
  image.addEventListener("error", () =>
    code.replaceChildren(make("p", {}, "The QR code could not be loaded.")),
  );
  code.replaceChildren(image);
}
