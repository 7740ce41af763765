// The shapes of scenes, and what they are made from, for the type checker alone.

import type { Axes, Box, FeltHeader, FeltRace, Held, Fanned } from "../core/stage.d.ts";
import type { Colors } from "../core/theme.js";
import type { LaneHeader, Numbers } from "../core/packets.d.ts";

export type Pixel = [x: number, y: number];

/** The width of words in pixels. */
export type Measure = (text: string, size: number, weight?: number) => number;

/** How a scene is to look; names keep clear of `taken` boxes. */
export interface Look {
  colors: Colors;
  type: number;
  measure: Measure;
  taken?: Box[];
  marked?: Box[];
}

/** A line as text that can be cut: `ends[k]` is where the text up to point k ends. */
export interface Line {
  text: string;
  ends: ArrayLike<number>;
  points: (Pixel | null)[];
  loose?: ArrayLike<number>;
  first?: number;
  lengths?: ArrayLike<number>;
}

/** A path of places, all of them finite; `even` is the same line of fewer points. */
export interface Trail extends Line {
  points: Pixel[];
  even: Line;
  from(begin: number, t: number): string;
}

/** What every shape may say: its key (only the foot of pictures leaves it out), what it is, whose, and outside which box it is not seen. */
interface Shape {
  key?: string;
  name?: string;
  data?: Record<string, string>;
  title?: string;
  clip?: Box;
  opacity?: number;
}

/** How a line looks. */
export interface LineLook {
  stroke: string;
  width: number;
  dash?: number[];
}

/** An open line, or one that has grown along its trail up to step t. */
export interface Stroke extends Shape, LineLook {
  kind: "stroke";
  d?: string;
  trail?: Line;
  t?: number;
  flat?: boolean;
}

/** An outline around (0, 0), moved. */
export interface Mark extends Shape {
  kind: "mark";
  d: string;
  x: number;
  y: number;
  scale: number;
  turn?: number;
  fill?: string;
  stroke?: string;
  width?: number;
}

/** A mark that has no place yet. */
export type Loose = Omit<Mark, "x" | "y">;

export type Anchor = "start" | "middle" | "end";

export interface Words extends Shape {
  kind: "words";
  text: string;
  x: number;
  y: number;
  size: number;
  fill: string;
  weight?: number;
  halo?: string;
  anchor?: Anchor;
  turn?: number;
}

export type Item = Stroke | Mark | Words;

/** What a shape of a kind is called. */
export type Called<One extends Item> = Pick<One, "kind" | "key" | "name" | "data">;

/** A number on an axis. */
export interface Tick {
  at: number;
  text: string;
}

/** A row of a key: words, each with a sample of a line or of colors. */
export interface KeyRow {
  name: string;
  entries: { text?: string; line?: LineLook; shades?: string[] }[];
}

/** What a name beside a head needs to know of its lane. */
export type Named = Pick<LaneHeader, "slot" | "label" | "diverged"> & Partial<LaneHeader>;

/** A lane as it is drawn; `beyond` says where its head is, if that is out of sight. */
export interface Drawn {
  lane: Named;
  paint: string;
  trail: { points: Pixel[] };
  beyond?(t: number): string;
}

/** A lane of the race as it is drawn on the map. */
export interface DrawnLane extends Drawn {
  lane: LaneHeader;
  k: number;
  trail: Trail;
}

/** A curve of a panel; some have a band from `low` to `high`. */
export interface Curve {
  lane: LaneHeader;
  values: Numbers["values"];
  label: string;
  name?: string;
  side?: string;
  told?: string;
  leads?: boolean;
  dash?: string;
  first?: number;
  quiet?: boolean;
  still?: boolean;
  width?: number;
  opacity?: number;
  shade?: number;
  low?: Numbers["values"];
  high?: Numbers["values"];
  least?: number;
  aside?: number;
}

/** A curve with a band. */
export type Banded = Curve & { low: Numbers["values"]; high: Numbers["values"] };

/** A curve of a panel with its line in pixels. */
export interface DrawnCurve {
  curve: Curve;
  n: number;
  line: Line & { first: number };
  paint: string;
}

/** A race on the map, with what may lie beside it there. */
export interface MapRace {
  header: FeltHeader;
  arrays: FeltRace["arrays"];
  held?: Held | null;
  fanned?: Fanned | null;
}

export type { Axes, Box };
