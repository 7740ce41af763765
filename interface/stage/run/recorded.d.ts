// What recorded modules give once their numbers are put in, for the type checker alone.

import type { CriticalHeader, Numbers } from "../core/packets.d.ts";
import type { FUNCTIONS } from "./path.js";

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

/** What modules take besides their numbers: functions that are NumPy's to the last bit. */
export type Functions = typeof FUNCTIONS;

/** Numbers by the names that modules know them by; `rows` are those of a loss of data. */
export type Settings = {
  [name: `${"optimizer" | "schedule"}.${string}`]: number;
  [name: `surface.${string}`]: number | number[];
  [name: `tilt.${string}`]: number;
  noise?: number;
  rows?: Float64Array | null;
};

export interface SurfaceModule {
  names: string[];
  surface(numbers: unknown[], functions: Functions): Loss;
}

/** Gain, beta, ahead, penalty, decay and first of a recursion. */
type Fixed = [gain: number, beta: number, ahead: number, penalty: number, decay: number, first: number];

/** A rule's step: rows are x, y, the memory, and how often each repetition has looked. */
export interface Rule {
  begin(rows: Float64Array, at: number): void;
  step(t: number, lr: number, noiseX: number, noiseY: number, rows?: Float64Array): void;
  move(from: Float64Array, i: number, to: Float64Array, j: number): void;
  rate(from: Float64Array, i: number): Point;
  dynamics?(from: Float64Array, i: number): [...alike: Fixed, x: number, y: number];
  seen?(): number[];
}

/** `memory` says how many numbers stand under each name; `asks` and `looks`, what for. */
export interface RuleModule {
  names: string[];
  memory: Record<string, number>;
  asks: number[];
  looks: number[][];
  rated: "recorded" | "measured" | "unknown";
  scaling: "even" | "scaled" | "";
  rule(numbers: unknown[], functions: Functions): Rule;
}

/** A schedule at work: one that watches the loss is shown it with `observe`. */
export interface Schedule {
  fresh: number[];
  factor(t: number, memory: number[]): number;
  observe(loss: number, memory: number[]): void;
}

export interface ScheduleModule {
  names: string[];
  watches: boolean;
  schedule(numbers: unknown[], steps: number, functions: Functions): Schedule;
}

/** The numbers of a printed rule: `fill` writes those of a step into its column. */
export interface NumbersModule {
  names: string[];
  count: number;
  lines: string[][];
  numbers(
    numbers: unknown[],
    functions: Functions,
  ): {
    fill(
      t: number,
      lr: number,
      offX: number,
      offY: number,
      from: Float64Array,
      i: number,
      to: Float64Array,
      j: number,
      stride: number,
    ): void;
  };
}

/** The name of a method that writes numbers into a table's row. */
export type Filler = `fill${number}`;

/** A number of a table: the inputs it rests on, and which it is or which method writes it. */
export interface Slot {
  needs: string[];
  given?: keyof Settings;
  by?: Filler;
}

/** A block of rows, the table they share, and the table of what is each one's own. */
export type Block = [
  rows: Float64Array,
  from: number,
  to: number,
  shared: Float64Array,
  at: number,
  own: Float64Array,
  j: number,
];

/** Many lanes at work: what they share stands in one table, what is each one's own in another. */
export interface Batch {
  [fill: Filler]: (t: number, lr: number, noiseX: number, noiseY: number, row: Float64Array) => void;
  begin(...block: Block): void;
  move(...block: [...Block, losses: Float64Array, data?: Float64Array]): number;
}

export interface BatchModule {
  names: string[];
  lane: number;
  shared: Slot[];
  own: Slot[];
  batch(numbers: unknown[], functions: Functions): Batch;
}

/** All that a lane is run by; the numbers of the printed rule for the chosen one alone. */
export interface Modules {
  rule: RuleModule;
  surface: SurfaceModule;
  schedule: ScheduleModule;
  numbers?: NumbersModule;
  noisy?: NumbersModule;
}

/** All that a map is computed by. */
export interface MapModules {
  batch: BatchModule;
  surface: SurfaceModule;
  schedule: ScheduleModule;
}

/** What many lanes are moved by (run/tables.js). */
export interface Lanes {
  lane: number;
  turn(t: number, losses: Float64Array): void;
  begin(rows: Float64Array): void;
  move(rows: Float64Array, losses: Float64Array): number;
}

/** A setting that differs from lane to lane: `of` gives each lane's place among the values. */
export interface Axis {
  key: string;
  values: number[];
  of: ArrayLike<number>;
}

/** What the lanes of a map have in common; `batches`, which rows of data each step learns from. */
export interface MapJob {
  settings: Settings;
  steps: number;
  draws: ArrayLike<number> | null;
  tolerance: number;
  batches?: { rows: Float64Array; order: Numbers };
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
  floor?: CriticalHeader["floor"];
}

/** A place where a run counts as being at a minimum; `owner` says at which. */
export interface Spot extends Critical {
  owner: number;
}

/** Rows of memory by name. */
export type Memory = Record<string, Float64Array>;

/** What a run's outcome is told from. */
export interface Run {
  x: Float64Array;
  loss: Float64Array;
  diverged: number;
}

/** A run with all that is kept of it, a row a step. */
export interface Path extends Run {
  gradient: Float64Array;
  lr: Float64Array;
  rate: Float64Array | null;
  memory: Memory;
  asked: Float64Array;
  numbers: { lines: string[][]; values: Float64Array; shape: number[]; put(t: number): void } | null;
  dynamics: ((t: number, row?: number) => Recursion) | null;
}

/** A surface under the present numbers. */
export interface Ground {
  loss: Loss;
  critical: Critical[];
  lowest: number | null;
  floor: number | null;
  window: Window;
  far(x: number, y: number): number;
}

/** The losses at which a run has arrived, and below which it has run away. */
export interface Goal {
  low: number;
  high: number;
  floor: number;
}
