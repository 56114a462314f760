import { randomUUID } from 'node:crypto';
import { type Endpoint, type EndpointOptions, openEndpoint } from '@reroot/shared/handshake';
import type { HandshakeProgress, HandshakeRole } from '@reroot/shared/protocol';
import type { Tasks } from '../tasks.ts';
import type { HandshakeEnd } from './outcome.ts';

/** Whoever is at one end of a handshake. */
export interface Party {
  /** Takes in all that the other end has written so far; gives how this end stands. */
  turn(heard: Uint8Array, signal: AbortSignal): Promise<HandshakeProgress>;
}

/** One handshake of a mesh, and the group that it belongs to. */
export interface Session {
  readonly mesh: string;
  readonly trustDomain: string;
  readonly group: string;
  readonly session: string;
  /** How long an agent may take for one turn. */
  readonly turnMs: number;
}

/** An agent at one end: each turn is a task. */
export function agentParty(tasks: Pick<Tasks, 'ask'>, end: HandshakeEnd, role: HandshakeRole, session: Session): Party {
  const { mesh, turnMs, ...named } = session;
  const { cluster, replica } = end;
  return {
    turn: async (heard, signal) => {
      const turn = { ...named, role, replica, heard };
      const { progress } = await tasks.ask(mesh, cluster, { kind: 'handshake', turn }, { deadlineMs: turnMs, signal });
      return progress;
    },
  };
}

/** mgmt itself at one end. */
export function ownParty(options: EndpointOptions): Party & Pick<Endpoint, 'close'> {
  const endpoint = openEndpoint(options);
  return { turn: (heard) => endpoint.hear(heard), close: () => endpoint.close() };
}

/** Names a handshake, or a group of them, so that nobody can foretell the name. */
export function newHandshakeId(): string {
  return randomUUID();
}
