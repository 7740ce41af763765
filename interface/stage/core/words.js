// Values of the view as they stand in a link (see labs/view.py).

/** @typedef {boolean | string | number | (boolean | string | number)[]} Word */

/** @param {Word} value */
export function word(value) {
  if (typeof value === "boolean") return value ? "on" : "off";
  return [value].flat().join(",") || "none";
}
