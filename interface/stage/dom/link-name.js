// A widget's key says which setting it shows: `c.Adam.lr` is `c.lr` in a link, `c.2.Adam.lr` as well.

/** @param {Element} element @returns {string | null} */
export function linkName(element) {
  const classes = element.closest('[class*="st-key-"]')?.classList || [];
  const key = [...classes].find((name) => name.startsWith("st-key-"));
  if (!key) return null;
  const named = key.slice("st-key-".length).split("-");
  const parts = named.filter((part) => !/^\d+$/.test(part));
  return parts.length < 3 ? parts.join(".") : [...parts.slice(0, -2), parts.at(-1)].join(".");
}
