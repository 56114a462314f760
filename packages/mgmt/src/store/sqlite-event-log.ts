import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import {
  composePage,
  type EventMark,
  type EventPage,
  type EventPosition,
  type EventQuery,
  mergeLost,
  type StoredEvent,
} from './event-log.ts';
import { historyKindSql } from './history-kind.ts';
import { rows } from './sqlite-rows.ts';
import { readStored, storedForms } from './stored-form.ts';

const markRow = z.object({ number: z.int(), atMs: z.int() });
const entryRow = z.object({ number: z.int(), mesh: z.string(), text: z.string() });
const lostRow = z.object({ mesh: z.string(), groupName: z.string(), count: z.int(), oldestKeptAtMs: z.int() });

/** How each kind lies in its table, and what its entries are dropped by. */
const tables = {
  condition: { number: 'id', text: 'condition', group: historyKindSql, from: 'condition' },
  proof: { number: 'seq', text: 'summary', group: "summary ->> '$.cause'", from: 'proof' },
} as const;

type Kind = keyof typeof tables;

/** How many entries of each group a mesh keeps. */
export type EventLimits = Readonly<Record<Kind, Readonly<Record<string, number>>>>;

/** Where the event log ends. */
export function eventsEnd(database: DatabaseSync): EventPosition {
  return { condition: endOf(database, 'condition'), proof: endOf(database, 'proof') };
}

/**
 * What of the event log comes after a place.
 * @param limits how many entries of each kind a mesh keeps
 * @throws RR_STORE_CORRUPT
 */
export function readEvents(database: DatabaseSync, after: EventPosition, query: EventQuery, limits: EventLimits): EventPage {
  const ends = eventsEnd(database);
  const kinds = ['condition', 'proof'] as const;
  if (!kinds.every((kind) => isOfThis(database, kind, after[kind], ends[kind]))) return { kind: 'replaced' };
  const found = {
    condition: listEntries(database, 'condition', after.condition, query),
    proof: listEntries(database, 'proof', after.proof, query),
  };
  const lost = kinds.flatMap((kind) =>
    listLost(database, kind, after[kind], query.mesh).filter(
      ({ groupName, count }) => count >= (limits[kind][groupName] ?? Infinity),
    ),
  );
  return { kind: 'page', ...composePage(after, found, ends, query.limit), lost: mergeLost(lost) };
}

function endOf(database: DatabaseSync, kind: Kind): EventMark {
  const { number, text, from } = tables[kind];
  const sql = `SELECT ${number} AS number, ${text} ->> '$.atMs' AS atMs FROM ${from} ORDER BY ${number} DESC LIMIT 1`;
  return rows(database, sql, [], markRow)[0] ?? { number: 0, atMs: 0 };
}

/** An entry that was dropped cannot be asked for its time; that it is missed is seen by what else was dropped. */
function isOfThis(database: DatabaseSync, kind: Kind, mark: EventMark, end: EventMark): boolean {
  if (mark.number === end.number || mark.number > end.number) return mark.number === end.number && mark.atMs === end.atMs;
  const { number, text, from } = tables[kind];
  const sql = `SELECT ${number} AS number, ${text} ->> '$.atMs' AS atMs FROM ${from} WHERE ${number} = ?`;
  const [entry] = rows(database, sql, [mark.number], markRow);
  return entry === undefined || entry.atMs === mark.atMs;
}

function listEntries(database: DatabaseSync, kind: Kind, after: EventMark, { limit, mesh }: EventQuery): StoredEvent[] {
  const { number, text, from } = tables[kind];
  const [where, values] = mesh === undefined ? ['', []] : [' AND mesh = ?', [mesh]];
  const sql = `SELECT ${number} AS number, mesh, ${text} AS text FROM ${from} WHERE ${number} > ?${where} ORDER BY ${number} LIMIT ?`;
  return rows(database, sql, [after.number, ...values, limit], entryRow).map((row) => toEntry(kind, row));
}

function toEntry(kind: Kind, { number, mesh, text }: z.infer<typeof entryRow>): StoredEvent {
  const place = `entry ${number} of the ${kind === 'condition' ? 'history' : 'proofs'} of mesh ${mesh}`;
  return kind === 'condition'
    ? { number, mesh, kind, condition: readStored(storedForms.condition, text, place) }
    : { number, mesh, kind, proof: readStored(storedForms.proof, text, place) };
}

/** The groups of entries of each mesh that begin after a place: one that has as many as it may have has dropped those before. */
function listLost(database: DatabaseSync, kind: Kind, after: EventMark, mesh: string | undefined): z.infer<typeof lostRow>[] {
  const { number, text, group, from } = tables[kind];
  const [where, values] = mesh === undefined ? ['', []] : [' WHERE mesh = ?', [mesh]];
  // SQLite takes the other columns from the row of the least number.
  const sql = `SELECT mesh, ${group} AS groupName, count(*) AS count, min(${number}), ${text} ->> '$.atMs' AS oldestKeptAtMs
    FROM ${from}${where} GROUP BY mesh, groupName HAVING min(${number}) > ?`;
  return rows(database, sql, [...values, after.number + 1], lostRow);
}
