import type { CheckStatus, ProofStatus } from '@reroot/shared/api';

/** What the handshakes of one proof have come to. */
export interface HandshakeRun {
  readonly proof: ProofStatus;
  readonly atMs: number;
  readonly asTheyShall: number;
  readonly otherwise: number;
  readonly unavailable: number;
  /** Of those that were made; absent where it is not known how long they took. */
  readonly perSecond?: number;
}

/** Checks that shake hands. */
const handshakeChecks: readonly string[] = ['handshakes', 'negative-proof', 'path-probes'];

/** Whether a check is about handshakes. */
export function shakesHands({ name }: Pick<CheckStatus, 'name'>): boolean {
  return handshakeChecks.includes(name);
}

/** Counts the handshakes of a proof; undefined where it has made none, or its evidence says nothing of them. */
export function countHandshakes(proof: ProofStatus): HandshakeRun | undefined {
  const counted = proof.checks.filter(shakesHands).flatMap(({ evidence }) => countsIn(evidence?.['counts']));
  if (counted.length === 0) return undefined;
  const sum = (name: keyof Counts): number => counted.reduce((total, each) => total + each[name], 0);
  const atMs = Date.parse(proof.finishedAt ?? proof.startedAt);
  const made = sum('asTheyShall') + sum('otherwise');
  const tookMs = spanOf(proof);
  return {
    proof,
    atMs,
    asTheyShall: sum('asTheyShall'),
    otherwise: sum('otherwise'),
    unavailable: sum('unavailable'),
    ...(tookMs === undefined || tookMs <= 0 ? {} : { perSecond: (made * 1_000) / tookMs }),
  };
}

interface Counts {
  readonly asTheyShall: number;
  readonly otherwise: number;
  readonly unavailable: number;
}

function countsIn(value: unknown): Counts[] {
  if (typeof value !== 'object' || value === null) return [];
  const read = (name: string): number => {
    const count: unknown = Reflect.get(value, name);
    return typeof count === 'number' ? count : 0;
  };
  return [{ asTheyShall: read('asTheyShall'), otherwise: read('otherwise'), unavailable: read('unavailable') }];
}

/** From the first handshake to the end of the last one, by what each says of itself. */
function spanOf(proof: ProofStatus): number | undefined {
  const times = proof.checks.filter(shakesHands).flatMap(({ evidence }) => timesIn(evidence?.['handshakes']));
  if (times.length === 0) return undefined;
  const start = Math.min(...times.map(({ atMs, tookMs }) => atMs - tookMs));
  return Math.max(...times.map(({ atMs }) => atMs)) - start;
}

function timesIn(list: unknown): { atMs: number; tookMs: number }[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((each: unknown) => {
    const [at, took]: unknown[] = [readOf(each, 'at'), readOf(each, 'tookMs')];
    return typeof at === 'string' ? [{ atMs: Date.parse(at), tookMs: typeof took === 'number' ? took : 0 }] : [];
  });
}

function readOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

/** Whether handshakes have confirmed the row that is in force. */
export function confirmedByHandshakes(
  proofs: readonly ProofStatus[] | undefined,
  { generation }: { readonly generation: number },
): 'proven' | 'not-proven' {
  const latest = proofs?.find(
    (proof) => proof.generation === generation && proof.outcome !== 'running' && proof.checks.some(isHandshakes),
  );
  return latest?.checks.some((check) => isHandshakes(check) && check.outcome === 'passed') === true ? 'proven' : 'not-proven';
}

function isHandshakes({ name, outcome }: CheckStatus): boolean {
  return name === 'handshakes' && outcome !== 'skipped';
}
