"""Labs: tabs below the stage, each a question with its study, its packets and its settings."""
