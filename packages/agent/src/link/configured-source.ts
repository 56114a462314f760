import { readFile } from 'node:fs/promises';
import { errorMessage, RerootError } from '@reroot/shared/errors';
import { jwtExpiresAtMs } from '@reroot/shared/nats-auth';
import { inboxPrefix, loadIdentity } from '@reroot/shared/protocol';
import type { LinkConfig } from './config.ts';
import { createConfiguredMembership } from './configured-membership.ts';
import type { ConnectLink } from './connect-link.ts';
import type { LinkSource } from './link-source.ts';
import { readCredentialsFile } from './read-credentials-file.ts';

/**
 * The link of an agent that is told everything. It never changes, and a first connection that fails is an error: the
 * agent may have been told wrong.
 * @throws RR_IDENTITY_*, RR_CONFIG_UNREADABLE, RR_NATS_CREDENTIALS_INVALID
 */
export async function openConfiguredSource(
  { mesh, cluster, nats, identity, mgmt }: Extract<LinkConfig, { kind: 'configured' }>,
  connect: ConnectLink,
): Promise<LinkSource> {
  const { servers, plaintext, caFile, credentialsFile } = nats;
  const credentials = credentialsFile === undefined ? undefined : await readCredentialsFile(credentialsFile);
  const ca = caFile === undefined ? undefined : await readCaFile(caFile);
  const membership = createConfiguredMembership({
    ...{ mesh, cluster, mgmtPublicKeys: mgmt.publicKeys, identity: await loadIdentity(identity.privateKeyFile) },
    natsJwtExpiresAtMs: credentials === undefined ? 0 : (jwtExpiresAtMs(credentials.jwt) ?? 0),
  });
  const link = {
    membership,
    connect: (signal: AbortSignal) =>
      connect({
        address: { servers: [...servers], plaintext, ca },
        credentials: credentials === undefined ? undefined : () => credentials,
        inboxPrefix: inboxPrefix(mesh, cluster),
        name: `reroot-agent ${cluster}`,
        signal,
      }),
    ended: new AbortController().signal,
    outcome: () => undefined,
  };
  return { next: async () => link, close: async () => undefined };
}

async function readCaFile(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new RerootError('RR_CONFIG_UNREADABLE', `the CA of NATS cannot be read: ${errorMessage(cause)}`, {
      place: file,
      cause,
    });
  }
}
