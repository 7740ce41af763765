// What the modules of the stage hand to each other, for the type checker alone.

/** A rectangle in pixels. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** One side of a pair of axes: data to pixels and back. */
export interface Side {
  low: number;
  high: number;
  logarithmic: boolean;
  offset: number;
  length: number;
  place(at: number): number;
  to(value: number): number;
  from(pixel: number): number;
}

/** A pair of axes. */
export interface Axes {
  x: Side;
  y: Side;
}

/** A part's own state: made with a few members, the others come as it goes. */
export type State = any;
