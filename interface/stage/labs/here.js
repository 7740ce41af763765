// Maps that this page computes itself: on which modules they rest, and what happens where it cannot.

import { along } from "../run/tables.js";

// Whether a lane of the race on the stage can run here.
export const canRun = ({ race }, k) => Boolean(race.header.modules[k]);

// The addresses of what a lane's maps are computed by; `across` is the setting that differs along a map's
// rows, if one does. The schedule's module says
// whether their rates differ as well.
export async function batchOf({ library }, { rule, surface, schedule }, across = "none") {
  await library.fetch([{ schedule }]);
  const plan = library.of({ schedule });
  if (!plan) throw new Error("This schedule cannot run in a browser.");
  const inputs = along(across, plan.schedule);
  const place = inputs.length ? `/${inputs.join(",")}` : "";
  const batch = rule.replace("rule/", "batch/").replace(/(?=\?|$)/, place);
  return { batch, surface, schedule };
}

// Begin work here with `begin(told)`; where that fails, `otherwise()` begins it elsewhere and returns
// what stops it. Nothing is heard once the work is stopped.
export function here(stage, begin, told, otherwise) {
  const run = { off: false, stop: stage.crew.cancel };
  const live = (work) => (given) => !run.off && work(given);
  const failed = live((words) => {
    if (!otherwise) return told.failed(words);
    run.stop = otherwise();
    return undefined;
  });
  begin({ part: live(told.part), done: live(told.done), failed }).catch(({ message }) => failed(message));
  return () => {
    run.off = true;
    run.stop();
    stage.crew.cancel();
  };
}
