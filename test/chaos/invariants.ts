import type { AuditEntry } from '@reroot/shared/audit';
import type { TrafficReport } from '@reroot/simulator/fleet-launcher';
import type { Plan } from './plan.ts';

/** What an invariant is called, in reports and in docs/chaos.md. */
export type Invariant =
  | 'handshakes'
  | 'generations'
  | 'journal-chain'
  | 'transitions'
  | 'terminal-state'
  | 'trust-as-recorded'
  | 'gate'
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

/** What of failed handshakes is allowed, besides what the plan says by itself. */
export interface TrafficAllowance {
  readonly machine: 'starved' | 'free';
  /** Clusters that an operator has excluded: two rows may lie between them and the others, and none within one of them. */
  readonly excluded: ReadonlySet<string>;
}

type Pairs = Pick<TrafficReport, 'byPair'>;

/** Handshakes that have failed since a look. Nothing allows that one is refused, but that one of the two clusters was excluded. */
export function judgeTraffic(
  before: Pairs,
  after: Pairs,
  plan: Plan,
  { machine, excluded }: TrafficAllowance,
): readonly Violation[] {
  const mayRemain = allowsUnfinished(plan, machine);
  return Object.entries(after.byPair).flatMap(([pair, { byReason }]) => {
    const [from = '', to = ''] = pair.split('>');
    const mayRefuse = from !== to && (excluded.has(from) || excluded.has(to));
    return Object.entries(byReason).flatMap(([reason, count]): readonly Violation[] => {
      const more = count - (before.byPair[pair]?.byReason[reason] ?? 0);
      const isAllowed = unfinished.includes(reason) ? mayRemain : mayRefuse;
      if (more <= 0 || isAllowed) return [];
      const message = `${more} handshakes of ${pair} failed with ${reason}, which the plan does not allow`;
      return [{ invariant: 'handshakes', message }];
    });
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

/** Where mgmt verifies by itself, no step of a rotation passes that the other system has not let pass. */
export function judgeGate(entries: readonly AuditEntry[], passed: ReadonlySet<number>): readonly Violation[] {
  return entries.flatMap(({ seq, state, generation, by, facts }): readonly Violation[] => {
    if (state !== 'VERIFIED' || facts?.['from'] !== 'VERIFYING' || by.via !== 'itself') return [];
    if (generation === undefined || passed.has(generation)) return [];
    return [{ invariant: 'gate', message: `entry ${seq}: generation ${generation} is verified, and was never let pass` }];
  });
}

/** What one act was answered with each time that it was sent: the status and the text, or `no answer`. */
export interface RepeatAnswers {
  readonly first: string;
  /** With the key of the first one. */
  readonly again: string;
  readonly withOtherKey: string;
}

/**
 * One act with one key is answered in one way. An answer that was taken ends the generation that it names, so the same one with another
 * key comes too late, whatever has happened between.
 */
export function judgeRepeat({ first, again, withOtherKey }: RepeatAnswers): readonly Violation[] {
  const violations: Violation[] = [];
  const add = (how: string, before: string, after: string): void => {
    const message = `one act sent twice with ${how}: ${before.slice(0, 80)}, then ${after.slice(0, 200)}`;
    violations.push({ invariant: 'stale-acts', message });
  };
  if (isTaken(first) && /^[1-4]\d\d/.test(again) && !isTaken(again)) add('one key', first, again);
  const taken = [first, again].find(isTaken);
  if (taken !== undefined && isTaken(withOtherKey)) add('two keys', taken, withOtherKey);
  return violations;
}

function isTaken(answer: string): boolean {
  return answer.startsWith('200');
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
