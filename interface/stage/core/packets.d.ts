// Written by `python -m interface.generated`: declared in packets/headers.py, labs/view.py and lessons/headers.py.

/** How an experiment is looked at, on the stage and in every lab; a link writes it in order. */
export interface ViewHeader {
  chosen: number;
  loss: "log" | "linear";
  map: "contour" | "3d" | "both";
  panels: ("loss" | "rate" | "gradient" | "memory" | "length" | "quotient")[];
  marks: ("arrows" | "tail" | "axes")[];
  controls: "shown" | "hidden";
  units: "auto" | "equal" | "fill";
  window: [] | [number, number, number, number];
  camera: number[];
  step: number;
  size: "normal" | "projector";
  lab: "results" | "theory" | "cut" | "sensitivity" | "sweep" | "tuning" | "basins";
  beside: boolean;
  scrub: string;
  fan: boolean;
  band: boolean;
  across: string;
  up: string;
  reach_across: [] | [string, number, number];
  reach_up: [] | [string, number, number];
  third: string;
  color: "loss" | "steps" | "distance";
  budget: number;
  rival: "none" | "a" | "b" | "c" | "d" | "e" | "f";
  slowest: number;
  fastest: number;
}

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
export interface LaneHeader extends Told {
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
  origin: [number, number];
  bearing: number;
}

/** A surface: its title, its parameters as a link writes them, and its own window. */
export interface SurfaceHeader {
  title: string;
  key: string;
  window: [[number, number], [number, number]];
  minimum: string;
  proven: boolean;
  convex: boolean;
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
  limits: [number, number];
  smallest: number;
  whole: boolean;
  searched: boolean;
  help: string;
  reach: [number, number];
  symbol: string;
  usual: string;
  group: string;
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
  titles: Record<string, string>;
  surface: SurfaceHeader;
  ground: GroundHeader;
  model: ModelHeader | null;
  drawing: DrawingHeader | null;
  start: [number, number];
  steps: number;
  lowest: number | null;
  floor: number | null;
  endings: Record<string, Ending>;
  tolerance: number;
  seed: number;
  modules: (LaneAddresses | null)[];
  chosen: number;
  lanes: LaneHeader[];
  memory: Record<string, string>;
  velocity: string;
  flips: number[][];
  formula: string;
  rule: string[][];
  caption: string;
  handles: HandleHeader[];
  theory: TheoryHeader | null;
  view: ViewHeader;
}

/** Points that a hand may change; row = (point - shift) / scale in each column. */
export interface OwnPoints {
  points: ([number, number])[];
  scales: ([number, number])[];
  kind: string;
}

/** What a loss is made of: rows, their names and the link function; steps for all rows. */
export interface ModelHeader {
  link: string;
  count: number;
  epoch: number | null;
  own: OwnPoints | null;
  stand_ins: string[];
  across: string;
  up: string;
}

/** Where the modules are that run a lane; of the chosen one, its printed rule's numbers too. */
export interface LaneAddresses {
  rule: string;
  surface: string;
  schedule: string;
  numbers?: string;
  noisy?: string;
}

/** A place whose curvature is compared: None for what is no number there. */
export interface TheoryPlace {
  kind: "global minimum" | "local minimum" | "saddle" | "maximum" | "start" | "rest";
  at: [number, number];
  kink: boolean;
  gradient: (number | null)[];
  loss: number | null;
  low: number | null;
  high: number | null;
  angle: number | null;
}

/** What theory says along a run: start, head (in the arrays) and the resting place. */
export interface TheoryHeader {
  places: (TheoryPlace | null)[];
  span: number;
  quadratic: boolean;
  linear: boolean;
  scaled: boolean;
  momentum: boolean;
  noisy: boolean;
  parts: boolean;
  penalty: number;
  limit: string;
  theory: string;
}

