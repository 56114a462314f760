import { type AuditHead, auditHeadSchema, type ChainedEntry, chainedEntrySchema } from '@reroot/shared/audit';
import { RerootError } from '@reroot/shared/errors';
import { z } from 'zod';
import { type AuditDraft, type AuditOptions, type AuditPage, type AuditQuery, itself, nextEntry } from '../audit.ts';
import { documentForm } from './document-form.ts';
import type { DocumentChanges, DocumentReader } from './document-space.ts';

/** An entry, with its head where that stays for good. */
type KeptEntry = ChainedEntry & { readonly head?: AuditHead };

const entryForm = documentForm<KeptEntry>(chainedEntrySchema.extend({ head: auditHeadSchema.exactOptional() }));
/** The entries of the tail are looked at by who reads them: one that makes no sense must not keep others from being written. */
const endForm = documentForm(
  z.strictObject({
    last: z.strictObject({ seq: z.int().positive(), hash: z.string() }).optional(),
    head: auditHeadSchema.exactOptional(),
    sealed: z.int().nonnegative(),
    tail: z.array(z.unknown()),
  }),
);
const segmentForm = documentForm(z.looseObject({ entries: z.array(z.unknown()) }));
const rotationForm = documentForm(
  z.strictObject({
    segments: z.array(z.int().nonnegative()),
    evidence: z.array(z.strictObject({ mesh: z.string(), seq: z.int(), blob: z.string() })),
  }),
);

/** So many entries lie in the commit point, and then in a segment, which never changes. */
export const segmentEntries = 64;

/** Begins a journal that has not begun. Runs inside a transaction. */
export async function beginJournal(documents: DocumentChanges, options: AuditOptions): Promise<void> {
  const end = await readEnd(documents);
  if (end.last !== undefined) return;
  const message = 'the journal begins with an empty store';
  await appendAfter(documents, end, { kind: 'origin', action: 'journal.begin', by: itself, message }, options);
}

/**
 * Appends an entry. Runs inside the transaction of the change that it tells of.
 * @returns its number
 */
export async function appendEntry(documents: DocumentChanges, draft: AuditDraft, options: AuditOptions): Promise<number> {
  await beginJournal(documents, options);
  return appendAfter(documents, await readEnd(documents), draft, options);
}

/** Where the journal ends. */
type JournalEnd = Awaited<ReturnType<typeof readEnd>>;

async function readEnd(documents: DocumentReader) {
  const found = endForm.find(await documents.get('head/journal'), 'end of the journal');
  return found ?? { last: undefined, head: undefined, sealed: 0, tail: [] };
}

async function appendAfter(
  documents: DocumentChanges,
  { last, sealed, tail }: JournalEnd,
  draft: AuditDraft,
  options: AuditOptions,
): Promise<number> {
  const { chained, head, keepsHead } = nextEntry(draft, last, options);
  const { entry, hash } = chained;
  const kept: KeptEntry = { ...chained, ...(head !== undefined && keepsHead === 'always' ? { head } : {}) };
  const isFull = tail.length >= segmentEntries;
  if (isFull) documents.put(segmentKey(sealed), { entries: tail });
  documents.put('head/journal', {
    last: { seq: entry.seq, hash },
    ...(head === undefined ? {} : { head }),
    ...(isFull ? { sealed: sealed + 1, tail: [kept] } : { sealed, tail: [...tail, kept] }),
  });
  if (entry.rotationId !== undefined) await noteSegment(documents, entry.rotationId, segmentOf(entry.seq));
  return entry.seq;
}

/**
 * Whether the end of the journal is what was signed.
 * @throws RR_STORE_CORRUPT when it is not: nothing is to be written after that
 */
export async function checkJournalEnd(documents: DocumentReader): Promise<void> {
  const { last, head, tail } = await readEnd(documents);
  const kept = tail.length === 0 ? undefined : readEntry(tail.at(-1), last?.seq ?? 0);
  const isWhole = kept?.hash === last?.hash && kept?.entry.seq === last?.seq;
  const isSigned = head === undefined || (head.seq === last?.seq && head.hash === last.hash);
  if (isWhole && isSigned) return;
  const found = kept === undefined ? 'has no entry' : `ends with entry ${kept.entry.seq}, ${kept.hash}`;
  const said = head ?? last;
  throw new RerootError('RR_STORE_CORRUPT', `the journal ${found}, and mgmt has written entry ${said?.seq}, ${said?.hash}`);
}

/** A part of the journal. @throws RR_STORE_CORRUPT */
export async function readAuditPage(documents: DocumentReader, query: AuditQuery): Promise<AuditPage> {
  const { after, limit, rotationId } = query;
  const end = await readEnd(documents);
  const shown: KeptEntry[] = [];
  for (const segment of await segmentsOf(documents, query, end.sealed)) {
    if (shown.length >= limit) break;
    const kept = segment === end.sealed ? end.tail : await readSegment(documents, segment);
    const isAsked = ({ entry }: KeptEntry): boolean =>
      entry.seq > after && (rotationId === undefined || entry.rotationId === rotationId);
    const entries = kept.map((each, index) => readEntry(each, segment * segmentEntries + index + 1));
    shown.push(...entries.filter(isAsked).slice(0, limit - shown.length));
  }
  const heads = shown.flatMap(({ head, entry: { seq } }) => head ?? (seq === end.head?.seq ? [end.head] : []));
  const entries = shown.map(({ previous, hash, entry }) => ({ previous, hash, entry }));
  return { entries, heads, head: end.head, total: end.last?.seq ?? 0 };
}

