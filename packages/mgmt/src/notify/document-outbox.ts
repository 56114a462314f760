import { z } from 'zod';
import { createTurn, type DocumentReader, type DocumentSpace, documentForm } from '../store/index.ts';
import { type Cursor, idOf, overOf, type Standing } from './find-news.ts';
import type { Notification } from './notification.ts';
import type { Webhook } from './notifications-schema.ts';
import { type Counts, nothing, type Outbox, type OutboxBounds, type Queued, usualBounds, wants } from './outbox.ts';

/** What was written by this program is taken for what it is. */
const ours = <T>(): z.ZodType<T> => z.custom<T>((value) => typeof value === 'object' && value !== null);
const meshForm = documentForm(
  z.strictObject({ mesh: z.string(), cursor: ours<Cursor>(), standings: z.array(z.tuple([z.string(), ours<Standing>()])) }),
);
const queuedSchema = z.strictObject({
  seq: z.int().positive(),
  notification: ours<Notification>(),
  attempts: z.int().nonnegative(),
  queuedAtMs: z.int(),
  dueAtMs: z.int(),
});
const partForm = documentForm(z.strictObject({ queued: z.array(queuedSchema) }));
const webhookForm = documentForm(z.strictObject({ webhook: z.string(), lastSeq: z.int().nonnegative(), counts: ours<Counts>() }));

type Entry = z.infer<typeof queuedSchema>;

/** What is kept of a receiver. */
interface Box {
  readonly lastSeq: number;
  readonly counts: Counts;
  /** Oldest first. */
  readonly queued: readonly Entry[];
}

/** What is kept of a mesh. */
interface Seen {
  readonly cursor: Cursor;
  readonly standings: ReadonlyMap<string, Standing>;
}

/** Entries whose numbers fall into one span lie in one document. */
const partSpan = 32;

/** What the outbox is opened with. */
export interface DocumentOutboxOptions {
  readonly webhooks: readonly Webhook[];
  readonly bounds?: OutboxBounds;
  /** Refuses a writer that does not lead any more. @throws RR_STORE_DEPOSED */
  readonly fence?: (documents: DocumentReader) => Promise<void>;
}

/**
 * An outbox in the documents of a space, which is not closed with it: whoever leads next tells what was not told. What is read is what was
 * committed last, by this process, which alone writes.
 * @throws RR_STORE_CORRUPT, RR_STORE_FAILED
 */
export async function openDocumentOutbox(space: DocumentSpace, options: DocumentOutboxOptions): Promise<Outbox> {
  const { webhooks, bounds = usualBounds, fence = () => Promise.resolve() } = options;
  const turn = createTurn();
  const boxes = new Map<string, Box>();
  for (const { name } of webhooks) boxes.set(name, await readBox(space, name));
  const meshes = new Map<string, Seen>();
  for (const { key, value } of await space.list('outbox-mesh')) {
    const { mesh, cursor, standings } = meshForm.read(value, key);
    meshes.set(mesh, { cursor, standings: new Map(standings) });
  }
  const boxOf = (webhook: string): Box => boxes.get(webhook) ?? emptyBox;

  /** Writes what has changed of it; only what was committed is what is read. */
  const commit = async (changed: ReadonlyMap<string, Box>, mesh?: readonly [string, Seen]): Promise<void> => {
    await space.transact(async (documents) => {
      await fence(documents);
      for (const [webhook, box] of changed) {
        documents.put(`outbox-webhook/${webhook}`, { webhook, lastSeq: box.lastSeq, counts: box.counts });
        for (const [part, queued] of changedParts(boxOf(webhook).queued, box.queued)) {
          const key = `outbox-queue/${webhook}/${part}`;
          if (queued.length === 0) documents.delete(key);
          else documents.put(key, { queued });
        }
      }
      if (mesh === undefined) return;
      const [name, { cursor, standings }] = mesh;
      documents.put(`outbox-mesh/${name}`, { mesh: name, cursor, standings: [...standings] });
    });
    for (const [webhook, box] of changed) boxes.set(webhook, box);
    if (mesh !== undefined) meshes.set(...mesh);
  };
  const changeBox = (webhook: string, change: (box: Box) => Box): Promise<void> =>
    turn.take(() => commit(new Map([[webhook, change(boxOf(webhook))]])));

  return {
    cursorOf: (mesh) => meshes.get(mesh)?.cursor,
    take: (mesh, { news, cursor, standings, missing }, nowMs) =>
      turn.take(async () => {
        const before = meshes.get(mesh)?.standings ?? new Map<string, Standing>();
        const begun = [...standings].filter(([key]) => !before.has(key));
        const over = missing === 'over' ? [...before].filter(([key]) => !standings.has(key)) : [];
        const told = [
          ...news,
          ...begun.map(([key, standing]) => ({ ...standing, id: idOf(key, nowMs), atMs: nowMs })),
          ...over.flatMap(([key, standing]) => overOf(standing, key, nowMs)),
        ];
        const changed = new Map<string, Box>();
        for (const notification of told) {
          for (const webhook of webhooks.filter((each) => wants(each, notification))) {
            const box = changed.get(webhook.name) ?? boxOf(webhook.name);
            changed.set(webhook.name, withNotification(box, notification, nowMs, bounds));
          }
        }
        const ended = new Set(over.map(([key]) => key));
        const kept = new Map([...before, ...begun].filter(([key]) => !ended.has(key)));
        await commit(changed, [mesh, { cursor, standings: kept }]);
      }),
    next: (webhook, nowMs) => {
      const found = boxOf(webhook).queued.find(({ dueAtMs }) => dueAtMs <= nowMs);
      if (found === undefined) return undefined;
      const { seq, notification, attempts, queuedAtMs } = found;
      return { seq, webhook, notification, attempts, queuedAtMs };
    },
    delivered: ({ seq, webhook }, nowMs) =>
      changeBox(webhook, ({ counts, queued, lastSeq }) => ({
        lastSeq,
        queued: queued.filter((each) => each.seq !== seq),
        counts: { ...counts, delivered: counts.delivered + 1, ...well(nowMs) },
      })),
    failed: (failed, why, nowMs, againAtMs) =>
      changeBox(failed.webhook, (box) => afterFailure(box, failed, why, nowMs, againAtMs)),
    health: (webhook) => {
      const { counts, queued } = boxOf(webhook);
      return { ...counts, queued: queued.length };
    },
    close: () => undefined,
  };
}

