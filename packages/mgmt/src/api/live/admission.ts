import type { Clock } from '@reroot/shared/clock';
import { type RerootError, toRerootError } from '@reroot/shared/errors';
import { withDeadline } from '@reroot/shared/lifecycle';
import type { Gatekeeper } from '../access/gatekeeper.ts';
import type { Principal } from '../access/principal.ts';
import type { Handshake } from './read-handshake.ts';

/** Whether somebody who follows the stream may go on. */
export type Standing =
  | { readonly kind: 'admitted' }
  | { readonly kind: 'refused'; readonly error: RerootError }
  /** Nobody can say now. */
  | { readonly kind: 'unknown'; readonly error: RerootError };

/** Asks the gatekeeper, for one client after another and for the same ones again. */
export interface Admission {
  /** @throws what the gatekeeper throws; RR_API_ACCESS_UNAVAILABLE when it takes too long */
  admit(handshake: Handshake, signal: AbortSignal): Promise<Principal>;
  /** The same of somebody who was admitted. @throws the signal's reason when it aborts, and nothing else */
  askAgain(handshake: Handshake, signal: AbortSignal): Promise<Standing>;
}

/** What admission works with. */
export interface AdmissionOptions {
  readonly gatekeeper: Pick<Gatekeeper, 'admit'>;
  readonly clock: Clock;
  readonly withinMs: number;
}

/** Whoever follows the stream of all meshes reads them, as with `GET /v1/meshes`; whoever follows one, that one. */
export function createAdmission({ gatekeeper, clock, withinMs }: AdmissionOptions): Admission {
  const admit: Admission['admit'] = ({ presented, mesh }, signal) => {
    const deadline = { ms: withinMs, clock, signal, code: 'RR_API_ACCESS_UNAVAILABLE', who: 'the gatekeeper' } as const;
    return withDeadline(deadline, (inner) => gatekeeper.admit(presented, { permission: 'read', mesh }, inner));
  };
  return {
    admit,
    askAgain: async (handshake, signal) => {
      try {
        await admit(handshake, signal);
        return { kind: 'admitted' };
      } catch (thrown) {
        signal.throwIfAborted();
        const error = toRerootError(thrown);
        // Who asks too often is still whoever it was.
        const isUnknown = error.entry.status >= 500 || error.code === 'RR_API_RATE_LIMITED';
        return { kind: isUnknown ? 'unknown' : 'refused', error };
      }
    },
  };
}
