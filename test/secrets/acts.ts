import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ClusterAccount, createApiClient } from '@reroot/shared/api';
import { expect } from 'vitest';
import { putRoot } from '../scenarios/ca-sources.ts';
import { meshName } from '../scenarios/mesh-fleet.ts';
import { untilAsked } from '../scenarios/step-by-step.ts';
import { pathsToRead } from './api-paths.ts';
import { joinSecrets, providedSecrets, secretsOf } from './fleet-secrets.ts';
import { askToJoinWithMisplacedSecrets } from './misplaced-join.ts';
import type { Stage } from './stage.ts';

/** Enters the secrets that there are now. */
async function collect({ fleet, secretsDir, ledger }: Stage): Promise<void> {
  ledger.add(...(await secretsOf(fleet)), ...(await providedSecrets(secretsDir)));
}

/** Asks for all that can be read, by HTTP and at the command line. */
export async function lookAround(stage: Stage): Promise<void> {
  const { api, reroot, token, fleet } = stage;
  await collect(stage);
  const headers = { authorization: `Bearer ${token}` };
  for (const path of [...pathsToRead(meshName), '/', '/metrics']) await api.ask(`GET ${path}`, { method: 'GET', path, headers });
  await succeed(reroot('status'), reroot('status', '-o', 'json'));
  await succeed(reroot('history'), reroot('cluster', 'list'));
  await reroot('pki', 'inspect', join(fleet.dir, 'mgmt.key'));
}

/** A rotation from end to end, to a root and intermediates that Vault makes. */
export async function rotateIntoVault(stage: Stage): Promise<void> {
  const { fleet, vaultForMgmt, vaultForAgents, mountPath } = stage;
  await collect(stage);
  const options = { keyAlgorithm: 'KEY_ALGORITHM_ECDSA_P256', ttlDays: 3650, orgName: 'reroot' };
  await fleet.setAuthorities({
    rootCertificateAuthority: { vault: { ...vaultForMgmt, mountPath, options } },
    intermediateCertificateAuthority: { vault: { ...vaultForAgents, caPath: `${mountPath}/root/sign-intermediate` } },
  });
  await fleet.rotate();
  await fleet.until('FINISHED', ({ state }) => state === 'FINISHED');
  await collect(stage);
}

/** A rotation to a root that somebody provides, during which a cluster is left out for a while, and its way back. */
export async function rollBack(stage: Stage): Promise<void> {
  const { fleet, secretsDir, reroot } = stage;
  await putRoot(secretsDir, 'a provided root');
  await fleet.setAuthorities({ rootCertificateAuthority: { secret: { name: 'mesh-root', namespace: 'reroot' } } });
  await fleet.rotate({ verification: 'manual' });
  await untilAsked(fleet, 'ADDING_NEW_ROOT');
  await succeed(reroot('exclude', 'cluster-2', '--why', 'to see what is said'));
  await succeed(reroot('include', 'cluster-2', '--why', 'to see what is said'));
  await fleet.until('cluster-2 to count again', ({ clusters }) => clusters.every(({ membership }) => membership === 'member'));
  await untilAsked(fleet, 'ADDING_NEW_ROOT');
  await collect(stage);
  await succeed(reroot('verify', '--rollback', '--why', 'to see what is said'));
  await untilAsked(fleet, 'PREVIOUS_CA');
  await succeed(reroot('verify', '--continue', '--why', 'to see what is said', '-o', 'json'));
  await fleet.until('PREVIOUS_CA', ({ state }) => state === 'PREVIOUS_CA');
}

/** New keys of an agent and of its NATS user. */
export async function changeCredentials(stage: Stage): Promise<void> {
  await collect(stage);
  await succeed(stage.reroot('cluster', 'rotate-credentials', 'cluster-1', '--why', 'to see what is said'));
  await untilAccount(stage, 'cluster-1', 'to have changed its keys', ({ changing }) => changing.length === 0);
  await collect(stage);
}

/** mgmt starts again with the key that comes after its own, and hands it out. */
export async function changeKeyOfMgmt({ fleet, reroot }: Stage): Promise<void> {
  const nextPrivateKeyFile = join(fleet.dir, 'next-mgmt.key');
  await succeed(reroot('keygen', '--out', nextPrivateKeyFile));
  const file = join(fleet.dir, 'mgmt.json');
  const config = JSON.parse(await readFile(file, 'utf8')) as { identity: object };
  await writeFile(file, JSON.stringify({ ...config, identity: { ...config.identity, nextPrivateKeyFile } }));
  await fleet.mgmt.stop();
  await fleet.mgmt.start(fleet.broken);
  await fleet.look('every agent to accept the next key of mgmt', async () => {
    const { signingKeys } = await fleet.api.listClusters(fleet.broken);
    return signingKeys.next !== undefined && signingKeys.heldByAll ? true : undefined;
  });
}

/** Another name for a cluster, by which its agent goes from then on. */
export async function renameCluster(stage: Stage): Promise<void> {
  await succeed(stage.reroot('cluster', 'rename', 'cluster-2', 'renamed', '--why', 'to see what is said'));
  await untilAccount(stage, 'renamed', 'to be heard by its new name', ({ changing }) => changing.length === 0);
}

/** A cluster is shut out, and comes back with a join file of its own, of which others have tried to make use. */
export async function joinAgain(stage: Stage): Promise<void> {
  const { fleet, reroot, canaries } = stage;
  const name = 'cluster-1';
  await collect(stage);
  await succeed(reroot('cluster', 'revoke', name, '--why', 'to see what is said'));
  await fleet.agents.get(name)?.kill();
  const joinFile = join(fleet.dir, `${name}.join.json`);
  await rm(joinFile);
  await succeed(reroot('cluster', 'add', name, '--again', '--out', joinFile, '-o', 'json'));
  const refusals = ({ refusedByMgmt }: ClusterAccount): number =>
    Object.values(refusedByMgmt).reduce((sum, each) => sum + each, 0);
  const before = await untilAccount(stage, name, 'to be invited', ({ state }) => state === 'invited');
  await askToJoinWithMisplacedSecrets(joinFile, canaries);
  await untilAccount(stage, name, 'to be refused four times', (now) => refusals(now) >= refusals(before) + 4);
  await fleet.agents.get(name)?.start(fleet.broken);
  await untilAccount(stage, name, 'to have joined', ({ state, link }) => state === 'enrolled' && link !== undefined);
}

/** A join file that nobody has used yet: mgmt keeps what it needs to know of its token. */
export async function inviteAnother({ fleet, token, ledger }: Stage): Promise<void> {
  const name = 'cluster-3';
  const file = join(fleet.dir, `${name}.join.json`);
  // By another client: its answer is the secret itself.
  const client = createApiClient({ server: fleet.api.server, token });
  const joinFile = await client.addCluster({ name, mesh: meshName }, fleet.broken);
  await writeFile(file, JSON.stringify(joinFile), { mode: 0o600 });
  ledger.add(...(await joinSecrets(file, join(fleet.dir, 'data', 'reroot.db'))));
}

async function untilAccount(
  { fleet }: Stage,
  cluster: string,
  what: string,
  check: (account: ClusterAccount) => boolean,
): Promise<ClusterAccount> {
  return fleet.look(`${cluster} ${what}`, async () => {
    const { clusters } = await fleet.api.listClusters(fleet.broken);
    return clusters.find((account) => account.name === cluster && check(account));
  });
}

async function succeed(...runs: readonly ReturnType<Stage['reroot']>[]): Promise<void> {
  for (const { exit, stderr } of await Promise.all(runs)) expect({ exit, stderr }).toMatchObject({ exit: 0 });
}
