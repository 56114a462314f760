import { RerootError } from '@reroot/shared/errors';
import { createSequenceWindow, keyringOf, openEnrolment, openMessage, parseSubject } from '@reroot/shared/protocol';
import type { ClusterRecord } from '../store/index.ts';
import type { Asked } from './answer-request.ts';
import type { ClusterIndex } from './cluster-index.ts';

/** Opens requests for credentials as they come from the bus. */
export interface RequestIntake {
  /** @throws RR_PROTOCOL_* for what its own key has not signed */
  openEnrolment(subject: string, payload: Uint8Array): Asked;
  /** @throws RR_PROTOCOL_* for what no key of the cluster has signed, and for what was heard before */
  openRenewal(subject: string, payload: Uint8Array): Asked & { readonly keyId: string };
  /** The record that a request is about. @throws RR_ENROL_UNKNOWN */
  requireAdded(asked: Pick<Asked, 'mesh' | 'underName'>): ClusterRecord;
}

/** Remembers the newest request of each agent from now on; what is older by the record is refused besides. */
export function createRequestIntake(index: Pick<ClusterIndex, 'findListening' | 'keyringOf'>): RequestIntake {
  const window = createSequenceWindow();
  const nobody = keyringOf([]);
  return {
    openEnrolment: (subject, payload) => {
      const { mesh, cluster } = parseSubject(subject);
      const { message, sequence } = openEnrolment(subject, payload);
      return { mesh, underName: cluster, request: message.body, sequence };
    },
    openRenewal: (subject, payload) => {
      const { mesh, cluster } = parseSubject(subject);
      const record = index.findListening(mesh, cluster);
      const keyring = record === undefined ? nobody : index.keyringOf(record);
      const { message, keyId, sequence } = openMessage({ subject, payload, keyring, expect: 'credentials-request' });
      if (!window.accept(keyId, 'credentials-request', sequence)) {
        throw new RerootError('RR_PROTOCOL_REPLAYED', `request ${sequence} of ${cluster} is not newer than the last one`);
      }
      return { mesh, underName: cluster, request: message.body, sequence, keyId };
    },
    requireAdded: ({ mesh, underName }) => {
      const record = index.findListening(mesh, underName);
      if (record !== undefined) return record;
      throw new RerootError('RR_ENROL_UNKNOWN', `cluster ${underName} of mesh ${mesh} was not added`);
    },
  };
}
