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
import { type Bench, compare, type Figure, type Ratio, timeOf } from './bench.ts';
import { measureEventLoopDelay } from './event-loop-delay.ts';
import { measureOpenssl } from './openssl-speed.ts';
import { measureStepCa } from './step-ca-speed.ts';
import { measureVault } from './vault-speed.ts';

const dayMs = 86_400_000;
/** Enough to keep the thread pool busy, as agents that ask at the same time do. */
const together = 16;
const rounds = 7;
const served = 1_000;

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
  readonly goal: number;
}[] = [
  { what: 'RSA-4096', algorithm: { kind: 'rsa', bits: 4096 }, count: 300, goal: 0.9 },
  { what: 'RSA-2048', algorithm: { kind: 'rsa', bits: 2048 }, count: 1_000, goal: 0.5 },
  { what: 'ECDSA P-384', algorithm: { kind: 'ecdsa', curve: 'P-384' }, count: 250, goal: 0.5 },
  { what: 'ECDSA P-256', algorithm: { kind: 'ecdsa', curve: 'P-256' }, count: 1_000, goal: 0.5 },
];

async function openDesk(algorithm: KeyAlgorithm): Promise<Desk> {
  const [rootKey, key] = [signerFromKey(await generateKey(algorithm)), signerFromKey(await generateKey(algorithm))];
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
async function run(count: number, work: (index: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const take = async (): Promise<void> => {
    while (next < count) {
      next += 1;
      await work(next);
    }
  };
  await Promise.all(Array.from({ length: together }, take));
}

const verifyInPool = promisify<string, Uint8Array, KeyObject, Uint8Array, boolean>(verify);

/** Against signing alone, and against the signature and the two verifications that the work takes at the least. */
async function contest({ what, algorithm, count, goal }: (typeof contests)[number]): Promise<readonly Ratio[]> {
  const desk = await openDesk(algorithm);
  const { root, rootKey } = desk;
  const tbs = root.der.subarray(0, 600);
  const signature = await rootKey.sign(tbs);
  const hash = algorithm.kind === 'ecdsa' && algorithm.curve === 'P-384' ? 'sha384' : 'sha256';
  const ours = () => run(count, (index) => serve(desk, index));
  const requireVerified = async (): Promise<void> => {
    if (!(await verifyInPool(hash, tbs, root.publicKey, signature))) throw new Error('a sound signature does not verify');
  };
  const bare = async (): Promise<void> => {
    await requireVerified();
    await rootKey.sign(tbs);
    await requireVerified();
  };
  const alone = { what: `${count} requests, ${what}: signing alone / request to verified chain`, goal };
  const least = { what: `${count} requests, ${what}: one signature and two verifications / request to verified chain` };
  return [
    await compare({ ...alone, plain: () => run(count, () => rootKey.sign(tbs)), ours }, rounds),
    await compare({ ...least, plain: () => run(count, bare), ours }, rounds),
  ];
}

/** Whether mgmt still answers while it signs. */
async function measureDelay(what: string, algorithm: KeyAlgorithm): Promise<readonly Figure[]> {
  const desk = await openDesk(algorithm);
  const serveMany = (count: number) => run(count, (index) => serve(desk, index));
  await serveMany(100);
  const tookMs = await timeOf(() => serveMany(served));
  const { p99Ms, longestMs } = await measureEventLoopDelay(() => serveMany(served));
  const delay = `event loop delay while ${served} requests are served, ${what}`;
  return [
    { what: `requests a second, ${what}`, value: (served / tookMs) * 1_000, unit: '/s' },
    { what: `${delay}, p99`, value: p99Ms, unit: 'ms', limit: 20 },
    { what: `${delay}, longest`, value: longestMs, unit: 'ms' },
  ];
}

/** What requests leave behind, after some that warm up. Two KiB that each of them leaked would be seen. */
async function measureMemory(): Promise<readonly Figure[]> {
  const desk = await openDesk({ kind: 'ecdsa', curve: 'P-256' });
  const collect = collector();
  const usedAfterMiB = async (count: number) => {
    await run(count, (index) => serve(desk, index));
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
      what: `heap and buffers that ${further} further requests leave behind`,
      value: after.held - before.held,
      unit: 'MiB',
      limit: 1,
    },
    { what: 'resident memory outside of the heap that they add', value: after.native - before.native, unit: 'MiB', limit: 16 },
  ];
}

function collector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}

const bench: Bench = {
  about: 'verifies a request, issues an intermediate and verifies its chain, as fast as OpenSSL signs',
  measure: async () => [
    // First: a leak would hide in what larger work before it has freed.
    ...(await measureMemory()),
    ...(await inTurn(contests.map((each) => () => contest(each)))),
    ...(await measureDelay('RSA-4096', { kind: 'rsa', bits: 4096 })),
    ...(await measureDelay('ECDSA P-256', { kind: 'ecdsa', curve: 'P-256' })),
    ...(await measureOpenssl()),
    ...(await measureVault()),
    ...(await measureStepCa()),
  ],
};

async function inTurn<T>(works: readonly (() => Promise<readonly T[]>)[]): Promise<readonly T[]> {
  const found: T[] = [];
  for (const work of works) found.push(...(await work()));
  return found;
}

export default bench;
