import { createPrivateKey } from 'node:crypto';
import { loadYamlFile } from '@reroot/shared/config';
import { type JoinFile, joinFileSchema } from '@reroot/shared/join-file';
import { enrolInboxPrefix, generateIdentity, sealMessage, subjects } from '@reroot/shared/protocol';
import { connectClient } from '../fleet/nats-client.ts';
import type { Canaries } from './canaries.ts';

/**
 * Asks to enrol as nobody's agent would: with a private key where the public one belongs, and then with a seed in the place of
 * the user. Whoever waits for the answers waits for mgmt to count the refusals.
 * @param joinFile of a join that is open
 */
export async function askToJoinWithMisplacedSecrets(joinFile: string, canaries: Canaries): Promise<void> {
  const { mesh, cluster, nats, enrolment } = await loadYamlFile(joinFile, joinFileSchema);
  const { connection } = await connectClient({
    ...{ host: hostOf(nats), ca: nats.ca ?? '', user: nats.credentials ?? { jwt: '', seed: '' } },
    inboxPrefix: enrolInboxPrefix(mesh, cluster),
  });
  const subject = subjects.enrol(mesh, cluster);
  const { identity } = generateIdentity();
  const shown = { publicKey: identity.publicKeyDer, natsUser: '', tokenId: enrolment.tokenId, proof: new Uint8Array(32) };
  const privateKey = createPrivateKey(canaries.key()).export({ type: 'pkcs8', format: 'der' });
  const bodies = [
    { ...shown, publicKey: privateKey },
    { ...shown, natsUser: canaries.seed() },
    { ...shown, tokenId: canaries.token() },
    { ...shown, agentVersion: canaries.phrase() },
  ];
  for (const [index, body] of bodies.entries()) {
    const payload = sealMessage({
      ...{ subject, address: { mesh, cluster, term: 0, generation: 0 }, identity },
      message: { kind: 'credentials-request', body: { agentVersion: '0.1.0', ...body } },
      ...{ sequence: Date.now() * 1_000 + index, sentAtMs: Date.now() },
    });
    connection.publish(subject, payload, { reply: `${enrolInboxPrefix(mesh, cluster)}.${index}` });
  }
  await connection.flush();
  await connection.close();
}

function hostOf({ servers }: JoinFile['nats']): string {
  return new URL(servers[0] ?? '').host;
}
