// What a pointer reads off the tries: the one nearest to it, in words.

import { within } from "../../dom/dom.js";
import { saidOutcome } from "../../draw/outcome-scale.js";
import { isPlanned } from "./found.js";
import { saidSettings } from "./words.js";

/** @import { Plot } from "../../core/stage.d.ts" */
/** @import { Tuning, Whole } from "./tuning.js" */
/** @typedef {{ x: number[], y: number[], xaxis: string, yaxis: string, customdata: number[] }} Trace */
/** @typedef {Plot & { data?: Trace[] }} Drawn */
/** @typedef {{ far: number, k: number, i: number }} Near */

const REACH = 12;

/** @param {Tuning} state @param {PointerEvent} event */
export function hover(state, event) {
  const { triesPlot, readout, found } = state;
  const [px, py] = within(triesPlot, event);
  const near = nearestTry(triesPlot, px, py);
  if (near && isPlanned(found)) readout.show(saidTry(found, near), px, py);
  else readout.hide();
}

/** @param {Drawn} plot @param {number} px @param {number} py */
function nearestTry({ _fullLayout, data }, px, py) {
  /** @type {Near | null} */
  let best = null;
  for (const { x, y, xaxis, yaxis, customdata } of data || []) {
    const [across, up] = [_fullLayout[xaxis.replace("x", "xaxis")], _fullLayout[yaxis.replace("y", "yaxis")]];
    x.forEach((v, n) => {
      const far = Math.hypot(across._offset + across.l2p(v) - px, up._offset + up.l2p(y[n]) - py);
      if (far < (best ? best.far : REACH))
        best = { far, k: Number(xaxis.slice(1) || 1) - 1, i: customdata[n] };
    });
  }
  return best;
}

/** @type {Record<string, string>} */
const NAMES = { steps: "there to stay after", loss: "final loss" };

/** @param {Whole} found @param {Near} near */
function saidTry({ plan, tries }, { k, i }) {
  const { header, arrays } = tries[k];
  const what = arrays.steps.values[i] >= 0 ? "steps" : "loss";
  const round = i === 0 ? "present setting" : `setting ${i + 1} of ${plan.budget}`;
  return [
    i === header.best ? `${round}, the best` : round,
    saidSettings(plan.searched[k], tries[k], i),
    `${NAMES[what]}: ${saidOutcome(arrays, what, i, plan.endings)}`,
  ];
}