/** A marked point: `height` is its loss and `value` how that is said; `kind` is a key. */
export interface CriticalHeader {
  x: number;
  y: number;
  height: number;
  value: string;
  kind: "global minimum" | "local minimum" | "saddle" | "maximum";
  said: string;
  valley: number | null;
  floor: ([number, number])[] | null;
}

/** What is drawn of a surface besides its heights: their scale, and its marked points. */
export interface GroundHeader {
  scale: "linear" | "log" | "rank";
  critical: CriticalHeader[];
}

/** A landscape as it is sent: what is marked on it, and how low the surface is known to lie. */
export interface LandscapeHeader extends GroundHeader {
  lowest: number | null;
}

/** What many seeds make of a lane, above the loss `base`. */
export interface EnsembleHeader {
  link: string;
  slot: string;
  base: number;
  seeds: number;
  levels: number[];
  diverged: number;
  momentary: boolean;
}

/** Rows that batches of every size are cut from: `replacement` if each is drawn by itself. */
export interface OrdersHeader {
  replacement: boolean;
}

/** A global minimum, and the piece of the floor that it lies on, if it lies on one. */
export interface MinimumHeader {
  x: number;
  y: number;
  height: number;
  floor: ([number, number])[] | null;
}

/** How low a surface lies: its global minimum, the lowest loss of its window, its minima. */
export interface BottomHeader {
  lowest: number | null;
  floor: number | null;
  minima: MinimumHeader[];
}

/** The minima of several surfaces, in the order in which they were asked for. */
export interface MinimaHeader {
  surfaces: BottomHeader[];
}

/** What a lane is called, and what may tell it from others of that name, in words each. */
export interface Named {
  label: string;
  says: ([string, string])[];
}

/** A rule that a saved page can give to any of its lanes, as if it were the lane "a". */
export interface OfferedRule extends Named {
  name: string;
  option: string;
  switched: Record<string, string>;
  captions: string[];
  handles: HandleHeader[];
  memory: Record<string, string>;
  velocity: string;
  theory: TheoryHeader;
  modules: LaneAddresses;
}

/** What the page adds to a race: how many acts it has taken in, of whom; its lanes' names. */
export interface PageHeader {
  taken: number;
  token: string;
  ids: number[];
}

/** A question that is answered by one of a few answers in words. */
export interface WordsAsked {
  kind: "words";
  options: string[];
}

/** A question that is answered by a number. */
export interface AmountAsked {
  kind: "number";
  unit: string;
}

/** A question that is answered by an order of the lanes: a slot and a name each. */
export interface RankingAsked {
  kind: "ranking";
  lanes: ([string, string])[];
}

/** A question that is answered by the place on the map of a lane at a step. */
export interface PlaceAsked {
  kind: "point";
  lane: string;
  step: number;
}

/** A question that is answered by a lane's loss at some steps, drawn from `first` on. */
export interface CurveAsked {
  kind: "curve";
  lane: string;
  slot: string;
  steps: number[];
  first: number;
}

/** What answers of each shape are measured by: what is true, and how far off is right. */
export interface Measure {
  choice?: number | null;
  value?: number | null;
  order?: string[];
  at?: number[] | null;
  powers?: (number | null)[];
  off?: number;
}

/** What the run says to a question, in words and in numbers. */
export interface TruthHeader extends Measure {
  words: string;
}

/** What the run says to a question, and which of the reasons is the right one. */
export interface ReasonedHeader extends TruthHeader {
  reason: number | null;
}

/** A question: its text, the shape of its answer, and reasons to choose from. */
export interface QuestionHeader {
  text: string;
  shape: WordsAsked | AmountAsked | RankingAsked | PlaceAsked | CurveAsked;
  reasons: string[];
}

/** What was to be seen, and what there was. */
export interface SeenHeader extends QuestionHeader {
  truth: TruthHeader;
}

/** What is told in every phase: the lesson, its place among others, how far one has come. */
export interface LessonFrame {
  key: string;
  title: string;
  group: string;
  beside: ([string, string])[];
  next: string | null;
  previous: string | null;
  phases: string[];
  held: boolean;
  changed: boolean;
  sitting: Record<string, string>;
}

