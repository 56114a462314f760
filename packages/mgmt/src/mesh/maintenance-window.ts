import { errorMessage } from '@reroot/shared/errors';
import { Cron } from 'croner';
import type { Window } from '../rotation/index.ts';

/** A recurring time in which steps may begin. */
export interface MaintenanceWindow {
  /** When it opens: minute, hour, day of month, month, day of week. */
  readonly cron: string;
  /** How long it stays open, in time that passes: a change of the clock makes it neither longer nor shorter. */
  readonly durationMs: number;
  /** IANA time zone that `cron` is read in. */
  readonly timeZone: string;
}

/**
 * Whether a step may begin. Pure: what is kept are compiled patterns alone.
 * @param windows those of the spec; none means that it may begin at any time
 */
export function windowAt(windows: readonly MaintenanceWindow[], nowMs: number): Window {
  if (windows.length === 0 || windows.some((window) => isWithin(window, nowMs))) return { kind: 'open' };
  const openings = windows.map((window) => nextStartMs(window, nowMs)).filter((startMs) => startMs !== undefined);
  return { kind: 'closed', opensAtMs: openings.length === 0 ? undefined : Math.min(...openings) };
}

/** What is wrong with a pattern, for people; undefined when there are times that it describes. */
export function findCronProblem(cron: string): string | undefined {
  // Croner also takes dates, seconds and years.
  if (cron.trim().split(/\s+/).length !== 5) return 'must have five fields: minute, hour, day of month, month, day of week';
  try {
    return compile(cron, 'UTC').nextRun(new Date(0)) === null ? 'describes a time that never comes' : undefined;
  } catch (error) {
    return `is no cron pattern: ${errorMessage(error).replace(/^CronPattern: /, '')}`;
  }
}

function isWithin(window: MaintenanceWindow, nowMs: number): boolean {
  // Croner looks for starts before the moment it is given, and one that begins now counts.
  const [start] = compile(window.cron, window.timeZone).previousRuns(1, new Date(nowMs + 1));
  return start !== undefined && nowMs - start.getTime() < window.durationMs;
}

function nextStartMs(window: MaintenanceWindow, nowMs: number): number | undefined {
  return compile(window.cron, window.timeZone).nextRun(new Date(nowMs))?.getTime();
}

const compiled = new Map<string, Cron>();

/** More than a mgmt has patterns in use; beyond it they are compiled anew, so that edits of a spec cannot pile up. */
const maxCompiled = 1000;

/** Without a function to call, croner sets no timer. */
function compile(cron: string, timeZone: string): Cron {
  const key = `${timeZone} ${cron}`;
  const known = compiled.get(key);
  if (known !== undefined) return known;
  const pattern = new Cron(cron, { mode: '5-part', timezone: timeZone });
  if (compiled.size >= maxCompiled) compiled.clear();
  compiled.set(key, pattern);
  return pattern;
}
