import type { Duplex } from 'node:stream';
import type { RerootError } from '@reroot/shared/errors';
import { endWithProblem } from '../end-with-problem.ts';

/** Answers a request for an upgrade as the API answers any other that it refuses, and closes the connection. */
export function refuseUpgrade(socket: Duplex, error: RerootError): void {
  endWithProblem(socket, error, error.code === 'RR_LIVE_HANDSHAKE_INVALID' ? { 'sec-websocket-version': '13' } : {});
}
