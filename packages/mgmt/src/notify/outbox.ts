import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { execute, guardSqlite, rows, transact } from '../store/index.ts';
import { type Cursor, idOf, overOf, type Standing } from './find-news.ts';
import type { Notification } from './notification.ts';
import type { Webhook } from './notifications-schema.ts';

/** What is to be delivered, kept until it is. What changes it resolves when that is kept. */
export interface Outbox {
  cursorOf(mesh: string): Cursor | undefined;
  /** Takes in what has happened and what holds, for every receiver that wants it: all of it, or nothing. */
  take(mesh: string, taken: Taken, nowMs: number): Promise<void>;
  /** The oldest that is due for a receiver; undefined when none is. */
  next(webhook: string, nowMs: number): Queued | undefined;
  delivered(queued: Queued, nowMs: number): Promise<void>;
  /** @param againAtMs undefined to give it up */
  failed(queued: Queued, why: string, nowMs: number, againAtMs: number | undefined): Promise<void>;
  health(webhook: string): WebhookHealth;
  close(): void;
}

/** What is taken in. */
export interface Taken {
  readonly news: readonly Notification[];
  readonly cursor: Cursor;
  readonly standings: ReadonlyMap<string, Standing>;
  /** What it means that something that stood is not among them. */
  readonly missing: 'over' | 'not-known-yet';
}

/** Something that waits. */
export interface Queued {
  readonly seq: number;
  readonly webhook: string;
  readonly notification: Notification;
  readonly attempts: number;
  readonly queuedAtMs: number;
}

/** How deliveries to a receiver go. */
export interface WebhookHealth {
  readonly queued: number;
  readonly delivered: number;
  readonly failedAttempts: number;
  readonly givenUp: number;
  /** Left out because a newer one says it all. */
  readonly coalesced: number;
  readonly lastDeliveredAtMs: number | undefined;
  /** Since when nothing was taken, although something was tried. */
  readonly failingSinceMs: number | undefined;
  readonly lastFailure: string | undefined;
}

/** What waits for one receiver: beyond the first, only the newest of each topic; beyond the second, the oldest is given up. */
export interface OutboxBounds {
  readonly coalesceBeyond: number;
  readonly maxQueued: number;
}

export const usualBounds: OutboxBounds = { coalesceBeyond: 50, maxQueued: 1_000 };

const tables = `
  CREATE TABLE IF NOT EXISTS cursor (mesh TEXT PRIMARY KEY, cursor TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS standing (key TEXT PRIMARY KEY, mesh TEXT NOT NULL, standing TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS queued (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    webhook TEXT NOT NULL,
    id TEXT NOT NULL,
    topic TEXT NOT NULL,
    notification TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    queued_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    UNIQUE (webhook, id)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS health (webhook TEXT PRIMARY KEY, health TEXT NOT NULL) STRICT;
  PRAGMA user_version = 1;`;

const queuedRow = z.object({ seq: z.int(), notification: z.string(), attempts: z.int(), queued_at: z.int() });
const countRow = z.object({ count: z.int() });
const textRow = z.object({ text: z.string() });
const standingRow = z.object({ key: z.string(), standing: z.string() });

/** Of deliveries to a receiver. */
export type Counts = Omit<WebhookHealth, 'queued'>;

/** Before the first. */
export const nothing: Counts = {
  ...{ delivered: 0, failedAttempts: 0, givenUp: 0, coalesced: 0 },
  ...{ lastDeliveredAtMs: undefined, failingSinceMs: undefined, lastFailure: undefined },
};

/** Whether a receiver is to be told of something. */
export function wants({ events, meshes }: Webhook, { kind, mesh }: Notification): boolean {
  return kind !== 'test' && events.includes(kind) && (meshes?.includes(mesh) ?? true);
}

/**
 * Opens the outbox in `dataDir`, a file of its own beside the store: `notifications.db`.
 * @throws RR_STORE_LOCKED, RR_STORE_CORRUPT, RR_STORE_UNWRITABLE, RR_STORE_FAILED
 */
