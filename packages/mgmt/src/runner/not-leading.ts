import { RerootError } from '@reroot/shared/errors';

/** The same of what answers at once. @throws RR_LEADER_NONE */
export function requireLeader(): never {
  throw new RerootError('RR_LEADER_NONE', 'this replica does not lead');
}

/** Of what only a leader does. Whoever asks a replica is handed over to the leader before it comes to this. */
export function notLeading(): Promise<never> {
  return Promise.reject(new RerootError('RR_LEADER_NONE', 'this replica does not lead'));
}
