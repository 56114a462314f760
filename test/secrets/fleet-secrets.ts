import { readdir, readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { loadYamlFile } from '@reroot/shared/config';
import { joinFileSchema } from '@reroot/shared/join-file';
import { readCredsText } from '@reroot/shared/nats-auth';
import { invitationKey } from '@reroot/shared/protocol';
import { z } from 'zod';
import type { MeshFleet } from '../scenarios/mesh-fleet.ts';
import { filesBelow } from './files-below.ts';
import { openSealedKey } from './open-sealed-key.ts';
import { type Secret, secretBytes, secretKey, secretSeed, secretText, secretToken } from './secret.ts';

/** The secrets that a fleet holds at this moment, read from where each of them belongs. */
export async function secretsOf(fleet: MeshFleet): Promise<readonly Secret[]> {
  const found = await Promise.all([
    natsSecrets(join(fleet.dir, 'nats')),
    mgmtSecrets(fleet.dir),
    rootKeys(join(fleet.dir, 'data', 'keys'), join(fleet.dir, 'passphrase')),
    ...fleet.clusters.map((cluster) => clusterSecrets(fleet, cluster)),
  ]);
  return found.flat();
}

/** Keys of operator and accounts, users of mgmt, keys of the servers' certificates. */
async function natsSecrets(folder: string): Promise<readonly Secret[]> {
  const read = async (file: string): Promise<readonly Secret[]> => {
    const own = [file];
    const name = file.slice(folder.length + 1);
    const text = await readFile(file, 'utf8');
    if (name.endsWith('.seed')) return [secretSeed(text, { kind: 'NATS seed', name, own })];
    if (name.endsWith('.creds')) return [secretSeed(readCredsText(text).seed, { kind: 'NATS seed', name, own })];
    return name.endsWith('.key') ? [secretKey(text, { kind: 'TLS key', name, own })] : [];
  };
  return (await Promise.all((await filesBelow(folder)).map(read))).flat();
}

async function mgmtSecrets(dir: string): Promise<readonly Secret[]> {
  const keys = (await readdir(dir)).filter((file) => file.endsWith('.key')).map((file) => join(dir, file));
  const passphrase = join(dir, 'passphrase');
  return [
    ...(await Promise.all(
      keys.map(async (file) => secretKey(await readFile(file, 'utf8'), { kind: 'signing key', name: file, own: [file] })),
    )),
    secretText(await readFile(passphrase, 'utf8'), { kind: 'passphrase', name: 'the passphrase', own: [passphrase] }),
  ];
}

/** They are on disk, and never in the clear. */
async function rootKeys(folder: string, passphraseFile: string): Promise<readonly Secret[]> {
  const passphrase = await readFile(passphraseFile, 'utf8');
  const names = (await readdir(folder)).filter((file) => file.endsWith('.json') && file !== 'passphrase-check.json');
  return Promise.all(
    names.map(async (file) => {
      const pem = openSealedKey(await readFile(join(folder, file), 'utf8'), passphrase, file.replace(/\.json$/, ''));
      return secretKey(pem, { kind: 'CA key', name: `root key of ${file}`, own: [] });
    }),
  );
}

/** What joins the cluster, what its agent has made, and the key of its intermediate. */
async function clusterSecrets(fleet: MeshFleet, cluster: string): Promise<readonly Secret[]> {
  const caSecret = await fleet.ports.get(cluster)?.readCaSecret(fleet.broken);
  return [
    ...(await joinSecrets(join(fleet.dir, `${cluster}.join.json`), join(fleet.dir, 'data', 'reroot.db'))),
    ...(await linkSecrets(join(fleet.dir, `${cluster}.link`, 'link.json'))),
    // A simulated cluster has no disk.
    ...(caSecret === undefined ? [] : [secretKey(caSecret.caKey, { kind: 'CA key', name: `ca-key.pem of ${cluster}`, own: [] })]),
  ];
}

/** @param store where mgmt keeps what it knows of the token, which is not the token */
export async function joinSecrets(file: string, store: string): Promise<readonly Secret[]> {
  const { enrolment, nats } = await loadYamlFile(file, joinFileSchema);
  const token = Buffer.from(enrolment.token, 'base64url');
  const inStore = ['', '-wal', '-shm'].map((suffix) => `${store}${suffix}`);
  return [
    secretToken('', enrolment.token, { kind: 'join token', name: `token of ${file}`, own: [file] }),
    secretBytes(invitationKey(token), { kind: 'join token', name: `what mgmt keeps of the token of ${file}`, own: inStore }),
    ...(nats.credentials === undefined
      ? []
      : [secretSeed(nats.credentials.seed, { kind: 'NATS seed', name: `seed of ${file}`, own: [file] })]),
  ];
}

const keysSchema = z.object({ privateKeyPem: z.string() });
const linkSchema = z.object({
  held: keysSchema.extend({ nats: z.object({ seed: z.string() }).optional() }).optional(),
  pending: keysSchema.extend({ natsSeed: z.string().optional() }).optional(),
});

async function linkSecrets(file: string): Promise<readonly Secret[]> {
  const { held, pending } = linkSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  const keys = [held?.privateKeyPem, pending?.privateKeyPem].filter((pem) => pem !== undefined);
  const seeds = [held?.nats?.seed, pending?.natsSeed].filter((seed) => seed !== undefined);
  return [
    ...keys.map((pem) => secretKey(pem, { kind: 'signing key', name: `key of ${file}`, own: [file] })),
    ...seeds.map((seed) => secretSeed(seed, { kind: 'NATS seed', name: `seed of ${file}`, own: [file] })),
  ];
}

/** What stands in the folder of Secrets: tokens of Vault, and the key of a root that is given to mgmt. */
export async function providedSecrets(secretsDir: string): Promise<readonly Secret[]> {
  const read = async (file: string): Promise<readonly Secret[]> => {
    const text = await readFile(file, 'utf8');
    const own = [file, await realpath(file)];
    if (file.endsWith('token')) return [secretText(text.trim(), { kind: 'Vault token', name: file, own })];
    return file.endsWith('.key') ? [secretKey(text, { kind: 'CA key', name: file, own })] : [];
  };
  return (await Promise.all((await filesBelow(secretsDir)).map(read))).flat();
}
