import { RerootError } from '../errors/index.ts';
import type { AuditHead, ChainedDigest, ChainedEntry } from './audit-entry.ts';
import { checkHead, digestOfEntry, linkHash, originHash } from './chain.ts';

/** Follows a journal from entry to entry. */
export interface ChainCheck {
  /** The next entry, or its place. @throws RR_AUDIT_BROKEN names the first that is wrong */
  take(link: ChainedEntry | ChainedDigest): void;
  /** A head of an entry that was taken, or is yet to be. @throws RR_AUDIT_BROKEN */
  takeHead(head: AuditHead): void;
  /** @throws RR_AUDIT_BROKEN when a head is of an entry that never came */
  finish(): ChainFinding;
}

/** What a journal that holds has shown. */
export interface ChainFinding {
  /** Undefined where there was none. */
  readonly first: number | undefined;
  readonly last: number | undefined;
  readonly lastHash: string | undefined;
  /** The last one that was signed. */
  readonly head: (AuditHead & { readonly keyId: string }) | undefined;
  /** Ids of all keys that have signed heads. */
  readonly keyIds: readonly string[];
}

interface Place {
  readonly seq: number;
  readonly hash: string;
}

/** Begins wherever the first link stands: a journal may be handed on in parts. */
export function createChainCheck(): ChainCheck {
  const waiting = new Map<number, string>();
  const heads = new Map<number, AuditHead & { readonly keyId: string }>();
  let first: number | undefined;
  let last: Place | undefined;
  return {
    take: (link) => {
      const place = 'entry' in link ? placeOfEntry(link, last) : placeOfDigest(link, last);
      first ??= place.seq;
      last = place;
      const head = heads.get(place.seq);
      if (head !== undefined && head.hash !== place.hash)
        throw broken(place.seq, 'is another than the one whose head was signed');
      waiting.set(place.seq, place.hash);
    },
    takeHead: (head) => {
      const keyId = checkHead(head);
      const hash = waiting.get(head.seq);
      if (hash !== undefined && hash !== head.hash) throw broken(head.seq, 'is another than the one whose head was signed');
      heads.set(head.seq, { ...head, keyId });
    },
    finish: () => {
      const all = [...heads.values()].toSorted((a, b) => a.seq - b.seq);
      const missing = all.find(({ seq }) => !waiting.has(seq));
      if (missing !== undefined) throw broken(missing.seq, 'is missing, and its head is there');
      const keyIds = [...new Set(all.map(({ keyId }) => keyId))];
      return { first, last: last?.seq, lastHash: last?.hash, head: all.at(-1), keyIds };
    },
  };
}

function placeOfEntry({ previous, hash, entry }: ChainedEntry, last: Place | undefined): Place {
  const { seq } = entry;
  requireNext(seq, last);
  if (previous !== (last?.hash ?? (seq === 1 ? originHash : previous)))
    throw broken(seq, 'does not follow from the one before it');
  if (linkHash(previous, digestOfEntry(entry)) !== hash) throw broken(seq, 'was changed: its hash is another');
  return { seq, hash };
}

function placeOfDigest({ seq, digest, hash }: ChainedDigest, last: Place | undefined): Place {
  requireNext(seq, last);
  if (last === undefined) throw broken(seq, 'is left out, and nothing stands before it');
  if (linkHash(last.hash, digest) !== hash) throw broken(seq, 'is left out, and its digest is another');
  return { seq, hash };
}

function requireNext(seq: number, last: Place | undefined): void {
  if (last !== undefined && seq !== last.seq + 1) throw broken(last.seq + 1, `is missing: entry ${seq} comes after ${last.seq}`);
}

function broken(seq: number, what: string): RerootError {
  return new RerootError('RR_AUDIT_BROKEN', `entry ${seq} of the journal ${what}`);
}
