import { RerootError } from '@reroot/shared/errors';
import type { Clocks } from '../steady-time.ts';
import type { Tasks } from '../tasks.ts';
import { converse, unavailable } from './converse.ts';
import type { HandshakeOutcome, HandshakeResult, PlannedHandshake } from './outcome.ts';
import { agentParty, newHandshakeId } from './party.ts';
import { beginRound } from './round-deadline.ts';
import { runBounded } from './run-bounded.ts';

/** What conducting handshakes works with. */
export interface ConductOptions extends Clocks {
  readonly mesh: string;
  /** SPIFFE trust domain that every end must be of. */
  readonly trustDomain: string;
  readonly tasks: Pick<Tasks, 'ask'>;
  /** How long all of them may take; what is not made until then is unavailable. */
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
  /** Handshakes at a time; 32 when it is left out. */
  readonly concurrency?: number;
  /** Called with each outcome as it comes. */
  readonly onProgress?: (outcome: HandshakeOutcome) => void;
}

const usualConcurrency = 32;

/** An agent does 16 tasks at a time, and may be at both ends of a handshake. */
const perCluster = 6;

/** How often a handshake is tried that comes to nothing, and how long after. */
const [mostTries, againAfterMs] = [3, 500];

/** What one turn may take: the first one asks istiod for a certificate. */
const turnMs = 10_000;

/** Trying again would bring the same. */
const lasting: ReadonlySet<string> = new Set(['RR_TASK_UNSUPPORTED', 'RR_HANDSHAKE_NO_REPLICA']);

/**
 * Makes the handshakes of a plan: all of one group, so that each replica signs one leaf for all of them.
 * @returns one outcome for each, in the order of the plan
 * @throws the signal's reason
 */
export async function conductHandshakes(
  plan: readonly PlannedHandshake[],
  options: ConductOptions,
): Promise<readonly HandshakeOutcome[]> {
  const { signal, concurrency = usualConcurrency } = options;
  const group = newHandshakeId();
  const { until, end } = beginRound(options);
  try {
    const keysOf = ({ client, server }: PlannedHandshake): readonly string[] => [client.cluster, server.cluster];
    return await runBounded(plan, { concurrency, perKey: perCluster, keysOf }, async (planned) => {
      const outcome = await tryPatiently(planned, group, options, until);
      signal.throwIfAborted();
      options.onProgress?.(outcome);
      return outcome;
    });
  } finally {
    end();
  }
}

async function tryPatiently(
  planned: PlannedHandshake,
  group: string,
  options: ConductOptions,
  until: AbortSignal,
): Promise<HandshakeOutcome> {
  const { clock, steadyClock } = options;
  for (let tries = 1; ; tries += 1) {
    const beganAtMs = steadyClock.now();
    const result = await shakeHands(planned, group, options, until).catch(unavailable);
    const tookMs = Math.round(steadyClock.now() - beganAtMs);
    const isFinal = result.kind !== 'unavailable' || tries >= mostTries || lasting.has(result.code) || until.aborted;
    if (isFinal) return { ...planned, result, atMs: clock.now(), tookMs, tries };
    await steadyClock.sleep(againAfterMs * tries, until).catch(() => undefined);
  }
}

async function shakeHands(
  { client, server }: PlannedHandshake,
  group: string,
  { mesh, trustDomain, tasks }: ConductOptions,
  until: AbortSignal,
): Promise<HandshakeResult> {
  until.throwIfAborted();
  for (const { cluster, replica } of [client, server])
    if (replica === '') throw new RerootError('RR_HANDSHAKE_NO_REPLICA', `no replica of istiod is known in ${cluster}`);
  const session = { mesh, trustDomain, group, session: newHandshakeId(), turnMs };
  return converse(agentParty(tasks, client, 'client', session), agentParty(tasks, server, 'server', session), until);
}
