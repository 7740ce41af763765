// What the modules of the stage hand to each other, for the type checker alone.

import type { Packet, RaceHeader } from "./packets.d.ts";
import type { Critical, Loss } from "../run/recorded.d.ts";
import type { Changes } from "../run/turning.js";

/** A race's header: one that follows the hand says also by which changes. */
export interface FeltHeader extends RaceHeader {
  changes?: Changes | null;
  moved?: boolean;
  critical?: Critical[];
}

/** A race that is kept or felt; `loss` is its surface, where a number of it slides. */
export interface FeltRace extends Packet<FeltHeader> {
  loss?: Loss;
}

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