const emptyBox: Box = { lastSeq: 0, counts: nothing, queued: [] };

function well(nowMs: number): Pick<Counts, 'lastDeliveredAtMs' | 'failingSinceMs' | 'lastFailure'> {
  return { lastDeliveredAtMs: nowMs, failingSinceMs: undefined, lastFailure: undefined };
}

async function readBox(documents: DocumentReader, webhook: string): Promise<Box> {
  const key = `outbox-webhook/${webhook}`;
  const found = webhookForm.find(await documents.get(key), key);
  const parts = await documents.list(`outbox-queue/${webhook}`);
  const queued = parts.flatMap((part) => partForm.read(part.value, part.key).queued).toSorted((a, b) => a.seq - b.seq);
  return { lastSeq: found?.lastSeq ?? 0, counts: { ...nothing, ...found?.counts }, queued };
}

function withNotification(box: Box, notification: Notification, nowMs: number, bounds: OutboxBounds): Box {
  const isMuch = box.queued.length >= bounds.coalesceBeyond;
  const others = isMuch ? box.queued.filter((each) => each.notification.topic !== notification.topic) : box.queued;
  const coalesced = box.counts.coalesced + box.queued.length - others.length;
  if (others.some((each) => each.notification.id === notification.id)) return { ...box, queued: others };
  const seq = box.lastSeq + 1;
  const all = [...others, { seq, notification, attempts: 0, queuedAtMs: nowMs, dueAtMs: nowMs }];
  const queued = all.slice(-bounds.maxQueued);
  const givenUp = box.counts.givenUp + all.length - queued.length;
  return { lastSeq: seq, queued, counts: { ...box.counts, coalesced, givenUp } };
}

function afterFailure(box: Box, { seq }: Queued, why: string, nowMs: number, againAtMs: number | undefined): Box {
  const { counts, queued, lastSeq } = box;
  const { failingSinceMs = nowMs } = counts;
  const left =
    againAtMs === undefined
      ? queued.filter((each) => each.seq !== seq)
      : queued.map((each) => (each.seq === seq ? { ...each, attempts: each.attempts + 1, dueAtMs: againAtMs } : each));
  const failedAttempts = counts.failedAttempts + 1;
  const givenUp = againAtMs === undefined ? counts.givenUp + 1 : counts.givenUp;
  return { lastSeq, queued: left, counts: { ...counts, failedAttempts, givenUp, failingSinceMs, lastFailure: why } };
}

/** The documents that differ, each with all that is in it. */
function changedParts(before: readonly Entry[], after: readonly Entry[]): ReadonlyMap<number, readonly Entry[]> {
  const partOf = ({ seq }: Entry): number => Math.floor(seq / partSpan);
  const [gone, come] = [new Set(before).difference(new Set(after)), new Set(after).difference(new Set(before))];
  const parts = new Set([...gone, ...come].map(partOf));
  return new Map([...parts].map((part) => [part, after.filter((each) => partOf(each) === part)]));
}
