"""The page: controls, the stage that draws in place, and the routes that answer links."""