export function openOutbox(dataDir: string, webhooks: readonly Webhook[], bounds: OutboxBounds = usualBounds): Outbox {
  const place = join(dataDir, 'notifications.db');
  const run = <T>(act: () => T): T => guardSqlite(place, act);
  const database = run(() => {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    const opened = new DatabaseSync(place, { timeout: 0 });
    opened.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
    opened.exec(tables);
    return opened;
  });
  const count = (webhook: string, change: (before: Counts) => Partial<Counts>): void => {
    const before = countsOf(database, webhook);
    const sql = 'INSERT INTO health (webhook, health) VALUES (?, ?) ON CONFLICT (webhook) DO UPDATE SET health = excluded.health';
    execute(database, sql, [webhook, JSON.stringify({ ...before, ...change(before) })]);
  };
  const queue = (notification: Notification, nowMs: number): void => {
    for (const webhook of webhooks) {
      if (!wants(webhook, notification)) continue;
      const { name } = webhook;
      const { topic } = notification;
      const waiting = waitingOf(database, name);
      if (waiting >= bounds.coalesceBeyond) {
        const coalesced = execute(database, 'DELETE FROM queued WHERE webhook = ? AND topic = ?', [name, topic]);
        if (coalesced > 0) count(name, (before) => ({ coalesced: before.coalesced + coalesced }));
      }
      const sql = `INSERT INTO queued (webhook, id, topic, notification, attempts, queued_at, due_at) VALUES (?, ?, ?, ?, 0, ?, ?)
        ON CONFLICT DO NOTHING`;
      execute(database, sql, [name, notification.id, topic, JSON.stringify(notification), nowMs, nowMs]);
      const surplus = 'SELECT seq FROM queued WHERE webhook = ? ORDER BY seq DESC LIMIT -1 OFFSET ?';
      const givenUp = execute(database, `DELETE FROM queued WHERE seq IN (${surplus})`, [name, bounds.maxQueued]);
      if (givenUp > 0) count(name, (before) => ({ givenUp: before.givenUp + givenUp }));
    }
  };
  return {
    cursorOf: (mesh) => run(() => readCursor(database, mesh)),
    take: async (mesh, taken, nowMs) =>
      run(() =>
        transact(database, () => {
          for (const notification of taken.news) queue(notification, nowMs);
          for (const notification of changeStandings(database, mesh, taken, nowMs)) queue(notification, nowMs);
          const sql = 'INSERT INTO cursor (mesh, cursor) VALUES (?, ?) ON CONFLICT (mesh) DO UPDATE SET cursor = excluded.cursor';
          execute(database, sql, [mesh, JSON.stringify(taken.cursor)]);
        }),
      ),
    next: (webhook, nowMs) => run(() => readNext(database, webhook, nowMs)),
    delivered: async ({ seq, webhook }, nowMs) =>
      run(() =>
        transact(database, () => {
          execute(database, 'DELETE FROM queued WHERE seq = ?', [seq]);
          const well = { lastDeliveredAtMs: nowMs, failingSinceMs: undefined, lastFailure: undefined };
          count(webhook, ({ delivered }) => ({ ...well, delivered: delivered + 1 }));
        }),
      ),
    failed: async ({ seq, webhook, attempts }, why, nowMs, againAtMs) =>
      run(() =>
        transact(database, () => {
          if (againAtMs === undefined) execute(database, 'DELETE FROM queued WHERE seq = ?', [seq]);
          else execute(database, 'UPDATE queued SET attempts = ?, due_at = ? WHERE seq = ?', [attempts + 1, againAtMs, seq]);
          count(webhook, ({ failedAttempts, givenUp, failingSinceMs = nowMs }) => ({
            ...{ failedAttempts: failedAttempts + 1, failingSinceMs, lastFailure: why },
            givenUp: againAtMs === undefined ? givenUp + 1 : givenUp,
          }));
        }),
      ),
    health: (webhook) => run(() => ({ ...countsOf(database, webhook), queued: waitingOf(database, webhook) })),
    close: () => {
      database.close();
    },
  };
}

function readCursor(database: DatabaseSync, mesh: string): Cursor | undefined {
  const [row] = rows(database, 'SELECT cursor AS text FROM cursor WHERE mesh = ?', [mesh], textRow);
  return row === undefined ? undefined : (JSON.parse(row.text) as Cursor);
}

function readNext(database: DatabaseSync, webhook: string, nowMs: number): Queued | undefined {
  const sql = 'SELECT seq, notification, attempts, queued_at FROM queued WHERE webhook = ? AND due_at <= ? ORDER BY seq LIMIT 1';
  const [row] = rows(database, sql, [webhook, nowMs], queuedRow);
  if (row === undefined) return undefined;
  const { seq, attempts, queued_at: queuedAtMs } = row;
  return { seq, webhook, attempts, queuedAtMs, notification: JSON.parse(row.notification) as Notification };
}

function waitingOf(database: DatabaseSync, webhook: string): number {
  return rows(database, 'SELECT count(*) AS count FROM queued WHERE webhook = ?', [webhook], countRow)[0]?.count ?? 0;
}

function countsOf(database: DatabaseSync, webhook: string): Counts {
  const [row] = rows(database, 'SELECT health AS text FROM health WHERE webhook = ?', [webhook], textRow);
  return row === undefined ? nothing : { ...nothing, ...(JSON.parse(row.text) as Partial<Counts>) };
}

/** Keeps what holds now, and gives what has begun and what is over since the last time. */
function changeStandings(
  database: DatabaseSync,
  mesh: string,
  { standings: now, missing }: Pick<Taken, 'standings' | 'missing'>,
  nowMs: number,
): readonly Notification[] {
  const before = rows(database, 'SELECT key, standing FROM standing WHERE mesh = ?', [mesh], standingRow);
  const known = new Set(before.map(({ key }) => key));
  const begun = [...now].filter(([key]) => !known.has(key));
  const over = missing === 'over' ? before.filter(({ key }) => !now.has(key)) : [];
  for (const [key, standing] of begun) {
    execute(database, 'INSERT INTO standing (key, mesh, standing) VALUES (?, ?, ?)', [key, mesh, JSON.stringify(standing)]);
  }
  for (const { key } of over) execute(database, 'DELETE FROM standing WHERE key = ?', [key]);
  return [
    ...begun.map(([key, standing]) => ({ ...standing, id: idOf(key, nowMs), atMs: nowMs })),
    ...over.flatMap(({ key, standing }) => overOf(JSON.parse(standing) as Standing, key, nowMs)),
  ];
}
