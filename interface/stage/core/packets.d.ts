// Written by `python -m interface.generated`: declared in packets/headers.py.

/** A moment at which an outcome came about. */
export interface Event {
  t: number;
  kind: string;
  words: string;
}

/** What the page says of a run's end. */
export interface Told {
  end: string;
  words: string;
  arrived: number | null;
  reached: number | null;
  passed: number | null;
  gone: string;
  events: Event[];
}

/** The texts of an end, with {step} and {height} in their places. */
export interface Ending {
  words: string;
  brief: string;
  event: string;
}

/** A lane: its names and look, and how its run ended at its last finite step. */
export interface LaneHeader {
  end: string;
  words: string;
  arrived: number | null;
  reached: number | null;
  passed: number | null;
  gone: string;
  events: Event[];
  slot: string;
  label: string;
  caption: string;
  visible: boolean;
  diverged: number;
  final: number | null;
  distance: number | null;
  evaluations: number;
  caveat: string;
  light: string;
  dark: string;
  dash: string;
  marker: string;
}

/** The setting that turns the start along, and the point that is turned from its angle on. */
export interface TurningHeader {
  key: string;
  origin: number[];
  bearing: number;
}

/** A surface: its title, its parameters as a link writes them, and its own window. */
export interface SurfaceHeader {
  title: string;
  key: string;
  window: number[][];
  minimum: string;
  heights: number[] | null;
  turning: TurningHeader | null;
}

/** A setting that can be turned: its name in links, its text there, and where it may go. */
export interface HandleHeader {
  key: string;
  owner: string;
  lane: number | null;
  label: string;
  value: string;
  scale: string;
  limits: number[];
  smallest: number;
  whole: boolean;
  help: string;
  reach: number[];
}

/** The heights that a hand paints: a letter each, from the lowest letter to the highest. */
export interface DrawingHeader {
  heights: string;
  letters: string;
  coarse: number;
  fine: number;
}

/** A race: the experiment, every lane, and the inside of the chosen one. */
export interface RaceHeader {
  link: string;
  rules: Record<string, string>;
  surface: SurfaceHeader;
  model: Record<string, any> | null;
  drawing: DrawingHeader | null;
  start: number[];
  steps: number;
  lowest: number | null;
  floor: number | null;
  endings: Record<string, Ending>;
  tolerance: number;
  seed: number;
  modules: (Record<string, string> | null)[];
  chosen: number;
  lanes: LaneHeader[];
  memory: Record<string, string>;
  velocity: string;
  flips: number[][];
  formula: string;
  rule: string[][];
  caption: string;
  handles: HandleHeader[];
  theory: Record<string, any> | null;
  view: Record<string, any>;
}

/** A marked point: `height` is its loss and `value` how that is said; `kind` is a key. */
export interface CriticalHeader {
  x: number;
  y: number;
  height: number;
  value: string;
  kind: "global minimum" | "local minimum" | "saddle" | "maximum";
  said: string;
}

/** A landscape: how its heights are scaled, and its marked points. */
export interface LandscapeHeader {
  title: string;
  scale: "linear" | "log" | "rank";
  height: string;
  logarithm: [number, number] | null;
  critical: CriticalHeader[];
}

/** A packet as it is read: its header, and its arrays by name. */
export interface Packet<Header> {
  header: Header;
  arrays: Record<string, Numbers>;
}

/** An array of numbers and its shape. */
export interface Numbers {
  values: Float32Array | Float64Array | Int32Array;
  shape: number[];
}

export type Race = Packet<RaceHeader>;
export type Landscape = Packet<LandscapeHeader>;
