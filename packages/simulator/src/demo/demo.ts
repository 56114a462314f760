import { once } from 'node:events';
import { type MeshStatus, type RotationStatus, shortFingerprint } from '@reroot/shared/api';
import type { Clock } from '@reroot/shared/clock';
import { RerootError } from '@reroot/shared/errors';
import type { TrafficCount } from '../control/controlled-fleet.ts';
import type { Fleet } from './launch-fleet.ts';
import { lookIntervalMs, makeMesh } from './make-mesh.ts';
import { createNarrator, type Narrator } from './narrator.ts';
import type { DemoOptions } from './options.ts';
import { type Summary, shortcomingOf, summarise, trafficBetween } from './summary.ts';

/** What a demo needs of whoever launches its fleet. */
export interface LaunchSurroundings {
  readonly mesh: string;
  readonly signal: AbortSignal;
  /** Told what is being started. */
  readonly onProgress: (line: string) => void;
}

/** What a demo is played with: how its fleet is launched, and what is said about it. */
export interface Staging<Launched extends Fleet = Fleet> {
  /** Who plays, for the first line: `3 simulated clusters`. */
  readonly cast: string;
  /** What is counted: `handshakes`, or more exactly between whom. */
  readonly handshakes: string;
  /** How long the mesh may take to hold its first root at the longest. */
  readonly settleTimeoutMs: number;
  /** What it started is stopped when it fails. */
  readonly launch: (surroundings: LaunchSurroundings) => Promise<Launched>;
  /** More to be told when the rotation is over. */
  readonly tellMore?: (fleet: Launched, signal: AbortSignal) => Promise<readonly string[]>;
  /** How a person looks at a fleet that is left running, beside the client of reroot. */
  readonly explain?: (fleet: Launched) => readonly string[];
}

/** The process around it. */
export interface DemoShell {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

const meshName = 'demo';
/** The largest keys that are usual, so that nothing is quick because it is small. */
const meshOfDemo = { name: meshName, rootAlgorithm: 'KEY_ALGORITHM_RSA' } as const;
/** How long traffic goes on after the end: what is wrong with the last step shows only then. */
const epilogueMs = 3_000;
const fewestHandshakes = 1_000;

/** What every act of the demo needs. */
interface Stage {
  readonly fleet: Fleet;
  readonly narrator: Narrator;
  readonly clock: Clock;
  /** Aborts when the person interrupts or a process of the fleet dies. */
  readonly signal: AbortSignal;
}

/** Handshakes so far, at a moment. */
interface Reading {
  readonly count: TrafficCount;
  readonly atMs: number;
}

/**
 * Launches a fleet, rotates the root of its mesh under traffic and says what happened.
 * @throws RR_DEMO_FAILED when the rotation does not finish, a cluster does not hold the new root alone, or, with
 *   strategy MULTI_ROOT, a handshake failed
 */
export async function runDemo<Launched extends Fleet>(
  options: DemoOptions,
  staging: Staging<Launched>,
  shell: DemoShell,
): Promise<void> {
  const { strategy, verification, rate } = options;
  const narrator = createNarrator(options.json ? shell.err : shell.out, shell.clock, staging.handshakes);
  narrator.say(
    `reroot demo: ${staging.cast}, strategy ${strategy}, verification ${verification}, ${rate} new handshakes a second`,
  );
  const onProgress = (line: string): void => {
    narrator.say(line);
  };
  const fleet = await staging.launch({ mesh: meshName, signal: shell.signal, onProgress });
  try {
    const stage = { fleet, narrator, clock: shell.clock, signal: AbortSignal.any([shell.signal, fleet.broken]) };
    await makeMesh(stage, { ...meshOfDemo, settleTimeoutMs: staging.settleTimeoutMs });
    const { summary, rotation } = await rotate(stage, options);
    for (const line of (await staging.tellMore?.(fleet, stage.signal)) ?? []) narrator.say(line);
    if (options.json) shell.out(`${JSON.stringify(summary)}\n`);
    const shortcoming = shortcomingOf(summary, rotation);
    if (options.keep) await keepRunning(stage, staging.explain?.(fleet) ?? [], shell.signal);
    if (shortcoming !== undefined) throw new RerootError('RR_DEMO_FAILED', shortcoming);
  } finally {
    await fleet.stop();
  }
}

/** Rotates and follows to the end, and lets traffic go on for a while. */
async function rotate(
  stage: Stage,
  { strategy, verification }: DemoOptions,
): Promise<{ readonly summary: Summary; readonly rotation: RotationStatus }> {
  const { fleet, narrator, signal } = stage;
  const before = await readTraffic(stage);
  const { rotation } = await fleet.api.startRotation(meshName, { by: 'demo', strategy, verification }, signal);
  if (rotation === undefined) throw new RerootError('RR_INTERNAL', 'mgmt started a rotation and does not show it');
  narrator.say(
    `the rotation has started: root A ${shortFingerprint(rotation.oldRoot)}, root B ${shortFingerprint(rotation.newRoot)}`,
  );
  await followSteps(stage, before);
  narrator.say(`traffic goes on for a while, until ${fewestHandshakes} handshakes at the least`);
  const handshakes = await letTrafficGoOn(stage, before.count);
  const [status, history] = [await fleet.api.readMesh(meshName, signal), await fleet.api.readHistory(meshName, signal)];
  const summary = summarise({ status, rotation, history, handshakes });
  narrator.close(status, summary, shortcomingOf(summary, rotation));
  return { summary, rotation };
}

/** Looks at the mesh until its rotation is over; each change of the row closes the step before. */
async function followSteps(stage: Stage, start: Reading): Promise<void> {
  const { fleet, narrator, clock, signal } = stage;
  let last: MeshStatus | undefined;
  let stepStart = start;
  for (;;) {
    const status = await fleet.api.readMesh(meshName, signal);
    const over = isOver(status);
    if (last !== undefined && (over || status.generation !== last.generation)) {
      const now = await readTraffic(stage);
      narrator.closeStep(last, trafficBetween(stepStart.count, now.count), now.atMs - stepStart.atMs);
      stepStart = now;
    }
    narrator.look(status, fleet.api.server);
    if (over) return;
    last = status;
    await clock.sleep(lookIntervalMs, signal);
  }
}

async function readTraffic({ fleet, clock, signal }: Stage): Promise<Reading> {
  return { count: await fleet.control.traffic(signal), atMs: clock.now() };
}

function isOver({ state }: MeshStatus): boolean {
  // A person at the command line may have aborted it.
  return state === 'FINISHED' || state === 'FAILED' || state === 'PREVIOUS_CA' || state === 'NOT_ROTATING';
}

async function letTrafficGoOn({ fleet, clock, signal }: Stage, before: TrafficCount): Promise<TrafficCount> {
  await clock.sleep(epilogueMs, signal);
  for (;;) {
    const handshakes = trafficBetween(before, await fleet.control.traffic(signal));
    if (handshakes.ok + handshakes.failed >= fewestHandshakes) return handshakes;
    await clock.sleep(lookIntervalMs, signal);
  }
}

/** Leaves everything running until the person has seen enough. */
async function keepRunning({ fleet, narrator, signal }: Stage, more: readonly string[], interrupted: AbortSignal): Promise<void> {
  narrator.explainCli(fleet.api.server, more);
  await once(signal, 'abort');
  // A process that dies is an error also now; an interrupt is how this ends.
  if (!interrupted.aborted) signal.throwIfAborted();
}
