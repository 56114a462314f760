import { createHash } from 'node:crypto';
import type { Alarm, Verdict } from '@reroot/shared/api';
import type { RotationCondition, RotationRecord } from '../rotation/index.ts';
import type { MeshMoment } from '../runner/index.ts';
import type { EventPosition, StoredEvent } from '../store/index.ts';
import { cutText } from './cut-text.ts';
import type { Notification } from './notification.ts';

/** How far the event log was told of a mesh. */
export interface Cursor {
  readonly position: EventPosition;
  /** The state in which the mesh was then; undefined before its first. */
  readonly state: RotationCondition['state'] | undefined;
}

/** What holds now, rather than happens: it is told when it begins and when it is over. */
export type Standing = Omit<Notification, 'id' | 'atMs'>;

/** Longer sentences are cut: receivers have bounds of their own. */
const maxMessage = 1_000;
const maxNamed = 5;

/** What entries of the event log have to tell of a mesh that was in a state before them, oldest first, and the state after them. Pure. */
export function newsOf(
  mesh: string,
  entries: readonly StoredEvent[],
  stateBefore: Cursor['state'],
): { readonly news: readonly Notification[]; readonly state: Cursor['state'] } {
  const news: Notification[] = [];
  let state = stateBefore;
  for (const entry of entries) {
    if (entry.kind !== 'condition' || entry.mesh !== mesh) continue;
    const { number, condition } = entry;
    // A store that was restored gives numbers again, to other entries.
    const id = idOf(mesh, number, condition.atMs, condition.state, condition.message);
    news.push(...tell(mesh, condition, state, id));
    state = condition.state;
  }
  return { news, state };
}

/** A stable name for what is told. */
export function idOf(...parts: readonly (string | number)[]): string {
  return `evt_${createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32)}`;
}

function tell(mesh: string, condition: RotationCondition, before: Cursor['state'], id: string): readonly Notification[] {
  const { state, step, generation, rotationId, atMs, act } = condition;
  const message = textOf([condition.message, ...condition.errors.filter((each) => !condition.message.includes(each))]);
  const facts = { id, mesh, atMs, step, generation, rotation: rotationId, message };
  if (act?.move === 'doubt') {
    return [
      {
        ...facts,
        kind: 'verification',
        severity: 'warning',
        title: 'a cluster lags behind',
        reason: state,
        topic: `${mesh} verification`,
      },
    ];
  }
  if (before === undefined || before === state) return [];
  const failed = state === 'FAILED';
  const kind = failed || state === 'ROLLING_BACK' ? 'failure' : 'state';
  const severity = failed ? 'critical' : kind === 'failure' ? 'warning' : 'info';
  return [{ ...facts, kind, severity, title: titles[state] ?? `now ${state}`, reason: state, topic: `${mesh} state` }];
}

const titles: Readonly<Record<string, string>> = {
  FAILED: 'the rotation has failed',
  ROLLING_BACK: 'the rotation is rolled back',
  FINISHED: 'the rotation is finished',
  VERIFYING: 'a step is to be verified',
  VERIFIED: 'a step is verified',
};

/** Reasons of gates that a person alone can pass. */
const approvals: ReadonlySet<string> = new Set(['AwaitingVerification', 'AwaitingApproval', 'AwaitingOperator']);
/** Reasons of alarms about drift. */
const isDrift = (reason: string): boolean => reason.endsWith('Drifted') || reason === 'ForeignRoot';

/** What holds of a mesh now. Pure. One of each reason, however many clusters: a fleet may have the same thing everywhere at once. */
export function standingsOf(record: RotationRecord, verdict: Verdict, alarms: readonly Alarm[]): ReadonlyMap<string, Standing> {
  const { mesh, step, generation, rotation } = record;
  const facts = { mesh, step, generation, rotation: rotation?.id };
  const standings = new Map<string, Standing>();
  if (!verdict.passed && approvals.has(verdict.reason)) {
    const topic = `${mesh} approval`;
    const title = 'a person must decide';
    const key = `${topic} ${verdict.reason} ${generation}`;
    standings.set(key, {
      ...facts,
      kind: 'approval',
      severity: 'info',
      title,
      message: textOf([verdict.message]),
      reason: verdict.reason,
      topic,
    });
  }
  for (const [topic, alike] of Map.groupBy(alarms, ({ severity, reason }) => `${mesh} ${severity} ${reason}`)) {
    const [{ severity, reason }] = alike as [Alarm];
    const more = alike.length > maxNamed ? [`and ${alike.length - maxNamed} more`] : [];
    const message = textOf([...alike.slice(0, maxNamed).map((alarm) => alarm.message), ...more]);
    standings.set(topic, {
      ...facts,
      kind: isDrift(reason) ? 'drift' : 'alarm',
      severity,
      title: `alarm ${reason}`,
      message,
      reason,
      topic,
    });
  }
  return standings;
}

/**
 * What it means that something that stood does not stand now: a mgmt that has just started has heard of no cluster, and knows of no
 * alarm of theirs. Pure.
 */
export function meaningOfMissing({
  snapshot,
  policy,
  nowMs,
}: Pick<MeshMoment, 'snapshot' | 'policy' | 'nowMs'>): 'over' | 'not-known-yet' {
  return nowMs - snapshot.heardSinceMs > policy.silentAfterMs ? 'over' : 'not-known-yet';
}

/** What is told when something that stood is over; of an approval nothing, for the state tells it. */
export function overOf(standing: Standing, key: string, atMs: number): readonly Notification[] {
  if (standing.kind === 'approval') return [];
  const { title } = standing;
  return [{ ...standing, id: idOf(key, 'over', atMs), atMs, severity: 'info', title: `${title} is over` }];
}

function textOf(parts: readonly string[]): string {
  return cutText(parts.join('; '), maxMessage);
}
