import { RerootError } from '@reroot/shared/errors';
import { makeSecret, selectorOf } from './secret-form.ts';
import { type SecretsClient, storeFailure } from './secrets-client.ts';

/** Bytes apart from the documents, each in Secrets of its own that never change. */
export interface Blobs {
  /** @returns its id */
  keep(bytes: Uint8Array): Promise<string>;
  read(id: string): Promise<Uint8Array | undefined>;
  /** Never rejects. */
  drop(ids: readonly string[]): Promise<void>;
  /**
   * Drops those that are older than an hour and that nobody names.
   * @param readNamed says who is named now; asked after it is known which ones there are, so that none is named by then and not said
   * @returns how many
   */
  sweep(readNamed: () => Promise<ReadonlySet<string>>, nowMs: number): Promise<number>;
}

const pieceBytes = 512 * 1024;
/** One that is younger may be of a commit that is under way. */
const sweptAfterMs = 3_600_000;

/** What the ids of blobs look like; documents have them as strings of their own. */
export const blobId = /^blob-[0-9a-f-]+-(?<pieces>\d+)$/;

/** @param newId unique, of letters and digits of the hexadecimal system and hyphens */
export function createBlobs(client: SecretsClient, store: string, newId: () => string): Blobs {
  const nameOf = (id: string, piece: number): string => `${store}.${id}.${piece}`;
  const namesOf = (id: string): readonly string[] =>
    Array.from({ length: Number(blobId.exec(id)?.groups?.['pieces'] ?? 0) }, (_, piece) => nameOf(id, piece));
  const place = `blobs of store ${store}`;
  const keepPiece = async (name: string, bytes: Uint8Array): Promise<void> => {
    const data = { value: Buffer.from(bytes).toString('base64') };
    const secret = makeSecret(store, 'blob', { name, data });
    for (let tries = 1; ; tries += 1) {
      try {
        await client.create(secret);
        return;
      } catch (error) {
        // Nobody else makes one of this name: it is the one of a try whose answer was lost.
        if (error instanceof RerootError && error.code === 'RR_CLUSTER_CONFLICT') return;
        if (!(error instanceof RerootError) || error.code !== 'RR_CLUSTER_UNREACHABLE' || tries === 3) {
          throw storeFailure(error, place);
        }
      }
    }
  };
  const drop = async (id: string): Promise<void> => {
    await Promise.allSettled(namesOf(id).map((name) => client.delete(name)));
  };
  return {
    keep: async (bytes) => {
      const pieces = Math.max(1, Math.ceil(bytes.byteLength / pieceBytes));
      const id = `blob-${newId()}-${pieces}`;
      await Promise.all(
        namesOf(id).map((name, piece) => keepPiece(name, bytes.subarray(piece * pieceBytes, (piece + 1) * pieceBytes))),
      );
      return id;
    },
    read: async (id) => {
      const found = await Promise.all(namesOf(id).map((name) => client.find(name))).catch((error: unknown) => {
        throw storeFailure(error, place);
      });
      const pieces = found.flatMap((secret) => (secret === undefined ? [] : [Buffer.from(secret.data['value'] ?? '', 'base64')]));
      return found.length === 0 || pieces.length < found.length ? undefined : Buffer.concat(pieces);
    },
    drop: async (ids) => {
      await Promise.all(ids.map(drop));
    },
    sweep: async (readNamed, nowMs) => {
      const names = await client.listNames(selectorOf(store, ['blob']));
      const old = names.filter(({ createdAtMs }) => createdAtMs < nowMs - sweptAfterMs);
      const ids = new Set(old.map(({ name }) => name.slice(store.length + 1, name.lastIndexOf('.'))));
      if (ids.size === 0) return 0;
      const named = await readNamed();
      const orphans = [...ids].filter((id) => !named.has(id));
      for (const id of orphans) await drop(id);
      return orphans.length;
    },
  };
}
