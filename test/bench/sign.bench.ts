import { verify } from 'node:crypto';
import { monitorEventLoopDelay } from 'node:perf_hooks';
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
import { measureOpenssl } from './openssl-speed.ts';
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
  { what: 'ECDSA P-384', algorithm: { kind: 'ecdsa', curve: 'P-384' }, count: 500, goal: 0.5 },
  { what: 'ECDSA P-256', algorithm: { kind: 'ecdsa', curve: 'P-256' }, count: 1_500, goal: 0.5 },
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

const verifyInPool = promisify(verify) as (
  hash: string,
  data: Uint8Array,
  key: unknown,
  signature: Uint8Array,
) => Promise<boolean>;

/** Against signing alone, and against the signature and the two verifications that the work takes at the least. */
async function contest({ what, algorithm, count, goal }: (typeof contests)[number]): Promise<readonly Ratio[]> {
  const desk = await openDesk(algorithm);
  const { root, rootKey } = desk;
  const tbs = root.der.subarray(0, 600);
  const signature = await rootKey.sign(tbs);
  const hash = what === 'ECDSA P-384' ? 'sha384' : 'sha256';
  const ours = () => run(count, (index) => serve(desk, index));
  const bare = async (): Promise<void> => {
    await verifyInPool(hash, tbs, root.publicKey, signature);
    await rootKey.sign(tbs);
    await verifyInPool(hash, tbs, root.publicKey, signature);
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
  await run(100, (index) => serve(desk, index));
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const tookMs = await timeOf(() => run(served, (index) => serve(desk, index)));
  delay.disable();
  const inMs = (ns: number): number => ns / 1e6;
  return [
    { what: `requests a second, ${what}`, value: (served / tookMs) * 1_000, unit: '/s' },
    {
      what: `event loop delay while ${served} requests are served, ${what}, p99`,
      value: inMs(delay.percentile(99)),
      unit: 'ms',
      limit: 20,
    },
    { what: `the same, longest`, value: inMs(delay.max), unit: 'ms' },
  ];
}

/** What is left behind by each further thousand, after a warm-up of two. */
async function measureMemory(): Promise<readonly Figure[]> {
  const desk = await openDesk({ kind: 'ecdsa', curve: 'P-256' });
  const collect = collector();
  const usedMiB = async (): Promise<number> => {
    await run(served, (index) => serve(desk, index));
    collect();
    return process.memoryUsage().heapUsed / 2 ** 20;
  };
  await usedMiB();
  const before = await usedMiB();
  const rssBefore = process.memoryUsage().rss / 2 ** 20;
  for (let thousand = 0; thousand < 7; thousand += 1) await usedMiB();
  const [after, rssAfter] = [await usedMiB(), process.memoryUsage().rss / 2 ** 20];
  return [
    { what: 'heap that 8,000 further requests leave behind', value: after - before, unit: 'MiB', limit: 1 },
    { what: 'resident memory that they add', value: rssAfter - rssBefore, unit: 'MiB' },
  ];
}

function collector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}

const bench: Bench = {
  about: 'verifies a request, issues an intermediate and verifies its chain, as fast as OpenSSL signs',
  measure: async () => [
    ...(await inTurn(contests.map((each) => () => contest(each)))),
    ...(await measureDelay('RSA-4096', { kind: 'rsa', bits: 4096 })),
    ...(await measureDelay('ECDSA P-256', { kind: 'ecdsa', curve: 'P-256' })),
    ...(await measureMemory()),
    ...(await measureOpenssl()),
    ...(await measureVault()),
  ],
};

async function inTurn<T>(works: readonly (() => Promise<readonly T[]>)[]): Promise<readonly T[]> {
  const found: T[] = [];
  for (const work of works) found.push(...(await work()));
  return found;
}

export default bench;
