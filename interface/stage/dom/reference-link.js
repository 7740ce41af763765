// A link to a page of the reference: on the server, or standing in a saved page.

import { referenceAddress, saved } from "../core/reference.js";
import { make } from "./dom.js";

/** @import { Attributes } from "./dom.js" */

/** @param {string} page @param {Attributes} attributes @param {...(Node | string)} content */
export function referenceLink(page, attributes, ...content) {
  const own = saved(page);
  const link = make("a", { href: referenceAddress(page), target: "_blank", ...attributes }, ...content);
  if (!own) return link;
  link.href = "#";
  link.addEventListener("click", (event) => {
    event.preventDefault();
    globalThis.open(URL.createObjectURL(own), "_blank");
  });
  return link;
}
