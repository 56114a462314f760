import { RerootError } from '@reroot/shared/errors';
import { z } from 'zod';
import { checkStored } from '../stored-form.ts';
import { type FoundSecret, makeSecret, pack, type StoreSecret, unpack } from './secret-form.ts';

/** The form of what this program writes. */
const format = 1;

/** The commit point: what is in it is what counts. */
export interface Head {
  /** How many commits there were. */
  readonly version: number;
  /** Over the key and the version of every document that is kept in memory: a document that is missing or old is noticed. */
  readonly digest: number;
  /** The documents that lie in the head itself, by key. */
  readonly documents: Readonly<Record<string, object>>;
  /** The last commits, oldest first: all those whose documents may not be written yet, and some before them for who follows. */
  readonly batches: readonly Batch[];
}

/** What one commit has changed. */
export interface Batch {
  readonly version: number;
  /** By which its writer knows it again. */
  readonly commit: string;
  readonly edits: readonly Edit[];
  readonly packed: PackedBatch;
}

/** null: deleted. */
export type Edit = readonly [key: string, value: object | null];

/** A batch as it is written: in the head, or in a blob where it is large. */
export type PackedBatch = { readonly kind: 'inline'; readonly data: string } | { readonly kind: 'blob'; readonly id: string };

const headSchema = z.looseObject({
  version: z.int().positive(),
  digest: z.int().nonnegative(),
  documents: z.record(z.string(), z.looseObject({})),
  batches: z.array(z.strictObject({ version: z.int().positive(), commit: z.string(), blob: z.string().exactOptional() })),
});
const formatSchema = z.looseObject({ format: z.int() });
const editsSchema = z.looseObject({
  edits: z.array(z.tuple([z.string(), z.looseObject({}).nullable()])),
});

/** The name of its Secret. */
export function headName(store: string): string {
  return `${store}.head`;
}

/** The head as a Secret. */
export function headSecret(store: string, { batches, ...head }: Head, resourceVersion: string | undefined): StoreSecret {
  const listed = batches.map(({ version, commit, packed }) => ({
    ...{ version, commit },
    ...(packed.kind === 'blob' ? { blob: packed.id } : {}),
  }));
  const inline = batches.flatMap(({ version, packed }) =>
    packed.kind === 'inline' ? [[batchName(version), packed.data] as const] : [],
  );
  const data = { head: pack({ format, ...head, batches: listed }), ...Object.fromEntries(inline) };
  return makeSecret(store, 'head', { name: headName(store), data, resourceVersion });
}

/**
 * Reads a head.
 * @param known batches that were read before
 * @param readBlob gives a batch that is not in the head
 * @throws RR_STORE_CORRUPT, RR_STORE_NEWER
 */
export async function readHead(
  { name, data }: FoundSecret,
  known: readonly Batch[],
  readBlob: (id: string) => Promise<Uint8Array | undefined>,
): Promise<Head> {
  const place = `Secret ${name}`;
  const value = unpack(data['head'] ?? '', place);
  const written = checkStored(formatSchema, value, place).format;
  if (written > format) {
    throw new RerootError('RR_STORE_NEWER', `the store has version ${written}, and this program knows ${format}`, { place });
  }
  const { version, digest, documents, batches } = checkStored(headSchema, value, place);
  const read = async (each: (typeof batches)[number]): Promise<Batch> => {
    const inline = data[batchName(each.version)];
    const packed: PackedBatch =
      each.blob === undefined ? { kind: 'inline', data: inline ?? '' } : { kind: 'blob', id: each.blob };
    const { version: own, commit } = each;
    const before = known.find((batch) => batch.version === own && batch.commit === commit);
    if (before !== undefined) return before;
    const blob = each.blob === undefined ? undefined : await readBlob(each.blob);
    const bytes = each.blob === undefined ? inline : blob && Buffer.from(blob).toString('base64');
    return { version: own, commit, packed, edits: checkStored(editsSchema, unpack(bytes ?? '', place), place).edits };
  };
  return { version, digest, documents, batches: await Promise.all(batches.map(read)) };
}

/** The edits of a batch as they are written. */
export function packEdits(edits: readonly Edit[]): string {
  return pack({ edits });
}

/** Of what is written in the head itself, without the batches. */
function batchName(version: number): string {
  return `batch-${version}`;
}
