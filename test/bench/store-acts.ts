import { randomBytes } from 'node:crypto';
import { keepRotation, type openSqliteStore } from '@reroot/mgmt/testing';

type MeasuredStore = Awaited<ReturnType<typeof openSqliteStore>>;

/** How much of each. */
export type StoreParams = Readonly<Record<'commits' | 'certificates' | 'entries', number>>;

/** A mesh that has been rotated once. @returns the term to go on with */
export async function beginMesh(store: MeasuredStore): Promise<number> {
  await keepRotation({ store, clusters: 3 });
  return store.takeTerm();
}

/** As after a step of a large mesh: each cluster asks for its intermediate, and each is a change of its own. */
export async function keepAtOnce(store: MeasuredStore, count: number): Promise<void> {
  const signerRoot = randomBytes(32).toString('hex');
  // A chain of an RSA-4096 root and an RSA-2048 intermediate has about so many characters, which nothing makes smaller.
  const chain = [randomBytes(1_000).toString('base64')];
  await Promise.all(
    Array.from({ length: count }, (_, n) =>
      store.keepIssued({
        ...{ mesh: 'demo', cluster: `cluster-${n}`, signerRoot, chain },
        ...{ csrSha256: randomBytes(32).toString('hex'), serial: randomBytes(20).toString('hex') },
      }),
    ),
  );
}

/** Each a change of its own, which those that come while one is under way share a commit with. */
export async function noteAtOnce(store: MeasuredStore, term: number, count: number): Promise<void> {
  const note = (n: number) => store.note({ kind: 'start', action: 'mgmt.start', message: `start ${n}` }, term);
  await Promise.all(Array.from({ length: count }, (_, n) => note(n)));
}

/** Of single times. */
export function quantiles(values: readonly number[]): { readonly median: number; readonly p99: number } {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  return { median: at(0.5), p99: at(0.99) };
}
