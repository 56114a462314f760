import { createHash } from 'node:crypto';
import type { Alarm, Verdict } from '@reroot/shared/api';
import type { RotationCondition, RotationRecord } from '../rotation/index.ts';
import type { Notification } from './notification.ts';

/** How far the history of a mesh was told. */
export interface Cursor {
  readonly atMs: number;
  /** Ids of the entries of that very moment. */
  readonly ids: readonly string[];
}

/** What holds now, rather than happens: it is told when it begins and when it is over. */
export type Standing = Omit<Notification, 'id' | 'atMs'>;

/** Longer sentences are cut: receivers have bounds of their own. */
const maxMessage = 1_000;
const maxNamed = 5;

/** What the history has to tell after a cursor, oldest first, and where it ends. Pure. */
export function newsOf(
  mesh: string,
  history: readonly RotationCondition[],
  cursor: Cursor,
): { readonly news: readonly Notification[]; readonly cursor: Cursor } {
  const news: Notification[] = [];
  let [before, end]: [RotationCondition | undefined, Cursor] = [undefined, cursor];
  for (const condition of history) {
    const id = idOf(mesh, condition.atMs, condition.generation, condition.state, condition.message);
    const isNew = condition.atMs > cursor.atMs || (condition.atMs === cursor.atMs && !cursor.ids.includes(id));
    if (isNew) {
      news.push(...tell(mesh, condition, before, id));
      end = condition.atMs === end.atMs ? { ...end, ids: [...end.ids, id] } : { atMs: condition.atMs, ids: [id] };
    }
    before = condition;
  }
  return { news, cursor: end };
}

/** A stable name for what is told. */
export function idOf(...parts: readonly (string | number)[]): string {
  return `evt_${createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32)}`;
}

function tell(
  mesh: string,
  condition: RotationCondition,
  before: RotationCondition | undefined,
  id: string,
): readonly Notification[] {
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
  if (before === undefined || before.state === state) return [];
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

/** What is told when something that stood is over; of an approval nothing, for the state tells it. */
export function overOf(standing: Standing, key: string, atMs: number): readonly Notification[] {
  if (standing.kind === 'approval') return [];
  const { title } = standing;
  return [{ ...standing, id: idOf(key, 'over', atMs), atMs, severity: 'info', title: `${title} is over` }];
}

function textOf(parts: readonly string[]): string {
  const text = parts.join('; ');
  return text.length > maxMessage ? `${text.slice(0, maxMessage - 1)}…` : text;
}
