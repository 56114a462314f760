import type { Problem } from '@reroot/shared/protocol';
import { makeProblem } from '../problem.ts';
import type { Desired } from '../trust/desired.ts';
import { sameCertificates } from '../trust/signer-root.ts';
import type { ObservedReplica } from './collect-evidence.ts';

/**
 * What is said, before anything goes wrong, of replicas that will refuse the change of roots. Outside of a rotation a replica
 * that holds the right roots runs well without the flag.
 */
export function findMultiRootOff(replicas: readonly ObservedReplica[], { rotationId, roots }: Desired): readonly Problem[] {
  const isConcerned = ({ result }: ObservedReplica): boolean =>
    rotationId !== '' || (result.kind === 'proven' && !sameCertificates(result.observed.roots, roots));
  return replicas
    .filter((observed) => observed.multiRoot === 'off' && isConcerned(observed))
    .map(({ replica }) => {
      const message = `replica ${replica} runs without ISTIO_MULTIROOT_MESH=true, and refuses every change of roots`;
      return makeProblem('RR_REPLICA_MULTIROOT_OFF', message);
    });
}
