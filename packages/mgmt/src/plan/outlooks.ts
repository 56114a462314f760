import type { Step } from '@reroot/shared/protocol';
import { windowAt } from '../mesh/index.ts';
import { defaultAutomaticPolicy, isMember } from '../rotation/index.ts';
import type { Absence } from './absence.ts';
import { answerRange, type Estimate, type EstimateFacts, estimateProof } from './estimate.ts';
import type { PlanFacts } from './plan-facts.ts';
import type { PlannedStart } from './planned-start.ts';
import type { Timelines } from './planned-time.ts';
import { type Pace, planTimeline, type Timeline } from './timeline.ts';

/** What the timelines of a plan are made from. */
export interface OutlookFacts {
  readonly facts: PlanFacts;
  readonly start: PlannedStart;
  readonly estimates: EstimateFacts;
  readonly upToDate: ReadonlySet<string>;
}

type Look = 'soonest' | 'likely' | 'latest';

/** Where everything goes as quickly as it can, as it is likely to go, and as slowly as it may. */
export function planOutlooks(outlook: OutlookFacts, { known, likely }: Absences): Timelines {
  return {
    soonest: planOutlook(outlook, 'soonest', known),
    likely: planOutlook(outlook, 'likely', likely),
    latest: planOutlook(outlook, 'latest', known),
  };
}

/** Who is taken to be away: those who are asked about, and with those who are silent anyhow. */
export interface Absences {
  readonly known: Absence | undefined;
  readonly likely: Absence | undefined;
}

/** One of them. */
export function planOutlook({ facts, start, estimates, upToDate }: OutlookFacts, look: Look, absence?: Absence): Timeline {
  const { spec, snapshot } = facts;
  const { record, policy, startMs } = start;
  const opensAtMs = (atMs: number): number => {
    // A rotation in an emergency waits for no window.
    if (!Number.isFinite(atMs) || record.rotation?.emergency?.approval !== undefined) return atMs;
    const window = windowAt(spec.maintenanceWindows, atMs);
    return window.kind === 'open' ? atMs : (window.opensAtMs ?? Number.POSITIVE_INFINITY);
  };
  const pace: Pace = {
    proofMs: (step: Step, clusters) => spanOf(estimateProof(step, clusters, estimates), look),
    answerMs: look === 'latest' ? Number.POSITIVE_INFINITY : answerRange[look === 'soonest' ? 0 : 1],
    verifyMs: verifyMs(look, policy.automatic ?? defaultAutomaticPolicy),
  };
  // Nobody knows when a person approves an emergency; the soonest and the likely times are counted from now.
  const endless = look === 'latest' && start.awaits === 'approval';
  const nobody = !snapshot.clusters.some((cluster) => isMember(record, cluster));
  const beginsMs = endless || nobody ? Number.POSITIVE_INFINITY : startMs;
  return planTimeline({ record, policy, clusters: snapshot.clusters, startMs, beginsMs, opensAtMs, pace, upToDate, absence });
}

function spanOf({ soonestMs, likelyMs, latestMs }: Estimate, look: Look): number {
  return { soonest: soonestMs, likely: likelyMs, latest: latestMs }[look];
}

/** The checks take some seconds; when they are not done at the end of their time the step has failed. */
function verifyMs(look: Look, { soakMs, timeoutMs }: { readonly soakMs: number; readonly timeoutMs: number }): number {
  return { soonest: soakMs, likely: soakMs + 5_000, latest: Math.max(timeoutMs, soakMs + 5_000) }[look];
}
