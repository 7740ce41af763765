// What is done in a lesson, told to the page in its order, and done here as far as it can be.

export function tell(stage, said) {
  stage.tell("taught", said);
  stage.taught?.(said);
}
