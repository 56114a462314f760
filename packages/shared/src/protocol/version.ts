/**
 * Version of what mgmt and agents say to one another. It grows with each release that adds to it; each side understands
 * the version before its own and the one after. 1 knew no link terms, link state and credentials.
 */
export const protocolVersion = 2;
