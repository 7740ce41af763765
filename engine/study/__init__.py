"""What takes many runs, or many looks at a surface, and serves more than one question."""
