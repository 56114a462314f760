import type { LinkHealth } from '@reroot/shared/api';
import { isAnswering, type LinkAnswer } from '../rotation/index.ts';

/** The last moment that a timestamp can say (ECMA-262 §21.4.1.1); an agent may claim any. */
const lastMomentMs = 8.64e15;

/** What the API says of the link to an agent: what it answered last, and what that took. Pure; undefined before its answer. */
export function describeLink(answer: LinkAnswer | undefined, silentAfterMs: number, nowMs: number): LinkHealth | undefined {
  if (answer === undefined) return undefined;
  const { heardAtMs, timing, state } = answer;
  const expiresAt = state.natsJwtExpiresAtMs === 0 ? {} : { natsJwtExpiresAt: claimedMoment(state.natsJwtExpiresAtMs) };
  return {
    connected: isAnswering(answer, silentAfterMs, nowMs),
    heardAt: claimedMoment(heardAtMs),
    ...timing,
    agentVersion: state.agentVersion,
    protocol: state.protocol,
    connectedSince: claimedMoment(state.connectedSinceMs),
    reconnects: state.reconnects,
    mgmtKeys: state.mgmtKeys,
    ...expiresAt,
    refusedByAgent: Object.fromEntries(state.refusals.map(({ reason, count }) => [reason, count])),
  };
}

function claimedMoment(ms: number): string {
  return new Date(Math.min(ms, lastMomentMs)).toISOString();
}
