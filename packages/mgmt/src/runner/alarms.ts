import type { Clock } from '@reroot/shared/clock';
import type { Log } from '@reroot/shared/log';
import { defaultGraceRatio } from '@reroot/shared/protocol';
import { backdateMs } from '../authorities/index.ts';
import type { MeshSpec } from '../mesh/index.ts';
import { type AlarmPolicy, findAlarms, type Snapshot } from '../rotation/index.ts';
import type { MeshView } from './mesh-view.ts';

const dayMs = 86_400_000;

/** What of a spec alarms depend on. */
export function alarmPolicyOf({ intermediate, rotation }: MeshSpec): AlarmPolicy {
  const { ttlDays, graceRatio } = intermediate;
  return {
    rootGraceRatio: rotation.rootGraceRatio,
    intermediateTtlMs: ttlDays * dayMs,
    intermediateGraceRatio: graceRatio > 0 ? graceRatio : defaultGraceRatio,
    backdateMs,
  };
}

/** Says alarms in the log: each once when it comes up, and once when it is over. */
export interface AlarmLog {
  /** Looks for alarms, not more often than once a minute: they are matters of days. */
  look(view: MeshView, snapshot: Snapshot): void;
}

const lookEveryMs = 60_000;

/** @param log names the mesh already */
export function createAlarmLog(log: Log, clock: Clock): AlarmLog {
  let raised = new Map<string, string>();
  let lookAtMs = 0;
  return {
    look: ({ stored: { record, spec } }, snapshot) => {
      const nowMs = clock.now();
      if (nowMs < lookAtMs) return;
      lookAtMs = nowMs + lookEveryMs;
      const alarms = findAlarms(record, snapshot, alarmPolicyOf(spec), nowMs);
      const found = new Map(alarms.map((alarm) => [`${alarm.severity} ${alarm.reason} ${alarm.cluster ?? ''}`, alarm]));
      for (const [key, { severity, reason, message }] of found) {
        if (!raised.has(key)) log.warn({ severity, reason, message }, 'an alarm was raised');
      }
      for (const [key, message] of raised) if (!found.has(key)) log.info({ message }, 'an alarm is over');
      raised = new Map([...found].map(([key, { message }]) => [key, message]));
    },
  };
}
