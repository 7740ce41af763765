// Modules that stand in the page itself, by their addresses: none where a server can be asked for
// them. A saved page carries those of its lanes in this place.

export const carried = {};
