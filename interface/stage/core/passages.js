// Written by `python -m interface.generated`: declared in lessons/sitting.py.

// Phases of a lesson: what each needs, the answer it shows, where giving it leads.
/** @type {Record<string, { needs: string[], shows: string, leads: string }>} */
export const PASSAGES = {
  "predict": {
    "needs": [],
    "shows": "answer",
    "leads": "watch",
  },
  "watch": {
    "needs": ["answer"],
    "shows": "answer",
    "leads": "",
  },
  "check": {
    "needs": ["answer"],
    "shows": "seen",
    "leads": "explain",
  },
  "explain": {
    "needs": ["answer", "seen"],
    "shows": "answer",
    "leads": "",
  },
  "transfer": {
    "needs": ["answer", "seen"],
    "shows": "again",
    "leads": "outcome",
  },
  "outcome": {
    "needs": ["answer", "seen", "again"],
    "shows": "again",
    "leads": "",
  },
  "task": {
    "needs": ["answer", "seen", "again"],
    "shows": "",
    "leads": "",
  },
};
