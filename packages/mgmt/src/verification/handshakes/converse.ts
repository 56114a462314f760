import { RerootError, toRerootError } from '@reroot/shared/errors';
import type { HandshakeProgress } from '@reroot/shared/protocol';
import type { HandshakeResult, Refusal } from './outcome.ts';
import type { Party } from './party.ts';

/** How both ends stand. */
interface Standing {
  readonly client: HandshakeProgress;
  readonly server: HandshakeProgress;
}

/** A handshake takes three rounds; one that comes to nothing in so many never will. */
const mostRounds = 12;

const nothing = new Uint8Array();

/**
 * Carries the bytes of one handshake between its ends until it is over. Neither end is believed about the other: an acceptance
 * takes both, of one channel and of what each says to have presented.
 * @returns what came of it; what either party throws is `unavailable`
 * @throws the signal's reason
 */
export async function converse(client: Party, server: Party, signal: AbortSignal): Promise<HandshakeResult> {
  try {
    return await carry(client, server, signal);
  } catch (error) {
    signal.throwIfAborted();
    return unavailable(error);
  }
}

async function carry(client: Party, server: Party, signal: AbortSignal): Promise<HandshakeResult> {
  const first = await client.turn(nothing, signal);
  const answer = await server.turn(first.written, signal);
  let standing: Standing = { client: first, server: answer };
  for (let round = 0; round < mostRounds; round += 1) {
    const next = await goOn(standing, client, server, signal);
    const result = conclude(next, hasMoved(standing, next) ? 'moving' : 'still');
    if (result !== undefined) return result;
    standing = next;
  }
  throw new RerootError('RR_HANDSHAKE_STALLED', `the handshake was not over after ${mostRounds} rounds`);
}

async function goOn(before: Standing, client: Party, server: Party, signal: AbortSignal): Promise<Standing> {
  const left = requireContinued('client', before.client, await client.turn(before.server.written, signal));
  const right = requireContinued('server', before.server, await server.turn(left.written, signal));
  return { client: left, server: right };
}

/** An agent that was started anew in between has lost its end: what it says then belongs to another handshake. */
function requireContinued(who: string, before: HandshakeProgress, now: HandshakeProgress): HandshakeProgress {
  const continues = Buffer.compare(now.written.subarray(0, before.written.length), before.written) === 0;
  if (continues && now.presented.chain[0] === before.presented.chain[0]) return now;
  throw new RerootError('RR_HANDSHAKE_CONTRADICTORY', `the ${who} does not go on with what it wrote before`);
}

function hasMoved(before: Standing, now: Standing): boolean {
  return (['client', 'server'] as const).some(
    (end) => now[end].written.length > before[end].written.length || now[end].state !== before[end].state,
  );
}

/** @returns undefined while the ends go on. @throws RR_HANDSHAKE_* when nothing can be concluded */
function conclude(standing: Standing, pace: 'moving' | 'still'): HandshakeResult | undefined {
  const { client, server } = standing;
  const presented = { client: client.presented, server: server.presented };
  if (client.state === 'accepted' && server.state === 'accepted') {
    requireOneChannel(standing);
    return { kind: 'accepted', channel: client.channel, ...presented };
  }
  const refusals = refusalsOf(standing);
  // The other end may yet come to its own verdict.
  const isSettled = (state: HandshakeProgress['state']): boolean => state !== 'running' || pace === 'still';
  if (refusals.length > 0 && isSettled(client.state) && isSettled(server.state))
    return { kind: 'refused', refusals, ...presented };
  if (refusals.length > 0) return undefined;
  for (const [who, { state, failure }] of Object.entries(standing) as [string, HandshakeProgress][])
    if (state === 'failed') throw new RerootError('RR_HANDSHAKE_FAILED', `TLS broke off at the ${who}: ${failure?.reason ?? ''}`);
  if (pace === 'still') throw new RerootError('RR_HANDSHAKE_STALLED', `neither end goes on: ${client.state}, ${server.state}`);
  return undefined;
}

function refusalsOf(standing: Standing): readonly Refusal[] {
  return (['client', 'server'] as const).flatMap((by) => {
    const { state, failure, peerIdentity, peerChain } = standing[by];
    if (state !== 'refused') return [];
    // What was refused must be what the other end says to have presented, and not something that was put in its place.
    const other = standing[by === 'client' ? 'server' : 'client'];
    if (peerChain[0] === undefined || peerChain[0] !== other.presented.chain[0])
      throw new RerootError('RR_HANDSHAKE_CONTRADICTORY', `the ${by} refused another certificate than the other end presented`);
    if (other.state === 'accepted')
      throw new RerootError('RR_HANDSHAKE_CONTRADICTORY', `the ${by} refused an end that says to have been accepted`);
    return [{ by, failure: failure ?? { alert: 0, reason: '' }, identity: peerIdentity }];
  });
}

function requireOneChannel({ client, server }: Standing): void {
  const same = client.channel !== '' && client.channel === server.channel;
  const sawServer = client.peerChain[0] === server.presented.chain[0];
  const sawClient = server.peerChain[0] === client.presented.chain[0];
  if (same && sawServer && sawClient && client.presented.chain.length > 0 && server.presented.chain.length > 0) return;
  throw new RerootError('RR_HANDSHAKE_CONTRADICTORY', 'the two ends say to have accepted different ones');
}

/** Nothing was learnt: whatever went wrong, it is not a refusal. */
export function unavailable(thrown: unknown): Extract<HandshakeResult, { kind: 'unavailable' }> {
  const { code, message } = toRerootError(thrown);
  return { kind: 'unavailable', code, message };
}
