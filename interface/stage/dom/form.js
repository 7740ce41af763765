// Labelled controls for the dialog.

import { button, make } from "./dom.js";

/** @import { Attributes } from "./dom.js" */
/** @typedef {Record<string, string>} Options */

// A labelled menu of { value: text }; `changed` is called after each choice.
/** @param {string} label @param {Options} options @param {string | number} chosen @param {() => void} changed */
export function menu(label, options, chosen, changed) {
  const select = make("select");
  offer(select, options, chosen);
  select.addEventListener("change", changed);
  return {
    field: field(label, select),
    value: () => select.value,
    // Choose one of these, which are put in the place of others.
    /** @param {Options} more @param {string} now */
    offer: (more, now) => {
      const texts = Object.entries(more).join("|");
      if (select.dataset.texts !== texts) offer(select, more, now);
      select.dataset.texts = texts;
      select.value = now;
    },
    select,
  };
}

/** @param {HTMLSelectElement} select @param {Options} options @param {string | number} chosen */
function offer(select, options, chosen) {
  const found = Object.entries(options).map(([value, text]) =>
    make("option", { value, selected: value === String(chosen) }, text),
  );
  select.replaceChildren(...found);
}

/** @param {string} label @param {boolean} checked @param {() => void} changed */
export function check(label, checked, changed) {
  const box = make("input", { type: "checkbox", checked, onchange: changed });
  const field = make("label", { class: "field tick" }, box, make("span", {}, label));
  return { field, value: () => box.checked };
}

// What opens a file and hands it on, again and again.
/** @param {Attributes} more @param {(file: File) => unknown} chosen */
export function fileField(more, chosen) {
  const input = make("input", { type: "file", ...more });
  input.addEventListener("change", () => {
    const [file] = input.files ?? [];
    input.value = "";
    if (file) chosen(file);
  });
  return input;
}

// A control under its label; what a menu offers is no part of its name.
/** @param {string} label @param {HTMLElement} control */
export function field(label, control) {
  control.setAttribute("aria-label", label);
  return make("label", { class: "field" }, make("span", {}, label), control);
}

/** @param {string} label @param {() => void} work */
export const push = (label, work, kind = "") => button(`push ${kind}`, work, {}, label);

// A line for what went well or wrong, read out when it changes.
export function saying() {
  const line = make("p", { class: "saying", role: "status", "aria-live": "polite" });
  return {
    line,
    /** @param {string} text */
    say: (text) => (line.textContent = text),
  };
}

// Put a text into the clipboard, and say whether it is there. Clipboards are only given to pages on https
// or localhost; elsewhere `select` marks the text, and the old command still works.
/** @param {string} text @param {() => void} select */
export async function copied(text, select) {
  try {
    await navigator.clipboard.writeText(text);
    return "Copied.";
  } catch {
    select();
    return document.execCommand("copy") ? "Copied." : "Selected: copy it with Ctrl and C.";
  }
}

/** @param {Blob} blob @param {string} name */
export function download(blob, name) {
  const url = URL.createObjectURL(blob);
  const link = make("a", { href: url, download: name, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

// A file name from a title: letters, digits and hyphens.
/** @param {string} text */
export function slug(text) {
  const plain = text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-");
  return plain.replace(/^-+|-+$/g, "") || "run";
}

/** @param {number} bytes */
export function size(bytes) {
  return bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
