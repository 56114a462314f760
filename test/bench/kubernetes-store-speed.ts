import { randomUUID } from 'node:crypto';
import { openKubernetes, openKubernetesStore } from '@reroot/mgmt/testing';
import { systemClock } from '@reroot/shared/clock';
import { silentLog } from '@reroot/shared/log';
import type { Identity } from '@reroot/shared/protocol';
import { startControlPlaneAlone } from '../real/lab/cluster/start-alone.ts';
import { controlPlanePrograms } from '../real/servers/find-servers.ts';
import { type BenchRun, measured, type Result } from './frame/bench.ts';
import { compare, timeOf } from './frame/sample.ts';
import { missingServers } from './missing-servers.ts';
import { beginMesh, keepAtOnce, noteAtOnce, quantiles, type StoreParams } from './store-acts.ts';

type Api = Awaited<ReturnType<typeof openKubernetes>>;

/** The store writes so many documents at once, and so does what it is held against. */
const atOnce = 6;

/** The store in Secrets of a real API server, held against bare requests to it; nothing where none is installed. */
export async function measureKubernetesStore(
  params: StoreParams,
  identity: Identity,
  { progress, signal }: BenchRun,
): Promise<readonly Result[]> {
  if (missingServers(controlPlanePrograms) !== undefined) return [];
  progress('a control plane starts');
  const alone = await startControlPlaneAlone('bench-store', signal);
  const outside = { clock: systemClock, random: Math.random, log: silentLog };
  const program = { name: 'reroot-mgmt', version: '0.1.0' };
  const api = await openKubernetes('store', { ...outside, program, kubeconfig: alone.controlPlane.adminKubeconfig });
  try {
    const [namespace, other] = [await alone.makeNamespace(), await alone.makeNamespace()];
    const open = () =>
      openKubernetesStore({ ...outside, api, namespace, name: 'reroot', newId: randomUUID, audit: { identity } });
    const store = await open();
    const results: Result[] = [];
    try {
      const term = await beginMesh(store);
      progress(`${params.commits} commits, one after the other`);
      results.push(...(await measureCommits(store, term, await makeBareHead(api, other, signal), params, signal)));
      progress(`${params.certificates} certificates at once`);
      const bareMs = await timeOf(() => createBare(api, other, params.certificates, signal));
      const certificatesMs = await timeOf(() => keepAtOnce(store, params.certificates));
      results.push({
        ...{ metric: `${params.certificates} certificates kept at once`, unit: 's', value: certificatesMs / 1_000 },
        limit: measured(`as many Secrets of that size created, ${atOnce} at a time`, bareMs / 1_000),
      });
      progress(`${params.entries} entries at once`);
      const entriesMs = await timeOf(() => noteAtOnce(store, term, params.entries));
      results.push({ metric: `${params.entries} entries of the journal at once`, unit: 's', value: entriesMs / 1_000 });
    } finally {
      await store.close();
    }
    progress('opening');
    return [...results, await measureOpening(api, namespace, open, signal)];
  } finally {
    await api.close();
    await alone.stop();
  }
}

type KubernetesStore = Awaited<ReturnType<typeof openKubernetesStore>>;

/** Changes a Secret of the size of a small head by its version, as a commit does. */
type ReplaceBare = () => Promise<void>;

async function makeBareHead(api: Api, namespace: string, stop: AbortSignal): Promise<ReplaceBare> {
  const path = `/api/v1/namespaces/${namespace}/secrets`;
  const signal = AbortSignal.any([stop, AbortSignal.timeout(600_000)]);
  const body = (resourceVersion?: string) => ({
    ...{ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'head', resourceVersion } },
    data: { head: Buffer.alloc(16_384, randomUUID()).toString('base64') },
  });
  const versionOf = ({ metadata }: { metadata: { resourceVersion?: string } }): string => metadata.resourceVersion ?? '';
  let version = versionOf(await api.create(path, body(), signal));
  return async () => {
    version = versionOf(await api.replace(`${path}/head`, body(version), signal));
  };
}

async function measureCommits(
  store: KubernetesStore,
  term: number,
  replaceBare: ReplaceBare,
  { commits }: StoreParams,
  signal: AbortSignal,
): Promise<readonly Result[]> {
  const times: { ours: number[]; bare: number[] } = { ours: [], bare: [] };
  const note = () => store.note({ kind: 'start', action: 'mgmt.start', message: 'one more' }, term);
  for (let n = 0; n < commits + 20; n += 1) {
    signal.throwIfAborted();
    const [bareMs, oursMs] = [await timeOf(replaceBare), await timeOf(note)];
    if (n < 20) continue;
    times.ours.push(oursMs);
    times.bare.push(bareMs);
  }
  const [ours, bare] = [quantiles(times.ours), quantiles(times.bare)];
  const is = 'a bare PUT of a Secret by its version';
  return [
    { metric: 'a commit by itself, median', unit: 'ms', value: ours.median, limit: measured(is, bare.median, { atMost: 3 }) },
    { metric: 'a commit by itself, 99th of 100', unit: 'ms', value: ours.p99, limit: measured(is, bare.p99) },
  ];
}

async function createBare(api: Api, namespace: string, count: number, stop: AbortSignal): Promise<void> {
  const signal = AbortSignal.any([stop, AbortSignal.timeout(600_000)]);
  const path = `/api/v1/namespaces/${namespace}/secrets`;
  const value = Buffer.alloc(1_024, randomUUID()).toString('base64');
  const left = Array.from({ length: count }, (_, n) => n);
  const work = async (): Promise<void> => {
    for (let n = left.pop(); n !== undefined; n = left.pop()) {
      await api.create(path, { apiVersion: 'v1', kind: 'Secret', metadata: { name: `bare-${n}` }, data: { value } }, signal);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
}

/** What is there has to be listed once, whoever reads it. */
async function measureOpening(
  api: Api,
  namespace: string,
  open: () => Promise<KubernetesStore>,
  stop: AbortSignal,
): Promise<Result> {
  const list = async (): Promise<void> => {
    const signal = AbortSignal.any([stop, AbortSignal.timeout(60_000)]);
    const query = new URLSearchParams({ labelSelector: 'reroot.dev/part in (head,hot)', limit: '500' });
    for (let more: string | undefined = ''; more !== undefined; ) {
      const path = `/api/v1/namespaces/${namespace}/secrets?${query.toString()}`;
      const page: { readonly metadata: { readonly continue?: string } } = await api.get(path, signal);
      more = page.metadata.continue === '' ? undefined : page.metadata.continue;
      if (more !== undefined) query.set('continue', more);
    }
  };
  const ours = async (): Promise<void> => (await open()).close();
  const { ours: opened, peer } = await compare({ ours, peer: list }, { repeats: 5, signal: stop });
  return { metric: 'opened and closed', unit: 'ms', value: opened, limit: measured('its documents listed', peer) };
}
