"""The one loop that moves every lane, and the ways to compute it sooner."""
