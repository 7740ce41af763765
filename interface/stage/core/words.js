// Values of the view as they stand in a link (see packets/view.py).

export function word(value) {
  if (typeof value === "boolean") return value ? "on" : "off";
  return [].concat(value).join(",") || "none";
}
