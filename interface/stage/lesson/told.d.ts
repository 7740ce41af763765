// What a lesson tells in each phase, with how far somebody has come in it, for the type checker alone.

import type { FeltHeader, Stage } from "../core/stage.d.ts";
import type {
  CheckHeader,
  ExplainHeader,
  OutcomeHeader,
  Packet,
  PredictHeader,
  QuestionHeader,
  SeenHeader,
  TaskHeader,
  TransferHeader,
  WatchHeader,
} from "../core/packets.d.ts";

/** A question as it stands: its answer, empty until it is given, and the reason. */
export type Question = QuestionHeader & { answer: string; reason: string };

/** How far somebody has come: the phases that are open, and the variation that is seen. */
interface Come {
  open: string[];
  variation: string;
}

type Asking = Come & { question: Question };

export type Predict = PredictHeader & Asking;
export type Watch = WatchHeader & Asking;
export type Check = CheckHeader & Asking;
export type Explain = ExplainHeader & Asking & { seen: SeenHeader & { answer: string } };
export type Transfer = TransferHeader & Asking;
export type Outcome = OutcomeHeader & Asking;
export type Task = TaskHeader & Come;

/** A phase that asks. */
export type Asked = Predict | Check | Transfer;

export type Told = Asked | Watch | Explain | Outcome | Task;

/** A phase's race, which says what the lesson tells there. */
export type PhaseRace = Packet<FeltHeader & { lesson: NonNullable<FeltHeader["lesson"]> }>;

/** What is taken away with a phase, or follows the page while it is on. */
export interface Passing {
  remove?(): void;
  pause?(): void;
  race?(): void;
  felt?(): void;
  laidOut?(): void;
  resize?(): void;
}

/** The lesson's panel, as far as what stands in it needs to know. */
export interface Panel {
  stage: Stage;
  cleanUp: Passing[];
}

/** A field for an answer. */
export interface Field extends Passing {
  element: HTMLElement;
  read(): string;
}

/** A sum of a claim: a number, a quantity (at a step, or of the whole run), or an operation on sums. */
export type Sum = number | Quantity | [operation: string, first: Sum, second?: Sum];
export type Quantity = ["of", name: string, step: Sum | null];
