// What is done in a lesson, told to the page; a count makes each time another one.

export function tell(stage, said) {
  stage.taught = (stage.taught || 0) + 1;
  stage.component.setTriggerValue?.("taught", { ...said, n: stage.taught });
}
