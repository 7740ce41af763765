// What a search has found so far.

/** @import { Found, Whole } from "./tuning.js" */

// Whether it is known by now what is searched.
/** @param {Found | null} found @returns {found is Whole} */
export const isPlanned = (found) => Boolean(found?.plan);
