import type { Blobs } from './blobs.ts';
import { type Batch, type Head, headName, readHead } from './head-form.ts';
import { type FoundSecret, type Part, readDocument, selectorOf, type VersionedDocument } from './secret-form.ts';
import type { SecretsClient } from './secrets-client.ts';
import type { FoundHead } from './space-state.ts';

/** Where a space is read from. */
export interface ReadingFrom {
  readonly client: SecretsClient;
  readonly blobs: Pick<Blobs, 'read'>;
  readonly store: string;
}

/** A document with the version of its Secret. */
export interface FoundDocument extends VersionedDocument {
  readonly resourceVersion: string;
}

/** What a space consists of, all at one moment. */
export interface FoundSpace {
  /** Undefined when there is none. */
  readonly head: FoundHead | undefined;
  readonly documents: readonly FoundDocument[];
}

/** Lists a space. @throws RR_STORE_CORRUPT, RR_STORE_NEWER, and what the API rejects with */
export async function readSpace(from: ReadingFrom, parts: readonly Part[]): Promise<FoundSpace> {
  const name = headName(from.store);
  for (;;) {
    const found = await from.client.list(selectorOf(from.store, ['head', ...parts]));
    const secret = found.find((each) => each.name === name);
    const documents = found
      .filter((each) => each !== secret)
      .map((each) => ({ ...readDocument(each), resourceVersion: each.resourceVersion }));
    if (secret === undefined) return { head: undefined, documents };
    const head = await readCurrentHead(from, secret, []);
    if (head !== undefined) return { head: { head, resourceVersion: secret.resourceVersion }, documents };
  }
}

/**
 * Reads a head.
 * @returns undefined when what it names was dropped meanwhile, for it is the one of now no longer
 * @throws RR_STORE_CORRUPT, RR_STORE_NEWER, and what the API rejects with
 */
export async function readCurrentHead(
  { client, blobs }: ReadingFrom,
  secret: FoundSecret,
  known: readonly Batch[],
): Promise<Head | undefined> {
  const dropped: string[] = [];
  const readBlob = async (id: string): Promise<Uint8Array | undefined> => {
    const bytes = await blobs.read(id);
    if (bytes === undefined) dropped.push(id);
    return bytes;
  };
  try {
    return await readHead(secret, known, readBlob);
  } catch (error) {
    // What else is wrong with it is so with the next one too: whoever looked for a better one would do so as long as others commit.
    if (dropped.length === 0 || (await client.resourceVersion(secret.name)) === secret.resourceVersion) throw error;
    return undefined;
  }
}
