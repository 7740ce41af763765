// What the modules of the stage hand to each other, for the type checker alone.

import type { Clock } from "./clock.js";
import type { acts } from "./acts.js";
import type { Colors } from "./theme.js";
import type { library } from "../run/library.js";
import type { crew } from "../run/crew.js";
import type { Curve } from "../draw/shapes.d.ts";
import type { CurveView } from "../curves/curves.js";
import type { Bar } from "../dom/transport.js";
import type { Hand } from "../map/hand.js";
import type { Entry } from "../map/legend.js";
import type { StageMap } from "../map/map.js";
import type { ReliefState } from "../relief/camera.js";
import type { preview } from "../map/preview.js";
import type {
  AheadHeader,
  HandleHeader,
  Landscape,
  LaneHeader,
  LessonRace,
  Numbers,
  OfferedRule,
  Packet,
  PageHeader,
  RaceHeader,
  ViewHeader,
} from "./packets.d.ts";
import type { Word } from "./words.js";
import type { Loss } from "../run/recorded.d.ts";
import type { Changes } from "../run/turning.js";

/** A race's header: with what the page adds; one that follows the hand says also by which changes. */
export interface FeltHeader extends RaceHeader, LessonRace, Partial<PageHeader> {
  changes?: Changes | null;
  moved?: boolean;
}

/**
 * A race that is kept or felt; `loss` is its surface, where a number of it slides. In a saved page `ahead`
 * is what one that has not begun will be; `printed` fills in the printed rule's numbers of a step, where
 * they are not all there.
 */
export interface FeltRace extends Packet<FeltHeader> {
  ahead?: FeltRace;
  loss?: Loss;
  printed?(t: number): void;
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
  layout: { xaxis: { range: number[] }; yaxis: { range: number[] } };
  on(name: string, work: () => void): void;
}

/** An axis as Plotly has laid it out. */
export interface PlotAxis {
  range: (number | string)[];
  type: string;
  _offset: number;
  _length: number;
  _inputRange?: number[];
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

/** What the page hands to the stage: its element, the data, and where acts are told. */
export interface Component<Data = Uint8Array | FeltRace> {
  parentElement: HTMLElement;
  data: Data;
  setStateValue?(name: string, value: unknown): void;
  offline?: boolean;
  parts?: ((stage: Stage) => Part)[];
  library?: ReturnType<typeof library>;
  hire?: Parameters<typeof crew>[0];
  told?(name: string, value: unknown): void;
  offered?: OfferedRule[];
  taught?: boolean;
}

/** What a part of the stage wants to hear (ARCHITECTURE.md). */
export interface Part {
  race?(): unknown;
  felt?(): unknown;
  unfelt?(): unknown;
  pause?(): unknown;
  step?(t: number): unknown;
  numbers?(t: number): unknown;
  laidOut?(): unknown;
  resize?(): unknown;
  theme?(): unknown;
}

/** A place on the surface. */
export interface Point {
  x: number;
  y: number;
}

/** A place on the surface, and how wide a pixel is there. */
export interface Place extends Point {
  width: number;
}

/** Settings as they stand in a link. */
export type Commit = Record<string, string>;

/** Who adds curves to a panel. */
export type Extra = (panel: string, race: FeltRace, logarithmic: boolean) => Curve[];

/** What is done in a lesson. */
export interface Said {
  act: string;
  key?: string | null;
  phase?: string;
  answer?: string;
  reason?: string;
  text?: string;
  k?: number;
}

/** A class that takes part: what stands of it above and below a lesson's content, and which acts it keeps back. */
export interface InClass {
  above: HTMLElement;
  below: HTMLElement;
  keepsBack(said: Said): boolean;
}

/** What parts may ask of the stage. */
export interface Offers {
  resized(): void;
  take(race: FeltRace): void;
  receiveLate(): void;
  tell(name: string, value: unknown): number | null;
  look(name: keyof ViewHeader, value: Word): void;
  link(): string;
  commit(changes: Commit): void;
  turn(change: (now: Clock) => Clock): void;
  tick(): void;
}

/** The stage: what its parts read, and what they may ask for. */
export interface Stage extends Offers {
  root: HTMLElement;
  component: Component;
  lands: Map<string, Promise<Landscape | null>>;
  body: HTMLElement;
  head: HTMLElement;
  tools: HTMLElement;
  legend: HTMLElement;
  rule: HTMLElement;
  spoken: HTMLElement;
  panels: HTMLElement;
  side: HTMLElement;
  clock: Clock;
  rested: Clock | null;
  race: FeltRace;
  kept: FeltRace;
  late: FeltRace | null;
  library: ReturnType<typeof library>;
  crew: ReturnType<typeof crew>;
  hire: Parameters<typeof crew>[0];
  acts: ReturnType<typeof acts>;
  colors: Colors;
  map: StageMap;
  hand: Hand;
  bar: Bar;
  entries: Entry[];
  parts: Part[];
  curves: CurveView[];
  extras: Extra[];
  preview: ReturnType<typeof preview>;
  relief: ReliefState | null;
  held: Held | null;
  fanned: Fanned | null;
  ground: Landscape | null;
  awaited: string | null;
  asking: ((at: Point) => void) | null;
  large: string | null;
  moment?: number;
  running: boolean;
  read: number;
  felt: number;
  groundTook: number;
  extent: string;
  resizing: number;
  speaking?: ReturnType<typeof setTimeout>;
  later?: ReturnType<typeof setTimeout>;
  taught?(said: Said): unknown;
  /** Keep the phases that follow a lesson's prediction. */
  keepAhead?(sent: AheadHeader): void;
  inClass?: InClass;
  openClass?(): unknown;
  letGo(): void;
  /** Show again what is kept, for a hand has put back what it held. */
  putBack(): void;
  spread(): string;
  ahead(race: FeltRace): boolean;
  /** Show what changes give; whether that comes later, and a start that is dragged with it. */
  feel(changes: Commit | Point): boolean;
}
