/**
 * Version of what mgmt and agents say to one another. It grows with each release that adds to it; each side understands
 * the version before its own and the one after. 1 knew no link terms, link state and credentials; 2 knew no tasks.
 */
export const protocolVersion = 3;

/** The first that knows tasks. */
export const tasksSince = 3;