/** The first question. */
export interface PredictHeader extends LessonFrame {
  phase: "predict";
  question: QuestionHeader;
}

/** The run, how many steps a second it plays and where it slows down, and what was asked. */
export interface WatchHeader extends LessonFrame {
  phase: "watch";
  question: QuestionHeader;
  pace: number;
  decisive: number | null;
}

/** The question after what was to be seen. */
export interface CheckHeader extends LessonFrame {
  phase: "check";
  question: QuestionHeader;
}

/** How an answer is read off a run: the first whose claim holds, or lanes in an order. */
export interface AnswersHeader {
  options?: ([(string | any[])[], ([any, string, any])[]])[];
  order?: any[];
}

/** An explanation taken apart, to be said of another run than that of `link`. */
export interface SaysHeader {
  link: string;
  parts: (string | any[])[];
  claims: (([any, string, any])[])[];
  answers: AnswersHeader | null;
  otherwise: string;
}

/** What was asked, what is true and why; `line` of the rule decides, at `step`. */
export interface ExplainHeader extends LessonFrame {
  phase: "explain";
  question: QuestionHeader;
  truth: ReasonedHeader;
  seen: SeenHeader;
  text: string;
  says: SaysHeader;
  otherwise: string;
  line: number;
  step: number | null;
  variations: string[];
  caveat: string;
  sources: string[];
}

/** The question after one setting has changed. */
export interface TransferHeader extends LessonFrame {
  phase: "transfer";
  question: QuestionHeader;
}

/** What became of the transfer. */
export interface OutcomeHeader extends LessonFrame {
  phase: "outcome";
  question: QuestionHeader;
  pace: number;
  truth: TruthHeader;
  text: string;
  line: number;
  sources: string[];
}

/** What is to be reached by sliding, as words and as a claim; whether it is. */
export interface TaskHeader extends LessonFrame {
  phase: "task";
  text: string;
  done: boolean;
  goal: ([any, string, any])[];
}

/** The phases that follow, packed, and what the page has to fetch for them. */
export interface AheadHeader {
  of: string;
  phases: Record<string, string>;
  grounds: string[];
  labs: string[];
  modules: string[];
}

/** What a race says of the lesson that shows it: the address that opens it there, and more. */
export interface LessonRace {
  lesson?: PredictHeader | WatchHeader | CheckHeader | ExplainHeader | TransferHeader | OutcomeHeader | TaskHeader;
  address?: string;
  ahead?: AheadHeader;
}

/** Lessons that belong together. */
export interface LessonGroup {
  key: string;
  title: string;
  about: string;
}

/** A lesson in the list: its picture, the rules in it, and words it is found by. */
export interface LessonCard {
  key: string;
  group: string;
  title: string;
  picture: string;
  rules: string;
  words: string;
}

/** All lessons in order, present keys by former ones, and what is wrong with files. */
export interface LessonMenu {
  former: Record<string, string>;
  groups: LessonGroup[];
  lessons: LessonCard[];
  problems: string[];
}

/** What one page answers, as links keep answers; the reason counts from 0, empty for none. */
export interface RoomAnswer {
  answer: string;
  reason: string;
}

/** What a lecturer shows: a phase of a lesson, or the address of an experiment and its clock. */
export interface RoomShown {
  lesson: string;
  phase: string;
  address: string;
  step: number;
  playing: boolean;
  speed: number;
  turn: number;
}

/** What a page of a class hears; how many are there and have answered, only its lecturer. */
export interface RoomNews {
  shown: RoomShown | null;
  present?: number;
  answered?: number;
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
export type SentLandscape = Packet<LandscapeHeader>;

/** With what is drawn of it; `logarithm` is what heights take from a loss, and add to the rest. */
export type Landscape = Packet<GroundHeader & { logarithm: [number, number] | null }>;
