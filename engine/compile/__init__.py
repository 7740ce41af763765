"""One step of a rule, recorded once and computed in three ways.

`tracing`, `averages` and `recording` take a rule's own lines down as a list of operations;
`operators` says what each is on numbers and on arrays. From that list come arrays that are kept
(`layout`, `replay`: many lanes at once), and text, line by line (`lines`): Python on floats for a
single path (`floats`), and JavaScript for browsers (`javascript` and its modules: one lane in
`javascript_modules`, many in `javascript_batch`).
"""
