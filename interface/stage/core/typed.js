// A number as people write it: with a comma or a point, with groups of thousands, with a true minus.
// The same rules as interface/typed_number.py; both are held to tests/typed_numbers.json.

const GROUPED = /^[+-]?[1-9]\d{0,2}([ ,.'’])\d{3}(?:\1\d{3})*(?:(?!\1)[.,]\d+)?$/;

// The number, or NaN for what is none or could be two.
/** @param {string} text */
export function typed(text) {
  const plain = text
    .trim()
    .replace(/[\u00a0\u2009\u202f]/g, " ")
    .replace("−", "-");
  const groups = GROUPED.exec(plain);
  if (groups) return ambiguous(plain, groups[1]) ? NaN : ungrouped(plain, groups[1]);
  const pointed = plain.replace(",", ".");
  return pointed === "" ? NaN : Number(pointed);
}

// One group after a comma may be thousands or thousandths.
/** @param {string} plain @param {string} mark */
const ambiguous = (plain, mark) => mark === "," && plain.split(/[,.]/).length === 2;

/** @param {string} plain @param {string} mark */
function ungrouped(plain, mark) {
  if (mark === "." && plain.split(/[,.]/).length === 2) return Number(plain);
  return Number(plain.replaceAll(mark, "").replace(",", "."));
}
