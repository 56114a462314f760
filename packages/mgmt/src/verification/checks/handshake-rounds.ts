import type { Laggard } from '@reroot/shared/api';
import type { Evidence } from '../../store/index.ts';
import type { CheckContext, CheckResult } from '../check.ts';
import type { HandshakeConductor, HandshakeOutcome, PlannedHandshake } from '../handshake-conductor.ts';
import type { Subject } from '../subject.ts';

/** One that does not come out as it shall is made so often before it counts: a replica may have been restarting. */
const attemptsBeforeFailure = 3;

/** How often how far it is is said: a thousand handshakes need not be a thousand messages. */
const progressEvery = 10;

/** How a handshake stands. */
interface Standing {
  readonly planned: PlannedHandshake;
  readonly last: HandshakeOutcome;
  /** How often in a row it has come out as it shall not. */
  readonly failures: number;
}

/** Handshakes in rounds: what has come out as it shall is not made again, and what has not is. */
export interface HandshakeRounds {
  round(context: CheckContext, plan: readonly PlannedHandshake[]): Promise<CheckResult>;
}

/** Starts with none made. */
export function createHandshakeRounds(conductor: HandshakeConductor, what: string): HandshakeRounds {
  const standings = new Map<string, Standing>();
  return {
    round: async (context, plan) => {
      // Of clusters that have gone meanwhile nothing is asked any more.
      const wanted = new Set(plan.map(({ id }) => id));
      for (const id of [...standings.keys()]) if (!wanted.has(id)) standings.delete(id);
      for (let attempt = 0; attempt < attemptsBeforeFailure; attempt += 1) {
        const pending = plan.filter(({ id }) => isPending(standings.get(id)));
        if (pending.length === 0) break;
        await conductAll(conductor, context, plan, pending, standings);
        if (![...standings.values()].some(isDoubtful)) break;
      }
      return judge(what, plan, standings);
    },
  };
}

async function conductAll(
  conductor: HandshakeConductor,
  { subject, signal, progress }: CheckContext,
  plan: readonly PlannedHandshake[],
  pending: readonly PlannedHandshake[],
  standings: Map<string, Standing>,
): Promise<void> {
  const plannedById = new Map(pending.map((planned) => [planned.id, planned]));
  let heard = 0;
  const now: Subject = subject();
  progress(progressText(plan, standings));
  await conductor.conduct(now, pending, {
    signal,
    onOutcome: (outcome) => {
      const planned = plannedById.get(outcome.id);
      if (planned === undefined) return;
      const failures = isAmiss(planned, outcome) ? (standings.get(outcome.id)?.failures ?? 0) + 1 : 0;
      standings.set(outcome.id, { planned, last: outcome, failures });
      heard += 1;
      if (heard % progressEvery === 0) progress(progressText(plan, standings));
    },
  });
}

function progressText(plan: readonly PlannedHandshake[], standings: ReadonlyMap<string, Standing>): string {
  return `${[...standings.values()].filter(isAsItShall).length} of ${plan.length}`;
}

function isAsItShall({ planned, last }: Standing): boolean {
  return last.outcome === planned.expects;
}

function isAmiss({ expects }: PlannedHandshake, { outcome }: HandshakeOutcome): boolean {
  return (outcome === 'accepted' || outcome === 'refused') && outcome !== expects;
}

function isPending(standing: Standing | undefined): boolean {
  return standing === undefined || !(isAsItShall(standing) || standing.failures >= attemptsBeforeFailure);
}

/** It has come out as it shall not, and may yet come out otherwise. */
function isDoubtful({ failures }: Standing): boolean {
  return failures > 0 && failures < attemptsBeforeFailure;
}

function judge(what: string, plan: readonly PlannedHandshake[], standings: ReadonlyMap<string, Standing>): CheckResult {
  const all = plan.map((planned) => ({ planned, standing: standings.get(planned.id) }));
  const failed = all.filter(({ standing }) => standing !== undefined && standing.failures >= attemptsBeforeFailure);
  const missing = all.filter(({ standing }) => isPending(standing));
  const good = plan.length - failed.length - missing.length;
  const evidence: Evidence = {
    counts: { planned: plan.length, asTheyShall: good, otherwise: failed.length, unavailable: missing.length },
    handshakes: all.flatMap(({ planned, standing }) => (standing === undefined ? [] : [describe(planned, standing.last)])),
  };
  if (failed.length > 0) {
    const message = `${failed.length} of ${plan.length} handshakes did not come out as they shall`;
    return { outcome: 'failed', message, laggards: laggardsOf(failed, 'HandshakeRefused'), evidence };
  }
  const isImpossible = (each: (typeof missing)[number]): boolean => each.standing?.last.outcome === 'impossible';
  const impossible = missing.find(isImpossible);
  // What can be made is waited for, whatever cannot.
  if (impossible !== undefined && missing.every(isImpossible)) {
    return { outcome: 'impossible', message: impossible.standing?.last.message ?? '', laggards: [], evidence };
  }
  if (missing.length > 0) {
    const message = `${good} of ${plan.length} ${what}; ${missing.length} could not be made`;
    return { outcome: 'unavailable', message, laggards: laggardsOf(missing, 'HandshakeUnavailable'), evidence };
  }
  return { outcome: 'passed', message: `${good} of ${plan.length} ${what}`, laggards: [], evidence };
}

/** Enough to look at; a verdict is no log. */
const maxLaggards = 20;

function laggardsOf(
  among: readonly { readonly planned: PlannedHandshake; readonly standing: Standing | undefined }[],
  reason: string,
): Laggard[] {
  return among.slice(0, maxLaggards).map(({ planned, standing }) => {
    const { laggard = planned.client, message = 'it was not made yet' } = standing?.last ?? {};
    const { client, server, expects } = planned;
    const shall = expects === 'refused' && standing?.last.outcome === 'accepted' ? ', and must be refused' : '';
    return {
      cluster: laggard,
      reason: expects === 'refused' && standing?.last.outcome === 'accepted' ? 'OldRootTrusted' : reason,
      message: `handshake from ${client} to ${server}: ${message}${shall}`,
    };
  });
}

function describe({ expects }: PlannedHandshake, { id, client, server, outcome, message, evidence }: HandshakeOutcome): Evidence {
  return { id, client, server, expects, outcome, message, ...evidence };
}
