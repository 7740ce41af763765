// Words broken into lines no wider than `width`, as `measure(text)` has it; a setting keeps its value.
/** @param {string} text @param {number} width @param {(text: string) => number} measure */
export function wrap(text, width, measure) {
  /** @type {string[]} */
  const lines = [];
  for (const word of text.split(/(?<! =) (?!= )/)) {
    const longer = lines.length ? `${lines[lines.length - 1]} ${word}` : word;
    if (lines.length && measure(longer) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

// The first of some texts that has room, or as much of the last as has.
/** @param {string[]} texts @param {number} width @param {(text: string) => number} measure */
export function fitting(texts, width, measure) {
  const found = texts.find((text) => measure(text) <= width);
  if (found !== undefined) return found;
  let cut = texts[texts.length - 1];
  while (cut.length > 1 && measure(`${cut}…`) > width) cut = cut.slice(0, -1).trimEnd();
  return `${cut}…`;
}
