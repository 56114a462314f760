import type { JoinFile } from '@reroot/shared/join-file';
import { createNatsUser, type Nkey } from '@reroot/shared/nats-auth';
import {
  type CredentialsRequest,
  enrolmentProof,
  generateIdentity,
  type Identity,
  identityFromPem,
  invitationKey,
  possessionProof,
  sealMessage,
  subjects,
} from '@reroot/shared/protocol';

/** Keys as an agent makes them. */
export interface AgentKeys {
  readonly identity: Identity;
  readonly natsUser: Nkey;
}

/** A message as it would come from the bus. */
export interface Sent {
  readonly subject: string;
  readonly payload: Uint8Array;
}

/** New ones. */
export function makeAgentKeys(): AgentKeys {
  return { identity: identityFromPem(generateIdentity().privateKeyPem), natsUser: createNatsUser() };
}

let sequence = 0;

/** Asks to be taken in with a join file; `change` is made before the request is signed. */
export function askToEnrol(joinFile: JoinFile, keys: AgentKeys, change: Partial<CredentialsRequest> = {}): Sent {
  const { mesh, cluster, enrolment } = joinFile;
  const claim = claimOf(mesh, cluster, keys);
  const proof = enrolmentProof(invitationKey(Buffer.from(enrolment.token, 'base64url')), claim);
  const { publicKey, natsUser } = claim;
  const body = { publicKey, natsUser, tokenId: enrolment.tokenId, proof, agentVersion: '0.1.0', ...change };
  return sealRequest(mesh, cluster, { topic: 'enrol', body, by: keys });
}

/** Asks for `next` to take the place of the present keys. */
export function askToRenew(
  { mesh, cluster }: { readonly mesh: string; readonly cluster: string },
  { present, next }: { readonly present: AgentKeys; readonly next: AgentKeys },
  change: Partial<CredentialsRequest> = {},
  kind: 'with-user' | 'without-user' = 'with-user',
): Sent {
  const claim = { ...claimOf(mesh, cluster, next), ...(kind === 'with-user' ? {} : { natsUser: '' }) };
  const { publicKey, natsUser } = claim;
  const proof = possessionProof(next.identity, claim);
  const body = { publicKey, natsUser, tokenId: '', proof, agentVersion: '0.1.0', ...change };
  return sealRequest(mesh, cluster, { topic: 'renew', body, by: present });
}

function claimOf(mesh: string, cluster: string, { identity, natsUser }: AgentKeys) {
  return { mesh, cluster, publicKey: identity.publicKeyDer, natsUser: natsUser.publicKey };
}

function sealRequest(
  mesh: string,
  cluster: string,
  { topic, body, by }: { readonly topic: 'enrol' | 'renew'; readonly body: CredentialsRequest; readonly by: AgentKeys },
): Sent {
  const subject = subjects[topic](mesh, cluster);
  const message = { kind: 'credentials-request', body } as const;
  sequence += 1;
  const address = { mesh, cluster, term: 0, generation: 0 };
  return { subject, payload: sealMessage({ subject, address, message, identity: by.identity, sequence, sentAtMs: sequence }) };
}
