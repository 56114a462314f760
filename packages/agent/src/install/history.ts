import { sha256Hex } from '@reroot/shared/pki';
import type { Problem } from '@reroot/shared/protocol';
import type { CaSecret, Owner } from '../cluster/cluster.ts';
import { allLoaded, type Proof } from './proof.ts';

/**
 * What planning remembers between two passes. It is lost with the process, and may be: every wait then begins anew,
 * so that the agent does less, later.
 */
export interface History {
  /** Names the bytes that were seen in the Secret last. */
  readonly content: string | undefined;
  /** Since when the Secret has held them. */
  readonly writtenSinceMs: number;
  /** Since when every replica has been proven to hold them; undefined while one has not. */
  readonly provenSinceMs: number | undefined;
  /** The last restart that was asked for. */
  readonly restart: Restart | undefined;
  /** Rolling restarts of workloads that were asked for, until they are seen to be over. */
  readonly begun: readonly BegunRollout[];
  /** Those that failed to be asked for, for as long as they are not asked for again. */
  readonly refused: readonly RefusedRollout[];
  /** When the volumes were last told to follow, since the bytes were first seen; undefined before the first time. */
  readonly refreshedAtMs: number | undefined;
}

/** A restart that was asked for, and how many replicas there were, and had loaded, before it. */
export interface Restart {
  readonly replica: string;
  readonly atMs: number;
  readonly replicasBefore: number;
  readonly loadedBefore: number;
}

/** A rolling restart that was asked for, and when. */
export interface BegunRollout {
  readonly owner: Owner;
  readonly stage: RolloutStage;
  readonly atMs: number;
}

/** A rolling restart that could not be begun, when that was tried, and why it failed. */
export interface RefusedRollout {
  readonly owner: Owner;
  readonly atMs: number;
  readonly problem: Problem;
}

/** Proxies between others come before those of single pods. */
export type RolloutStage = 'between' | 'sidecar';

export const noHistory: History = {
  content: undefined,
  writtenSinceMs: 0,
  provenSinceMs: undefined,
  restart: undefined,
  begun: [],
  refused: [],
  refreshedAtMs: undefined,
};

/** Notes what one pass saw. Pure. */
export function observe(before: History, secret: CaSecret, proof: Proof, nowMs: number): History {
  const content = `${sha256Hex(secret.rootCert)} ${sha256Hex(secret.caCert)}`;
  const history = untilNow(before, nowMs);
  const same = content === history.content;
  const proven = allLoaded(proof);
  return {
    content,
    writtenSinceMs: same ? history.writtenSinceMs : nowMs,
    provenSinceMs: proven ? ((same ? history.provenSinceMs : undefined) ?? nowMs) : undefined,
    restart: same ? history.restart : undefined,
    begun: history.begun,
    refused: history.refused,
    refreshedAtMs: same ? history.refreshedAtMs : undefined,
  };
}

/** What is still to come was noted while the clock was ahead: it counts from now, or a wait would last as long as that. */
function untilNow(history: History, nowMs: number): History {
  const { writtenSinceMs, provenSinceMs, restart, refused, refreshedAtMs } = history;
  const past = (atMs: number): number => Math.min(atMs, nowMs);
  return {
    ...history,
    writtenSinceMs: past(writtenSinceMs),
    provenSinceMs: provenSinceMs === undefined ? undefined : past(provenSinceMs),
    restart: restart === undefined ? undefined : { ...restart, atMs: past(restart.atMs) },
    refused: refused.map((each) => ({ ...each, atMs: past(each.atMs) })),
    refreshedAtMs: refreshedAtMs === undefined ? undefined : past(refreshedAtMs),
  };
}

/** Notes that the volumes were told to follow, with or without success. Pure. */
export function noteRefresh(history: History, atMs: number): History {
  return { ...history, refreshedAtMs: atMs };
}

/** Notes that a restart was asked for. Pure. */
export function noteRestart(history: History, replica: string, { replicas }: Proof, atMs: number): History {
  const loadedBefore = replicas.filter(({ state }) => state === 'loaded').length;
  return { ...history, restart: { replica, atMs, replicasBefore: replicas.length, loadedBefore } };
}
