import {
  awaitsDecision,
  awaitsVerification,
  durationText,
  type MeshStatus,
  noPaint,
  printable,
  renderClusters,
  rowText,
  verifyAdvice,
  verifyCommand,
} from '@reroot/shared/api';
import type { Clock } from '@reroot/shared/clock';
import type { TrafficCount } from '../control/controlled-fleet.ts';
import { reasonsText, type Summary } from './summary.ts';

/** Tells a person what happens, line after line. */
export interface Narrator {
  say(line: string): void;
  /** To be called at each look at a mesh that is not whole yet; tells what it waits for. */
  await(status: MeshStatus): void;
  /** To be called at each look at the mesh; tells what has changed. */
  look(status: MeshStatus, server: string): void;
  /**
   * A row of the table has come to its end.
   * @param last what was seen of it last: the report that completes the proof puts the next row in force at once
   * @param durationMs how long the handshakes were counted
   */
  closeStep(last: MeshStatus, handshakes: TrafficCount, durationMs: number): void;
  /** The rotation is over. */
  close(status: MeshStatus, summary: Summary, shortcoming: string | undefined): void;
  /**
   * How to go on with a fleet that is left running.
   * @param more lines on other ways to look at it
   */
  explainCli(server: string, more: readonly string[]): void;
}

/** Evidence changes many times a second; more lines than this nobody reads. */
const verdictIntervalMs = 1_000;

const indent = ' '.repeat(11);

const meanings: Readonly<Record<MeshStatus['step'], string>> = {
  PREVIOUS_CA: 'everything trusts the old root A alone, as before',
  ADDING_NEW_ROOT: 'everything learns to trust the new root B too, while the old root A signs',
  PROPAGATING_NEW_INTERMEDIATE: 'the new root B signs while both are trusted, and every workload gets a new certificate',
  DELETING_OLD_ROOT: 'the new root B signs, and the old root A is no longer trusted',
};

/**
 * Lines are stamped with the seconds since the narrator was made.
 * @param handshakes what is counted
 */
export function createNarrator(write: (text: string) => void, clock: Clock, handshakes: string): Narrator {
  const startMs = clock.now();
  const say = (line: string): void => {
    write(`[${((clock.now() - startMs) / 1000).toFixed(1).padStart(6)} s] ${line}\n`);
  };
  const add = (lines: readonly string[]): void => {
    write(lines.map((line) => `${indent}${line}\n`).join(''));
  };
  const openStep = createStepOpening(say);
  const showVerdict = createVerdictLine(say, clock);
  const hint = createVerifyHint({ say, add, write, clock });
  return {
    say,
    await: showVerdict,
    look: (status, server) => {
      openStep(status);
      showVerdict(status);
      hint(status, server);
    },
    closeStep: (last, traffic, durationMs) => {
      if (!awaitsVerification(last))
        add(['the last look before the last proof came in:', ...renderClusters(last, noPaint, clock.now())]);
      say(`  ${last.step} is proven; meanwhile ${trafficText(traffic, handshakes)}${rateText(traffic, durationMs)}`);
    },
    close: (status, summary, shortcoming) => {
      say(`${status.state} after ${durationText(summary.durationMs)}: ${printable(status.verdict.message)}`);
      add([...renderClusters(status, noPaint, clock.now()), `in all ${trafficText(summary.handshakes, handshakes)}`]);
      if (summary.explanation !== undefined) add([summary.explanation]);
      if (shortcoming !== undefined) say(`this is not what the demo is to show: ${shortcoming}`);
    },
    explainCli: (server, more) => {
      say('everything is left running until Ctrl-C. In another terminal:');
      add(['status --watch', 'rotate', 'history'].map((verb) => `./dev reroot --server ${server} ${verb}`));
      add(more);
    },
  };
}

/** Says once for each generation which row is now in force. */
function createStepOpening(say: (line: string) => void): (status: MeshStatus) => void {
  let shown: number | undefined;
  return ({ step, state, direction, generation }) => {
    if (generation === shown) return;
    shown = generation;
    if (state !== 'FINISHED')
      say(`${direction === 'back' ? `ROLLING_BACK to ${step}` : step} ${rowText(step)}: ${meanings[step]}`);
  };
}

/** Says what is waited for when that changes. */
function createVerdictLine(say: (line: string) => void, clock: Clock): (status: MeshStatus) => void {
  let shown = '';
  let shownAtMs = 0;
  return (status) => {
    const { generation, verdict } = status;
    const line = `${generation} ${verdict.message}`;
    if (verdict.passed || awaitsVerification(status) || line === shown || clock.now() - shownAtMs < verdictIntervalMs) return;
    shown = line;
    shownAtMs = clock.now();
    say(`  ${printable(verdict.message)}`);
  };
}

interface HintOptions {
  readonly say: (line: string) => void;
  readonly add: (lines: readonly string[]) => void;
  readonly write: (text: string) => void;
  readonly clock: Clock;
}

/** Says once for each generation what a person types to let the step pass. */
function createVerifyHint({ say, add, write, clock }: HintOptions): (status: MeshStatus, server: string) => void {
  let hinted: number | undefined;
  return (status, server) => {
    // After a failure the demo is over.
    const turned = status.state === 'VERIFIED' && awaitsDecision(status);
    if (!(awaitsVerification(status) || turned) || hinted === status.generation) return;
    hinted = status.generation;
    add(renderClusters(status, noPaint, clock.now()));
    const { situation, purpose, otherwise } = verifyAdvice(status);
    say(`  ${situation}. In another terminal, ${purpose}, type`);
    // At the start of a line and alone on it, to be copied.
    write(`${verifyCommand(status, `./dev reroot --server ${server}`) ?? ''}\n`);
    if (otherwise !== undefined) add([otherwise]);
  };
}

/** `320 handshakes ok, 2 failed (2 UNKNOWN_CA)` */
function trafficText(traffic: TrafficCount, handshakes: string): string {
  const reasons = traffic.failed === 0 ? '' : ` (${reasonsText(traffic)})`;
  return `${traffic.ok} ${handshakes} ok, ${traffic.failed} failed${reasons}`;
}

/** `, 98 a second` */
function rateText({ ok, failed }: TrafficCount, durationMs: number): string {
  return durationMs > 0 ? `, ${Math.round(((ok + failed) * 1_000) / durationMs)} a second` : '';
}
