import { createNatsUser, type Nkey, natsUserOfSeed } from '@reroot/shared/nats-auth';
import { type Claim, generateIdentity, type Identity, identityFromPem } from '@reroot/shared/protocol';
import type { PendingKeys } from './link-record.ts';

/** Keys that the agent shows to mgmt. */
export interface ShownKeys {
  readonly identity: Identity;
  /** Undefined where the agent's NATS credentials are not of reroot's making. */
  readonly natsUser: Nkey | undefined;
}

/** Makes keys to ask for credentials for. */
export function makePendingKeys(purpose: PendingKeys['purpose'], nats: 'with-user' | 'without-user'): PendingKeys {
  const { privateKeyPem } = generateIdentity();
  return nats === 'with-user' ? { purpose, privateKeyPem, natsSeed: createNatsUser().seed } : { purpose, privateKeyPem };
}

/** @throws RR_IDENTITY_INVALID, RR_NATS_CREDENTIALS_INVALID when the record was damaged */
export function openPendingKeys({ privateKeyPem, natsSeed }: PendingKeys): ShownKeys {
  return {
    identity: identityFromPem(privateKeyPem),
    natsUser: natsSeed === undefined ? undefined : natsUserOfSeed(natsSeed),
  };
}

/** What the proof of a request is about. */
export function claimOf(mesh: string, cluster: string, { identity, natsUser }: ShownKeys): Claim {
  return { mesh, cluster, publicKey: identity.publicKeyDer, natsUser: natsUser?.publicKey ?? '' };
}
