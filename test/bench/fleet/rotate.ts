import type { Crowd } from './crowd.ts';
import { openWindow, type Window } from './measure-window.ts';
import { untilFinished } from './until-finished.ts';

/** What a rotation took. */
export interface Rotated extends Window {
  /** When it began, by the clock of this machine. */
  readonly startedAtMs: number;
}

/** How a rotation is measured. */
export interface RotateOptions {
  /** Called when it has begun, and its measuring with it. */
  readonly onStarted?: () => void | Promise<void>;
  readonly signal: AbortSignal;
}

const timeoutMs = 3_600_000;

/**
 * Rotates the root once. What it takes counts from mgmt's answer to the start on, until it is FINISHED: making the root, and preflight, which asks each
 * cluster, come before the answer.
 * @throws Error when it fails; the signal's reason
 */
export async function rotate(crowd: Crowd, { onStarted = () => undefined, signal }: RotateOptions): Promise<Rotated> {
  await crowd.api.startRotation(crowd.mesh, { by: 'bench' }, signal);
  const startedAtMs = Date.now();
  const close = await openWindow(crowd);
  await onStarted();
  const finishedAtMs = await untilFinished(crowd, AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]));
  const window = await close();
  return { ...window, startedAtMs, seconds: (finishedAtMs - startedAtMs) / 1_000 };
}
