// What the modules of the stage hand to each other, for the type checker alone.

import type { HandleHeader, LaneHeader, Numbers, Packet, RaceHeader } from "./packets.d.ts";
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

/** A lane that is held to compare with: its header, its path and its curves. */
export type HeldLane = LaneHeader & {
  path: Numbers;
  gap?: Numbers["values"];
  loss?: Numbers["values"];
};

/** Paths that are held, of one surface. */
export interface Held {
  surface: string;
  lanes: HeldLane[];
}

/** The header of a fan's packet: the values of a handle's stops, and each lane's outcomes there. */
export interface FanHeader {
  values: number[];
  lanes: { k: number; outcomes: { diverged: number }[] }[];
}

/** A fan on the map: the packet, its setting, and the lane whose paths are shown. */
export interface Fanned {
  fan: Packet<FanHeader>;
  handle: Pick<HandleHeader, "label">;
  k: number;
  told?: string;
}

/** An element that Plotly draws in. */
export interface Plot extends HTMLElement {
  _fullLayout: { xaxis: PlotAxis; yaxis: PlotAxis; [name: string]: any };
  layout: Record<string, any>;
  on(name: string, work: () => void): void;
}

/** An axis as Plotly has laid it out. */
export interface PlotAxis {
  range: (number | string)[];
  type: string;
  _offset: number;
  _length: number;
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
