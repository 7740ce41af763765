// Values of the view as they stand in a link (see packets/view.py).

/** @param {boolean | string | number | (string | number)[]} value */
export function word(value) {
  if (typeof value === "boolean") return value ? "on" : "off";
  return [value].flat().join(",") || "none";
}
