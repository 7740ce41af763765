// What is done in a lesson, told to the page in its order.

export function tell(stage, said) {
  stage.tell("taught", said);
}
