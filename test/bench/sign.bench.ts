import { type KeyObject, verify } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { promisify } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import {
  type Certificate,
  createCsr,
  createRootCertificate,
  generateKey,
  issueIntermediate,
  type KeyAlgorithm,
  type Signer,
  signerFromKey,
  verifyChain,
  verifyCsr,
} from '@reroot/shared/pki';
import { measureEventLoopDelay } from './event-loop-delay.ts';
import { atMost, defineBench, type Goal, measured, type Result } from './frame/bench.ts';
import { compare, type Repeats, rateOf, timeOf } from './frame/sample.ts';
import { measureOpenssl } from './openssl-speed.ts';
import { measureStepCa } from './step-ca-speed.ts';
import { measureVault } from './vault-speed.ts';

const dayMs = 86_400_000;
/** Enough to keep the thread pool busy, as agents that ask at the same time do. */
const together = 16;

/** A root, and requests by a key of the same kind. */
interface Desk {
  readonly root: Certificate;
  readonly rootKey: Signer;
  readonly requests: readonly Uint8Array[];
}

const contests: readonly {
  readonly what: string;
  readonly algorithm: KeyAlgorithm;
  readonly count: number;
  readonly goal: Goal;
}[] = [
  { what: 'RSA-4096', algorithm: { kind: 'rsa', bits: 4096 }, count: 300, goal: { atLeast: 0.9 } },
  { what: 'RSA-2048', algorithm: { kind: 'rsa', bits: 2048 }, count: 1_000, goal: { atLeast: 0.5 } },
  { what: 'ECDSA P-384', algorithm: { kind: 'ecdsa', curve: 'P-384' }, count: 250, goal: { atLeast: 0.5 } },
  { what: 'ECDSA P-256', algorithm: { kind: 'ecdsa', curve: 'P-256' }, count: 1_000, goal: { atLeast: 0.5 } },
];

async function openDesk(algorithm: KeyAlgorithm, signal: AbortSignal): Promise<Desk> {
  const rootKey = signerFromKey(await generateKey(algorithm));
  signal.throwIfAborted();
  const key = signerFromKey(await generateKey(algorithm));
  signal.throwIfAborted();
  const validity = { notBeforeMs: Date.now() - dayMs, notAfterMs: Date.now() + 10 * dayMs };
  const root = await createRootCertificate({ key: rootKey, commonName: 'bench root', organization: 'reroot', ...validity });
  const requests = await Promise.all(
    Array.from({ length: 50 }, (_, index) => createCsr({ key, commonName: `cluster-${index} intermediate` })),
  );
  return { root, rootKey, requests };
}

/** From a request to a chain that verifies: what mgmt does for an agent, without the bus and the store. */
async function serve({ root, rootKey, requests }: Desk, index: number): Promise<Certificate> {
  const csr = await verifyCsr(requests[index % requests.length] ?? new Uint8Array());
  const nowMs = Date.now();
  const issued = await issueIntermediate({
    csr,
    issuer: root,
    issuerKey: rootKey,
    commonName: `cluster-${index} intermediate`,
    organization: 'reroot',
    trustDomain: 'cluster.local',
    notBeforeMs: nowMs - 300_000,
    notAfterMs: nowMs + dayMs,
  });
  const verified = verifyChain([issued], [root], nowMs);
  if (!verified.ok) throw new Error(verified.message);
  return issued;
}

