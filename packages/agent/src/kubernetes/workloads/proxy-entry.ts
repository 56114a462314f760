import { isDeepStrictEqual } from 'node:util';
import type { ProxyReading, UnreadReason, Workload } from '../../cluster/cluster.ts';
import type { HeldTrust } from './proxy-answer.ts';
import type { ProxyPod } from './proxy-pod.ts';
import type { ReadResult } from './read-proxy.ts';

/** What is remembered of one proxy. */
export interface ProxyEntry {
  readonly pod: ProxyPod;
  readonly state: 'idle' | 'reading';
  /** When it is to be read again. */
  readonly dueAtMs: number;
  /** Since when it holds what it was last seen to hold, or since when it ought to hold something else. */
  readonly sinceMs: number;
  readonly read: { readonly held: readonly HeldTrust[]; readonly period: number; readonly atMs: number } | undefined;
  /** Since it was last read. */
  readonly failed: { readonly why: UnreadReason; readonly inARow: number } | undefined;
}

/** What decides whether a reading may be shown. */
export interface View {
  readonly period: number;
  readonly rereadAfterMs: number;
  readonly nowMs: number;
  /** `after-two`: one answer that got lost does not yet make a proxy unreachable. `after-one`: there is no more time. */
  readonly giveUp: 'after-one' | 'after-two';
}

/** A proxy that was just found. */
export function newEntry(pod: ProxyPod, nowMs: number): ProxyEntry {
  return { pod, state: 'idle', dueAtMs: nowMs, sinceMs: nowMs, read: undefined, failed: undefined };
}

/** What is known of a proxy; undefined while it has to be read first. */
export function knownOf({ read, failed }: ProxyEntry, { period, rereadAfterMs, nowMs, giveUp }: View): ReadResult | undefined {
  if (read?.period === period && nowMs - read.atMs < rereadAfterMs) return { kind: 'read', held: read.held };
  if (failed === undefined) return undefined;
  const perhapsLost = failed.why === 'unreachable' && failed.inARow === 1 && giveUp === 'after-two';
  return perhapsLost ? undefined : { kind: 'unread', why: failed.why };
}

/** The entry after a look into the proxy that was begun in `period`. */
export function afterLook(entry: ProxyEntry, result: ReadResult, period: number, nowMs: number): ProxyEntry {
  if (result.kind === 'unread') {
    const failed = { why: result.why, inARow: (entry.failed?.inARow ?? 0) + 1 };
    return { ...entry, state: 'idle', failed };
  }
  const same = isDeepStrictEqual(entry.read?.held, result.held);
  const held = same && entry.read !== undefined ? entry.read.held : result.held;
  const sinceMs = same || entry.read === undefined ? entry.sinceMs : nowMs;
  return { ...entry, state: 'idle', sinceMs, read: { held, period, atMs: nowMs }, failed: undefined };
}

/** Of what is still good the reading stays one object: whoever verifies it need not do so in each pass. */
const readings = new WeakMap<HeldTrust, ProxyReading>();

function readingOf(held: HeldTrust): ProxyReading {
  const { certChain, rootCert } = held;
  const reading = readings.get(held) ?? { kind: 'read', certChain, rootCert };
  readings.set(held, reading);
  return reading;
}

/** One workload, or one for each kind of trust that a ztunnel holds. */
export function workloadsOf(pod: ProxyPod, result: ReadResult): Workload[] {
  const { namespace, name, role, startedAtMs, owner, learns, leafLifetimeMs, endsAtMs } = pod;
  const ending = endsAtMs === undefined ? {} : { endsAtMs };
  const about = { namespace, name, role, startedAtMs, owner, learns, leafLifetimeMs, ...ending };
  if (result.kind === 'unread') return [{ ...about, reading: result }];
  const several = result.held.length > 1;
  return result.held.map((held) => ({
    ...about,
    name: several && held.identity !== undefined ? `${name}/${held.identity}` : name,
    reading: readingOf(held),
  }));
}
