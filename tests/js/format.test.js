// Numbers as a student reads them.

import assert from "node:assert/strict";
import { test } from "node:test";

import { above, minus, point, significant, superscript } from "../../interface/stage/core/format.js";

const WRITTEN = [
  [0, "0"],
  [-0, "0"],
  [1, "1"],
  [-1, "−1"],
  [0.1, "0.1"],
  [1 / 3, "0.33333"],
  [-2 / 3, "−0.66667"],
  [123456, "123460"],
  [999999, "1×10⁶"],
  [1e6, "1×10⁶"],
  [1234567, "1.2346×10⁶"],
  [0.0001, "0.0001"],
  [0.00001, "1×10⁻⁵"],
  [-1.5e-12, "−1.5×10⁻¹²"],
  [1e300, "1×10³⁰⁰"],
  [5e-324, "4.9407×10⁻³²⁴"],
  [NaN, "—"],
  [null, "—"],
  [undefined, "—"],
  [Infinity, "∞"],
  [-Infinity, "−∞"],
];

for (const [value, text] of WRITTEN) {
  test(`${value} is written ${text}`, () =>
    assert.match(significant(value), new RegExp(`^(${text}|${alternative(text)})$`)));
}

// 999999 and 123456 have six digits before the point: both roundings are read the same way.
const alternative = (text) => (text === "1×10⁶" ? "1000000" : text);

test("fewer digits on demand", () => {
  assert.equal(significant(3.14159, 3), "3.14");
  assert.equal(significant(0.000123456, 2), "0.00012");
});

test("what is written reads back to five digits", () => {
  for (let k = -30; k < 30; k++) {
    const value = 1.23456789 * 10 ** k;
    const raised = significant(value).replace(
      /×10(.+)/,
      (_, power) =>
        `e${[...power]
          .map((c) => "⁻⁰¹²³⁴⁵⁶⁷⁸⁹".indexOf(c) - 1)
          .map((d) => (d < 0 ? "-" : d))
          .join("")}`,
    );
    assert.ok(Math.abs(Number(raised) / value - 1) < 5e-5, `${value} became ${raised}`);
  }
});

test("powers and true minus signs", () => {
  assert.equal(superscript(-120), "⁻¹²⁰");
  assert.equal(minus("-3"), "−3");
  assert.equal(point(-1.2, 1), "(−1.2, 1)");
});

test("a height below the minimum by rounding alone is none", () => {
  assert.deepEqual([-2.8e-17, 0, 3, -0.1].map(above), [0, 0, 3, -0.1]);
});
