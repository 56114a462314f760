/** The agent's end of the bus by itself, for whoever needs thousands of them: without what tests bring along. */
export { createConfiguredMembership } from '../link/configured-membership.ts';
export { createRefusalCounter } from '../link/refusal-counter.ts';
export { type Link, openLink } from '../link.ts';
