import type { Verdict } from '@reroot/shared/api';
import {
  type AuditEntry,
  type AuditHead,
  type ChainedEntry,
  digestOfEntry,
  linkHash,
  originHash,
  signHead,
} from '@reroot/shared/audit';
import { systemClock } from '@reroot/shared/clock';
import type { Identity } from '@reroot/shared/protocol';

/** Who acts, by what mgmt knows them, and what they gave as their reason. */
export interface Actor {
  readonly name: string;
  readonly via: string;
  readonly why?: string;
}

/** What an entry says besides its place and who acts. */
export type AuditDraft = Omit<AuditEntry, 'seq' | 'atMs' | 'by' | 'why' | 'kind'> &
  Partial<Pick<AuditEntry, 'by' | 'why'>> & {
    /** `change`: an act where somebody acts, else a transition. */
    readonly kind: AuditEntry['kind'] | 'change';
    readonly action: string;
    readonly message: string;
  };

/** What the journal works with. */
export interface AuditOptions {
  /** Signs the head with each entry; heads are unsigned, and so not kept, where it is left out. */
  readonly identity?: Pick<Identity, 'publicKeyDer' | 'sign'>;
  /** Who acts at present. */
  readonly whoActs?: () => Actor;
  /** Milliseconds since the Unix epoch. */
  readonly now?: () => number;
  /** Called once what was appended is on disk. */
  readonly onAppended?: () => void;
}

/** What was asked for of the journal. */
export interface AuditQuery {
  /** Only entries after this one; 0 for all. */
  readonly after: number;
  readonly limit: number;
  readonly rotationId?: string | undefined;
}

/** A part of the journal. */
export interface AuditPage {
  /** Oldest first. */
  readonly entries: readonly ChainedEntry[];
  /** The signed heads that stand at one of these entries; they are kept at every 256th, at the end of a rotation, and for the last one. */
  readonly heads: readonly AuditHead[];
  /** Of the whole journal. */
  readonly head: AuditHead | undefined;
  /** How many entries there are in all. */
  readonly total: number;
}

/** What reroot does by itself. */
export const itself: Actor = { name: 'reroot', via: 'itself' };

/** A head is kept for every so many entries, whatever they are. */
const keptHeadEvery = 256;

/** At these a rotation has come to an end, one way or another. */
const terminalStates: ReadonlySet<string | undefined> = new Set(['NOT_ROTATING', 'FINISHED', 'FAILED', 'PREVIOUS_CA']);

/** An entry with the head that stands at it. */
export interface Appended {
  readonly chained: ChainedEntry;
  readonly head: AuditHead | undefined;
  /** Whether the head stays once another entry follows. */
  readonly keepsHead: 'always' | 'until-next';
}

/**
 * The entry that follows.
 * @param last the hash and number of the one before; undefined for the first
 */
export function nextEntry(
  { kind, by, why, ...draft }: AuditDraft,
  last: { readonly seq: number; readonly hash: string } | undefined,
  { identity, whoActs = () => itself, now = () => systemClock.now() }: AuditOptions,
): Appended {
  const actor = by === undefined ? whoActs() : { ...by };
  const reason = why ?? ('why' in actor ? actor.why : undefined);
  const atMs = now();
  const entry: AuditEntry = {
    ...draft,
    ...{ seq: (last?.seq ?? 0) + 1, atMs, by: { name: actor.name, via: actor.via } },
    kind: kind === 'change' ? kindOf(actor) : kind,
    ...(reason === undefined ? {} : { why: reason }),
  };
  const previous = last?.hash ?? originHash;
  const hash = linkHash(previous, digestOfEntry(entry));
  const head = identity === undefined ? undefined : signHead(identity, { seq: entry.seq, hash, atMs });
  const keepsHead = entry.seq % keptHeadEvery === 0 || terminalStates.has(entry.state) ? 'always' : 'until-next';
  return { chained: { previous, hash, entry }, head, keepsHead };
}

function kindOf({ via }: Actor): 'act' | 'transition' {
  return via === itself.via ? 'transition' : 'act';
}

/** The part of a verdict that the journal keeps: its laggards are counted. */
export function verdictInJournal({ passed, reason, message, laggardCount }: Verdict): NonNullable<AuditEntry['verdict']> {
  return { passed, reason, message, laggards: laggardCount };
}
