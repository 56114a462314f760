import type { ApiClient } from '@reroot/shared/api';
import { type CommonOptions, chooseMesh, connect } from './connection.ts';
import { contextPathOf } from './context-path.ts';
import type { Shell } from './shell.ts';
import { waitGoals } from './wait-goal.ts';

/** Nobody waits longer for a word. */
const deadlineMs = 2_000;

type Ask = (client: ApiClient, options: CommonOptions, signal: AbortSignal) => Promise<readonly string[]>;

const meshes: Ask = async (client, _, signal) => (await client.listMeshes(signal)).map(({ mesh }) => mesh);

const clusters: Ask = async (client, options, signal) => {
  const status = await client.readMesh(await chooseMesh(client, options, signal), signal);
  return status.clusters.map(({ name }) => name);
};

const roots: Ask = async (client, options, signal) => {
  const status = await client.readMesh(await chooseMesh(client, options, signal), signal);
  return status.roots.map(({ fingerprint }) => fingerprint.slice(0, 12));
};

const accounts: Ask = async (client, _, signal) => (await client.listClusters(signal)).clusters.map(({ name }) => name);

const proofs: Ask = async (client, options, signal) =>
  (await client.listProofs(await chooseMesh(client, options, signal), signal)).map(({ id }) => id);

/** Which option, or argument after its verb, takes names that a server knows. */
const asked: Readonly<Record<string, Ask>> = {
  mesh: meshes,
  target: roots,
  from: clusters,
  to: clusters,
  offline: clusters,
  exclude: clusters,
  excludeSilent: clusters,
  'exclude cluster': clusters,
  'include cluster': clusters,
  'rename cluster': accounts,
  'rotate-credentials cluster': accounts,
  'revoke cluster': accounts,
  'proofs id': proofs,
  'test name': async (client, _, signal) => (await client.listNotifications(signal)).map(({ name }) => name),
};

/**
 * The names that an option takes, or an argument, given as `VERB ARGUMENT`. None where it takes none.
 * @throws whatever keeps them from being known in two seconds
 */
export async function namesOf(what: string, options: CommonOptions, shell: Shell): Promise<readonly string[]> {
  if (what === 'wait' || what === 'wait until') return waitGoals;
  if (what === 'context' || /^(show|use|remove) name$/.test(what)) return contextNames(shell);
  if (what === 'explain name' || what === 'override') return explainable(what);
  const ask = Object.hasOwn(asked, what) ? asked[what] : undefined;
  if (ask === undefined) return [];
  return ask(await connect(options), options, AbortSignal.any([shell.signal, AbortSignal.timeout(deadlineMs)]));
}

async function contextNames({ env }: Shell): Promise<readonly string[]> {
  if (contextPathOf(env) === undefined) return [];
  const { loadContexts } = await import('./context-file.ts');
  return Object.keys((await loadContexts(env)).contexts);
}

async function explainable(what: 'explain name' | 'override'): Promise<readonly string[]> {
  const { readExplanations } = await import('./explanations.ts');
  const all = await readExplanations();
  return all.filter(({ kind }) => what !== 'override' || kind === 'preflight check').map(({ name }) => name);
}
