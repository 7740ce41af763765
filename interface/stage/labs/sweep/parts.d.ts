// What a sweep map's parts are made of.

import type { Ending } from "../../core/packets.d.ts";

/** The lane that is run in every cell. */
export interface SweptLane {
  slot: string;
  label: string;
}

/** A setting that may be on an axis, as a menu offers it. */
export interface Sweepable {
  key: string;
  label: string;
  symbol: string;
  group: string;
}

/** A setting on an axis: its scale and range, the values as texts, and their places. */
export interface SweepAxis extends Sweepable {
  scale: string;
  low: number;
  high: number;
  smallest: number;
  usual: string;
  values: string[];
  places: number[];
}

/** What lies across and up, and what differs from map to map. */
export interface SweepAxesBySide {
  across: SweepAxis;
  up: SweepAxis;
  third: SweepAxis | null;
}

/** What is on the axes, what else could be, and what is to be said of the choice. */
export interface SweepOpening {
  part: "axes";
  lane: SweptLane;
  axes: SweepAxesBySide;
  menu: Sweepable[];
  notes: string[];
  minimum: boolean;
  steps: number;
  tolerance: number;
  endings: Record<string, Ending>;
}

/** A line of theory on a panel, or the point that it is; `local` at a minimum's curvature. */
export interface SweepLine {
  panel: number;
  name: string;
  label: string;
  local: boolean;
  kind: string;
  point: [number, number] | null;
}

/** Theory's lines; their places are arrays, `across0` and `up0` of the first. */
export interface SweepTheory {
  part: "theory";
  lines: SweepLine[];
}
