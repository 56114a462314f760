import type { MsgHdrs } from 'nats/lib/nats-base-client/internal_mod.js';
import { RerootError } from '../errors/index.ts';
import type { BoundedLog } from './bounded-log.ts';
import type { GuardedProtocol } from './guarded-protocol.ts';
import type { ConnectionState } from './nats-events.ts';
import { traceHeaderBytes, traceHeaders } from './trace-header.ts';

/** Where messages leave by. */
export interface Outlet {
  /**
   * Sends without waiting.
   * @param reply subject for the answer
   * @returns what became of it: nothing is kept for later
   * @throws RR_NATS_TOO_LARGE
   */
  send(subject: string, payload: Uint8Array, reply?: string): 'sent' | 'no-connection' | 'no-room';
  /** How many messages there was no room for. */
  dropped(): number;
}

/** What may wait for a server that reads slowly. */
const maxWaitingBytes = 32 * 1024 * 1024;

/** The outlet of a connection. Whoever publishes full states may lose any of them; what must not be is memory without end. */
export function createOutlet(protocol: GuardedProtocol, state: ConnectionState, log: BoundedLog): Outlet {
  let dropped = 0;
  return {
    send: (subject, payload, reply) => {
      // The client would keep it through a reconnection, and send it out of date afterwards.
      if (state.status() !== 'connected') return 'no-connection';
      requireSubject(subject);
      requireSize(protocol, subject, payload);
      if (protocol.waitingBytes + payload.length > maxWaitingBytes) {
        dropped += 1;
        log.warn({ subject }, 'a message was dropped, for the nats-server reads too slowly');
        return 'no-room';
      }
      protocol.publish(subject, payload, { ...(reply === undefined ? {} : { reply }), ...traceThatFits(protocol, payload) });
      return 'sent';
    },
    dropped: () => dropped,
  };
}

/** A message is worth more than its trace: one that is as large as the server lets it be goes without. */
function traceThatFits({ info }: GuardedProtocol, payload: Uint8Array): { headers?: MsgHdrs } {
  if (info?.headers !== true || payload.length + traceHeaderBytes > info.max_payload) return {};
  const headers = traceHeaders();
  return headers === undefined ? {} : { headers };
}

/** White space would end the subject, and a line's end begin another command. */
function requireSubject(subject: string): void {
  if (!/^\S+$/.test(subject)) throw new RerootError('RR_INTERNAL', `${JSON.stringify(subject)} is no subject of NATS`);
}

function requireSize({ info }: GuardedProtocol, subject: string, payload: Uint8Array): void {
  if (info === undefined || payload.length <= info.max_payload) return;
  const sizes = `${payload.length} bytes; the server takes ${info.max_payload}`;
  throw new RerootError('RR_NATS_TOO_LARGE', `a message on ${subject} has ${sizes}`);
}
