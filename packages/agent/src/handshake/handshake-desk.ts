import type { Clock } from '@reroot/shared/clock';
import { RerootError } from '@reroot/shared/errors';
import { type Endpoint, openEndpoint } from '@reroot/shared/handshake';
import type { HandshakeProgress, HandshakeTurn } from '@reroot/shared/protocol';
import type { GroupCredentials } from './group-credentials.ts';

/** Takes part in handshakes, at either end. */
export interface HandshakeDesk {
  /**
   * Goes on with a handshake as far as the other end has come; the first turn begins it.
   * @throws RR_HANDSHAKE_*, RR_TASK_BUSY, RR_REPLICA_*
   */
  turn(turn: HandshakeTurn, signal: AbortSignal): Promise<HandshakeProgress>;
}

/** Handshakes that are kept at a time; one that is over makes room, and else one that has not heard for long that it is trusted. */
export const maxSessions = 32;

/** How long one is kept that mgmt does not go on with: it waits 10 s for the other end's turn, and as long for this one's. */
const idleMs = 25_000;

/**
 * How long one that trusts the other end may wait for room to be made. It waits to hear that it is trusted, which takes a
 * moment, or never comes: the other end has refused it, or the round was cut off.
 */
const unheardMs = 1_000;

interface Session {
  readonly endpoint: Promise<Endpoint>;
  usedAtMs: number;
  standing: 'running' | 'trusted' | 'over';
}

/** Starts with no handshake. They end with the signal. */
export function createHandshakeDesk(credentials: GroupCredentials, clock: Clock, ended: AbortSignal): HandshakeDesk {
  /** Oldest first. */
  const sessions = new Map<string, Session>();
  const drop = (key: string): void => {
    const session = sessions.get(key);
    sessions.delete(key);
    session?.endpoint.then(
      (endpoint) => endpoint.close(),
      () => undefined,
    );
  };
  ended.addEventListener('abort', () => {
    for (const key of [...sessions.keys()]) drop(key);
  });
  const findUnheard = (nowMs: number): string | undefined => {
    const unheard = [...sessions].filter(([, { standing, usedAtMs }]) => standing === 'trusted' && nowMs - usedAtMs >= unheardMs);
    return unheard.toSorted(([, a], [, b]) => a.usedAtMs - b.usedAtMs)[0]?.[0];
  };
  const makeRoom = (): void => {
    const nowMs = clock.now();
    for (const [key, { usedAtMs }] of sessions) if (nowMs - usedAtMs >= idleMs) drop(key);
    if (sessions.size < maxSessions) return;
    const over = [...sessions].find(([, { standing }]) => standing === 'over')?.[0] ?? findUnheard(nowMs);
    if (over === undefined) throw new RerootError('RR_TASK_BUSY', `${maxSessions} handshakes are under way already`);
    drop(over);
  };
  const begin = (key: string, turn: HandshakeTurn, signal: AbortSignal): Session => {
    const { role, session, group, replica, trustDomain, heard } = turn;
    // A client speaks first: what it is to have heard was said to another one.
    if (role === 'client' && heard.length > 0)
      throw new RerootError('RR_HANDSHAKE_UNKNOWN', `no handshake ${session} is under way`);
    makeRoom();
    const endpoint = credentials
      .obtain(group, replica, signal)
      .then((credential) => openEndpoint({ role, session, credential, trustDomain }));
    const begun: Session = { endpoint, usedAtMs: clock.now(), standing: 'running' };
    sessions.set(key, begun);
    endpoint.catch(() => {
      if (sessions.get(key) === begun) sessions.delete(key);
    });
    return begun;
  };
  return {
    turn: async (turn, signal) => {
      // A cluster may shake hands with itself.
      const key = JSON.stringify([turn.session, turn.role]);
      const session = sessions.get(key) ?? begin(key, turn, signal);
      session.usedAtMs = clock.now();
      const progress = await (await session.endpoint).hear(turn.heard);
      session.standing = progress.state === 'running' || progress.state === 'trusted' ? progress.state : 'over';
      return progress;
    },
  };
}
