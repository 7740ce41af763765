// Words broken into lines no wider than `width`, as `measure(text)` has it.
/** @param {string} text @param {number} width @param {(text: string) => number} measure */
export function wrap(text, width, measure) {
  /** @type {string[]} */
  const lines = [];
  for (const word of text.split(" ")) {
    const longer = lines.length ? `${lines[lines.length - 1]} ${word}` : word;
    if (lines.length && measure(longer) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
