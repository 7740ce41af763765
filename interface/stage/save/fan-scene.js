// The fan on a picture: the same strands, and a line under the frame's top that says what the
// colors mean. Pure.

import { opacity, shade, strands } from "../scrub/fan.js";
import { words } from "../draw/foot.js";
import { significant } from "../core/format.js";

const SHADES = 12;

export function fanScene({ header, fanned }, axis, box, { colors, type, measure }) {
  if (!fanned) return [];
  const { fan, handle, k } = fanned;
  const paths = strands(fan, k, axis);
  const line = (d, j, width) => ({ kind: "stroke", d, stroke: shade(j, colors.dark), width, clip: box });
  const lines = paths.map(({ points, diverges }, j) => ({
    ...line(outline(points), paths.length > 1 ? j / (paths.length - 1) : 0, type / 10),
    opacity: (diverges ? 0.5 : 1) * opacity(points, Math.hypot(box.width, box.height)),
    ...(diverges ? { dash: [type / 6, type / 2.4] } : {}),
  }));
  const size = 0.84 * type;
  const [low, high] = [fan.header.values[0], fan.header.values.at(-1)].map((v) => significant(v, 3));
  const name = `${header.lanes[k].label}, ${handle.label} ${low} `;
  const wide = measure(name, size);
  const [x, y, bar] = [box.x + 0.6 * type, box.y + 1.3 * type, 6 * type];
  const step = bar / SHADES;
  const level = y - 0.33 * size;
  const bars = Array.from({ length: SHADES }, (_, n) =>
    line(`M${x + wide + 0.4 * type + n * step} ${level}h${step}`, n / (SHADES - 1), 0.6 * size),
  );
  const told = [
    words(name, x, y, size, colors.text),
    words(high, x + wide + bar + 1.1 * type, y, size, colors.text),
  ];
  return [...lines, ...bars, ...told.map((text) => ({ ...text, halo: colors.halo }))];
}

const outline = (points) =>
  points.map(([x, y], k) => `${k ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");
