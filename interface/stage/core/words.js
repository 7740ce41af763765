// Values of the view as they stand in a link (see labs/view.py).

/** @param {boolean | string | number | (string | number)[]} value */
export function word(value) {
  if (typeof value === "boolean") return value ? "on" : "off";
  return [value].flat().join(",") || "none";
}
