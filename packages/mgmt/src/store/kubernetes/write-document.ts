import { toRerootError } from '@reroot/shared/errors';
import { documentSecret, readDocument, secretName, type VersionedDocument } from './secret-form.ts';
import type { SecretsClient } from './secrets-client.ts';
import type { IsCold } from './space-state.ts';

/** What is known of the Secret of a document. */
export interface WrittenDocument {
  readonly version: number;
  readonly resourceVersion: string;
}

/** Where documents are written to. */
export interface WritingTo {
  readonly client: SecretsClient;
  readonly store: string;
  readonly isCold: IsCold;
}

/**
 * Writes a document into its Secret, unless that has it at this version or a later one already: whoever writes the documents of an old
 * commit, late or again, changes nothing.
 * @param known as the Secret was found last; undefined when nobody has looked, or it is not there
 * @returns as the Secret is now
 * @throws what the API rejects with; then the document is written or not, and may be written again
 */
export async function writeDocument(
  { client, store, isCold }: WritingTo,
  document: VersionedDocument,
  known: WrittenDocument | undefined,
): Promise<WrittenDocument> {
  const { key, version } = document;
  for (let before = known; ; ) {
    if (before !== undefined && before.version >= version) return before;
    const secret = documentSecret(store, isCold(key) ? 'cold' : 'hot', document, before?.resourceVersion);
    try {
      const resourceVersion = before === undefined ? await client.create(secret) : await client.replace(secret);
      return { version, resourceVersion };
    } catch (error) {
      const { code } = toRerootError(error);
      if (code !== 'RR_CLUSTER_CONFLICT' && code !== 'RR_OBJECT_NOT_FOUND') throw error;
      // A namespace that is not there is not found either, and would not be for ever.
      if (code === 'RR_OBJECT_NOT_FOUND' && before === undefined) throw error;
    }
    const found = await client.find(secretName(store, key));
    before = found === undefined ? undefined : { version: readDocument(found).version, resourceVersion: found.resourceVersion };
  }
}
