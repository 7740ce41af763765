// The part of a straight piece inside the unit square, as shares of it (Liang and Barsky 1984), or null. Pure.

/** @param {number[]} from @param {number[]} to @returns {[number, number] | null} */
export function clip(from, to) {
  let [begin, end] = [0, 1];
  for (const side of [0, 1]) {
    const by = to[side] - from[side];
    for (const [room, speed] of [
      [from[side], -by],
      [1 - from[side], by],
    ]) {
      if (speed === 0 && room < 0) return null;
      if (speed < 0) begin = Math.max(begin, room / speed);
      if (speed > 0) end = Math.min(end, room / speed);
    }
  }
  return begin < end ? [begin, end] : null;
}