/** So many pieces of work, so many of them under way at a time. */
async function run(count: number, signal: AbortSignal, work: (index: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const take = async (): Promise<void> => {
    while (next < count) {
      signal.throwIfAborted();
      next += 1;
      await work(next);
    }
  };
  await Promise.all(Array.from({ length: together }, take));
}

const verifyInPool = promisify<string, Uint8Array, KeyObject, Uint8Array, boolean>(verify);

/** Against signing alone, and against the signature and the two verifications that the work takes at the least. */
async function contest({ what, algorithm, count, goal }: (typeof contests)[number], ask: Repeats): Promise<readonly Result[]> {
  const { signal } = ask;
  const desk = await openDesk(algorithm, signal);
  const { root, rootKey } = desk;
  const tbs = root.der.subarray(0, 600);
  const signature = await rootKey.sign(tbs);
  const hash = algorithm.kind === 'ecdsa' && algorithm.curve === 'P-384' ? 'sha384' : 'sha256';
  const ours = () => run(count, signal, (index) => serve(desk, index));
  const requireVerified = async (): Promise<void> => {
    if (!(await verifyInPool(hash, tbs, root.publicKey, signature))) throw new Error('a sound signature does not verify');
  };
  const bare = async (): Promise<void> => {
    await requireVerified();
    await rootKey.sign(tbs);
    await requireVerified();
  };
  const against = async (is: string, peer: () => unknown, held?: Goal): Promise<Result> => {
    const times = await compare({ ours, peer }, ask);
    const metric = `requests served up to a verified chain, ${what}`;
    return { metric, unit: '/s', value: rateOf(times.ours, count), limit: measured(is, rateOf(times.peer, count), held) };
  };
  return [
    await against('signing alone', () => run(count, signal, () => rootKey.sign(tbs)), goal),
    await against('a signature and two verifications', () => run(count, signal, bare)),
  ];
}

/** Whether mgmt still answers while it signs. */
async function measureDelay(
  { what, algorithm }: Pick<(typeof contests)[number], 'what' | 'algorithm'>,
  served: number,
  signal: AbortSignal,
): Promise<readonly Result[]> {
  const desk = await openDesk(algorithm, signal);
  const serveMany = (count: number) => run(count, signal, (index) => serve(desk, index));
  await serveMany(100);
  const tookMs = await timeOf(() => serveMany(served));
  const { p99Ms, longestMs } = await measureEventLoopDelay(() => serveMany(served));
  const delay = `event loop delay while ${served} requests are served, ${what}`;
  return [
    { metric: `requests a second, ${what}`, value: (served / tookMs) * 1_000, unit: '/s' },
    { metric: `${delay}, p99`, value: p99Ms, unit: 'ms', limit: atMost(20) },
    { metric: `${delay}, longest`, value: longestMs, unit: 'ms' },
  ];
}

/** What requests leave behind, after some that warm up. Two KiB that each of them leaked would be seen. */
async function measureMemory(signal: AbortSignal): Promise<readonly Result[]> {
  const desk = await openDesk({ kind: 'ecdsa', curve: 'P-256' }, signal);
  const collect = collector();
  const usedAfterMiB = async (count: number) => {
    await run(count, signal, (index) => serve(desk, index));
    collect();
    // What is freed by a callback goes in the next turn.
    await nextTurn();
    collect();
    const { heapUsed, heapTotal, external, rss } = process.memoryUsage();
    // What V8 keeps for its heap is left out: it grows with the load for a while, whatever is in it.
    return { held: (heapUsed + external) / 2 ** 20, native: (rss - heapTotal) / 2 ** 20 };
  };
  const [warmUp, further] = [5_000, 16_384];
  const before = await usedAfterMiB(warmUp);
  const after = await usedAfterMiB(further);
  return [
    {
      metric: `heap and buffers that ${further} further requests leave behind`,
      value: after.held - before.held,
      unit: 'MiB',
      limit: atMost(1),
    },
    {
      metric: 'resident memory outside of the heap that they add',
      value: after.native - before.native,
      unit: 'MiB',
      limit: atMost(16),
    },
  ];
}

function collector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}

export default defineBench({
  about: 'verifies a request, issues an intermediate and verifies its chain, as fast as OpenSSL signs',
  params: { served: 1_000, repeats: 7 },
  measure: async ({ served, repeats }, { progress, signal }) => {
    progress('what requests leave behind in memory');
    // First: a leak would hide in what larger work before it has freed.
    const results = [...(await measureMemory(signal))];
    for (const each of contests) {
      progress(each.what);
      results.push(...(await contest(each, { repeats, signal })));
    }
    progress('whether mgmt still answers while it signs');
    results.push(...(await measureDelay({ what: 'RSA-4096', algorithm: { kind: 'rsa', bits: 4096 } }, served, signal)));
    results.push(...(await measureDelay({ what: 'ECDSA P-256', algorithm: { kind: 'ecdsa', curve: 'P-256' } }, served, signal)));
    progress('openssl, Vault and step-ca, where they are there');
    return [...results, ...(await measureOpenssl(signal)), ...(await measureVault(signal)), ...(await measureStepCa(signal))];
  },
});
