// Labelled controls for the dialog.

import { make } from "./dom.js";

let serial = 0;

// A labelled menu of { value: text }; `changed` is called after each choice.
export function menu(label, options, chosen, changed) {
  const select = make("select", { id: `take-${serial++}` });
  offer(select, options, chosen);
  select.addEventListener("change", changed);
  return {
    field: field(label, select),
    value: () => select.value,
    offer: (more) => offer(select, more, select.value),
    select,
  };
}

function offer(select, options, chosen) {
  const found = Object.entries(options).map(([value, text]) =>
    make("option", { value, selected: value === String(chosen) }, text),
  );
  select.replaceChildren(...found);
}

export function check(label, checked, changed) {
  const box = make("input", { type: "checkbox", id: `take-${serial++}`, checked });
  box.addEventListener("change", changed);
  return {
    field: make("div", { class: "field tick" }, box, make("label", { for: box.id }, label)),
    value: () => box.checked,
  };
}

export function field(label, control) {
  return make("div", { class: "field" }, make("label", { for: control.id }, label), control);
}

export function button(label, work, kind = "") {
  return make("button", { type: "button", class: `push ${kind}`, onclick: work }, label);
}

// A line for what went well or wrong, read out when it changes.
export function saying() {
  const line = make("p", { class: "saying", role: "status", "aria-live": "polite" });
  return { line, say: (text) => (line.textContent = text) };
}

export function download(blob, name) {
  const url = URL.createObjectURL(blob);
  const link = make("a", { href: url, download: name, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

// A file name from a title: letters, digits and hyphens.
export function slug(text) {
  const plain = text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-");
  return plain.replace(/^-+|-+$/g, "") || "run";
}

export function size(bytes) {
  return bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
