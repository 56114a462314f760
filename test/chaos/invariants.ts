import type { AuditEntry } from '@reroot/shared/audit';
import type { TrafficCount } from '@reroot/simulator/fleet-launcher';
import type { Plan } from './plan.ts';

/** What an invariant is called, in reports and in docs/chaos.md. */
export type Invariant =
  | 'handshakes'
  | 'generations'
  | 'journal-chain'
  | 'transitions'
  | 'terminal-state'
  | 'trust-as-recorded'
  | 'stale-acts'
  | 'processes';

/** An invariant that did not hold, and what was seen. */
export interface Violation {
  readonly invariant: Invariant;
  readonly message: string;
}

/**
 * A handshake that fails for one of these was not refused: nobody has looked at a certificate and found it wanting. Every other reason
 * is OpenSSL's verdict on a chain, or a name that is not the one that was asked for.
 */
const unfinished: readonly string[] = ['TIMEOUT', 'CLOSED', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE'];

/**
 * Whether handshakes may remain unfinished: only where both their ends, the process of the clusters, stand still, where a workload is
 * made anew, or where this machine has kept that process waiting for a processor.
 */
function allowsUnfinished({ faults }: Plan, machine: 'starved' | 'free'): boolean {
  if (machine === 'starved') return true;
  return faults.some(({ fault }) => {
    if (fault.kind === 'pause') return fault.part === 'clusters';
    return fault.kind === 'restart' && fault.pod.startsWith('web');
  });
}

/** Handshakes that have failed since a look. Nothing allows that one is refused. */
export function judgeTraffic(
  before: TrafficCount,
  after: TrafficCount,
  plan: Plan,
  machine: 'starved' | 'free',
): readonly Violation[] {
  const mayRemain = allowsUnfinished(plan, machine);
  return Object.entries(after.byReason).flatMap(([reason, count]) => {
    const more = count - (before.byReason[reason] ?? 0);
    if (more <= 0 || (mayRemain && unfinished.includes(reason))) return [];
    return [{ invariant: 'handshakes', message: `${more} handshakes failed with ${reason}, which the plan does not allow` }];
  });
}

/** What an agent, or mgmt, has come to at a moment. */
export interface Mark {
  readonly term: number;
  readonly generation: number;
}

/** Neither may go back: term before generation at an agent, which takes both from what it has accepted. */
export function judgeMark(who: string, before: Mark | undefined, now: Mark): readonly Violation[] {
  if (before === undefined) return [];
  const back = now.term < before.term || now.generation < before.generation;
  if (!back) return [];
  const text = ({ term, generation }: Mark): string => `term ${term} generation ${generation}`;
  return [{ invariant: 'generations', message: `${who} went back from ${text(before)} to ${text(now)}` }];
}

/**
 * Each transition begins in the state that the one before it ended in, so that none is made twice and none is lost; no generation is
 * lower than one before; and each start of mgmt has a higher term.
 */
export function judgeTransitions(entries: readonly AuditEntry[]): readonly Violation[] {
  const violations: Violation[] = [];
  const add = (message: string): void => void violations.push({ invariant: 'transitions', message });
  let state: string | undefined;
  let generation = 0;
  let term = 0;
  for (const { seq, action, facts, ...entry } of entries) {
    if (action === 'mgmt.start') {
      const next = Number(facts?.['term']);
      if (!(next > term)) add(`entry ${seq}: mgmt starts with term ${next} after term ${term}`);
      term = next;
    }
    const from = facts?.['from'];
    if (typeof from !== 'string' || entry.state === undefined) continue;
    if (state !== undefined && from !== state) add(`entry ${seq}: a transition ${from} -> ${entry.state} in state ${state}`);
    if (entry.generation !== undefined && entry.generation < generation)
      add(`entry ${seq}: generation ${entry.generation} after generation ${generation}`);
    state = entry.state;
    generation = Math.max(generation, entry.generation ?? 0);
  }
  return violations;
}

/** What one thing in a cluster trusts, or signs with. */
export interface HeldRoots {
  /** `cluster-1: Secret`, `cluster-2: workload web-1`. */
  readonly place: string;
  readonly roots: readonly string[];
}

/** At rest every place holds the root of the record and nothing else. */
export function judgeHeld(root: string, held: readonly HeldRoots[]): readonly Violation[] {
  return held
    .filter(({ roots }) => new Set(roots).size !== 1 || roots[0] !== root)
    .map(({ place, roots }) => ({
      invariant: 'trust-as-recorded',
      message: `${place} holds [${roots.map(short).join(' ')}], and the record says ${short(root)}`,
    }));
}

function short(fingerprint: string): string {
  return fingerprint.slice(0, 8);
}
