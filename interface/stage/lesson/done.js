// Which lessons were gone through, on this device only: nothing is sent.

const PLACE = "loss-surfaces.lessons";
const VISITED = "loss-surfaces.visited";

export function done() {
  return new Set(read(PLACE).split(",").filter(Boolean));
}

export function finish(key) {
  write(PLACE, [...done().add(key)].join(","));
}

export function forget() {
  write(PLACE, "");
}

export const visited = () => read(VISITED) !== "";

export function remember() {
  write(VISITED, "yes");
}

// A browser that keeps nothing (a private window, a sandboxed frame) says so by an exception.
function read(place) {
  try {
    return globalThis.localStorage.getItem(place) || "";
  } catch {
    return "";
  }
}

function write(place, text) {
  try {
    globalThis.localStorage.setItem(place, text);
  } catch {
    // Nothing is kept then.
  }
}