/** The journal as a whole: each entry with its head where that stays for good, and the head of the last one. */
export async function readWholeJournal(
  documents: DocumentReader,
): Promise<{ readonly entries: readonly KeptEntry[]; readonly head: AuditHead | undefined }> {
  const end = await readEnd(documents);
  const entries: KeptEntry[] = [];
  for (let segment = 0; segment <= end.sealed; segment += 1) {
    const kept = segment === end.sealed ? end.tail : await readSegment(documents, segment);
    entries.push(...kept.map((each, index) => readEntry(each, segment * segmentEntries + index + 1)));
  }
  return { entries, head: end.head };
}

/** Puts a whole journal there, entry by entry. */
export interface JournalFill {
  /** What is to be written for an entry. */
  readonly entry: (entry: KeptEntry) => readonly ((documents: DocumentChanges) => void)[];
  readonly head: (head: AuditHead) => void;
  readonly evidence: (rotationId: string, ref: EvidenceRef) => void;
  /** What is to be written of each rotation, once all else is. */
  readonly rotations: () => readonly ((documents: DocumentChanges) => void)[];
  readonly end: (documents: DocumentChanges) => Promise<void>;
}

/** Begins with none. */
export function createJournalFill(): JournalFill {
  const rotations = new Map<string, { segments: Set<number>; evidence: Map<number, EvidenceRef> }>();
  const rotationOf = (id: string) => {
    const known = rotations.get(id) ?? { segments: new Set(), evidence: new Map() };
    rotations.set(id, known);
    return known;
  };
  let tail: KeptEntry[] = [];
  let sealed = 0;
  let lastHead: AuditHead | undefined;
  return {
    entry: (line) => {
      const { previous, hash, entry, head } = line;
      const isFull = tail.length === segmentEntries;
      const [full, segment] = [tail, sealed];
      if (isFull) [tail, sealed] = [[], sealed + 1];
      tail.push({ previous, hash, entry, ...(head === undefined ? {} : { head }) });
      lastHead = head ?? lastHead;
      if (entry.rotationId !== undefined) rotationOf(entry.rotationId).segments.add(segmentOf(entry.seq));
      return isFull ? [(documents) => documents.put(segmentKey(segment), { entries: full })] : [];
    },
    head: (head) => {
      lastHead = head;
    },
    evidence: (rotationId, ref) => {
      rotationOf(rotationId).evidence.set(ref.seq, ref);
    },
    rotations: () =>
      [...rotations].map(([id, { segments, evidence }]) => (documents) => {
        documents.put(rotationKey(id), { segments: [...segments], evidence: [...evidence.values()] });
      }),
    end: async (documents) => {
      const last = tail.at(-1);
      if (last === undefined) return;
      const head = lastHead?.seq === last.entry.seq ? { head: lastHead } : {};
      documents.put('head/journal', { last: { seq: last.entry.seq, hash: last.hash }, ...head, sealed, tail });
    },
  };
}

/** What was kept of each rotation. */
export async function listRotations(
  documents: DocumentReader,
): Promise<readonly { readonly rotationId: string; readonly evidence: readonly EvidenceRef[] }[]> {
  return (await documents.list('rotation')).map(({ key, value }) => {
    const rotationId = key.slice('rotation/'.length);
    return { rotationId, evidence: rotationForm.read(value, `evidence of rotation ${rotationId}`).evidence };
  });
}

async function segmentsOf(
  documents: DocumentReader,
  { after, rotationId }: AuditQuery,
  last: number,
): Promise<readonly number[]> {
  const first = segmentOf(after + 1);
  if (rotationId !== undefined) return (await readRotation(documents, rotationId)).segments.filter((each) => each >= first);
  return Array.from({ length: Math.max(0, last + 1 - first) }, (_, index) => first + index);
}

async function readSegment(documents: DocumentReader, segment: number): Promise<readonly unknown[]> {
  const key = segmentKey(segment);
  const place = `entries ${segment * segmentEntries + 1} and later of the journal, in ${key}`;
  return segmentForm.read(await documents.get(key), place).entries;
}

function readEntry(entry: unknown, seq: number): KeptEntry {
  return entryForm.read(entry, `entry ${seq} of the journal`);
}

function segmentOf(seq: number): number {
  return Math.floor((seq - 1) / segmentEntries);
}

function segmentKey(segment: number): string {
  return `journal/${String(segment).padStart(8, '0')}`;
}

/** Where the entries of a rotation are, and what was kept of its steps. */
async function readRotation(documents: DocumentReader, rotationId: string) {
  const place = `evidence of rotation ${rotationId}`;
  return rotationForm.find(await documents.get(rotationKey(rotationId)), place) ?? { segments: [], evidence: [] };
}

async function noteSegment(documents: DocumentChanges, rotationId: string, segment: number): Promise<void> {
  const { segments, evidence } = await readRotation(documents, rotationId);
  if (segments.includes(segment)) return;
  documents.put(rotationKey(rotationId), { segments: [...segments, segment], evidence });
}

function rotationKey(rotationId: string): string {
  return `rotation/${rotationId}`;
}

/** What clusters held when a step passed: the blob, and the entry that has its digest. */
export interface EvidenceRef {
  readonly mesh: string;
  readonly seq: number;
  readonly blob: string;
}

/** Runs inside the transaction of the change. */
export async function keepStepEvidence(documents: DocumentChanges, rotationId: string, ref: EvidenceRef): Promise<void> {
  const { segments, evidence } = await readRotation(documents, rotationId);
  documents.put(rotationKey(rotationId), { segments, evidence: [...evidence, ref] });
}

/** Oldest first. */
export async function listStepEvidence(
  documents: DocumentReader,
  mesh: string,
  rotationId: string,
): Promise<readonly EvidenceRef[]> {
  return (await readRotation(documents, rotationId)).evidence.filter((each) => each.mesh === mesh);
}
