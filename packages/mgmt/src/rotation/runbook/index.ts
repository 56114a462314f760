export { type AlarmReason, alarmRunbook, driftAlarms } from './alarm-runbook.ts';
export { type Advice, gateRunbook, type VerdictReason } from './gate-runbook.ts';
