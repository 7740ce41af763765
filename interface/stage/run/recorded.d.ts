// What recorded modules give once their numbers are put in, for the type checker alone.

import type { CriticalHeader } from "../core/packets.d.ts";

export type Point = [number, number];

/** Of a symmetric matrix: xx, xy and yy. */
export type Hessian = [number, number, number];

/** From the lowest x to the highest, and from the lowest y to the highest. */
export type Window = [Point, Point];

/** A loss: `seen` is the gradient that a step learns from. */
export interface Loss {
  value(x: number, y: number): number;
  gradient(x: number, y: number): Point;
  hessian(x: number, y: number): Hessian;
  seen?(step: number, x: number, y: number): Point;
  distance?(x: number, y: number): number;
}

/** A rule as a linear recursion. */
export interface Recursion {
  gain: number;
  beta: number;
  ahead: number;
  penalty: number;
  decay: number;
  first: number;
  scale: Point;
}

/** A critical point without its words. */
export interface Critical {
  x: number;
  y: number;
  height: number;
  kind: CriticalHeader["kind"];
}
