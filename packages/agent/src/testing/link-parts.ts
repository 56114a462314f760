/** The agent's end of the bus, and how it comes to it, for whoever needs thousands of them: without what tests bring along. */
export { createConfiguredMembership } from '../link/configured-membership.ts';
export { createRefusalCounter } from '../link/refusal-counter.ts';
export { type Link, openLink } from '../link.ts';
export { createLoop } from '../loop.ts';
export { jitterShare } from '../pass.ts';
export { openSource } from '../supervise-agent.ts';
