"""One step of a rule, recorded once and written in two languages.

`tracing`, `averages` and `recording` take a rule's own lines down as a list of operations;
`operators` says what each is on numbers and on arrays. From that list comes text, line by line
(`lines`): Python on floats for a single path (`floats`), and JavaScript for browsers (`javascript`
and its modules: one lane in `javascript_modules`, many in `javascript_batch`).
"""
