import { createGate } from './gate.ts';
import { readDocument, secretName, selectorOf, type VersionedDocument } from './secret-form.ts';
import { type SecretsClient, storeFailure } from './secrets-client.ts';

/** Reads documents that are not kept in memory. */
export interface ColdReads {
  get(key: string): Promise<object | undefined>;
  /** Those of a group; not those that were deleted. */
  list(group: string): Promise<readonly VersionedDocument[]>;
  /** What was read of these is old. */
  forget(keys: Iterable<string>): void;
  forgetAll(): void;
}

/** What was read last stays for a while: who asks for a certificate and finds none soon keeps one. */
const remembered = 8_192;

/** The deadline of a request begins when it is made, and the API has few connections: of thousands at once the last would never come. */
const atOnce = 8;

/** @param recent documents that may be written nowhere else yet */
export function createColdReads(
  client: SecretsClient,
  store: string,
  recent: () => ReadonlyMap<string, VersionedDocument>,
): ColdReads {
  const gate = createGate(atOnce);
  const known = new Map<string, object | undefined>();
  /** What is being read, and whether it is of use when it comes. */
  const reading = new Map<string, { isOld: boolean }>();
  const read = async (key: string): Promise<object | undefined> => {
    const mark = { isOld: false };
    reading.set(key, mark);
    try {
      const found = await gate.pass(() => client.find(secretName(store, key)));
      const value = found === undefined ? undefined : readDocument(found).value;
      if (!mark.isOld) {
        known.set(key, value);
        if (known.size > remembered) known.delete(known.keys().next().value ?? key);
      }
      return value;
    } catch (error) {
      throw storeFailure(error, `document ${key}`);
    } finally {
      if (reading.get(key) === mark) reading.delete(key);
    }
  };
  const forget = (key: string): void => {
    known.delete(key);
    const mark = reading.get(key);
    if (mark !== undefined) mark.isOld = true;
  };
  return {
    get: async (key) => {
      const fresh = recent().get(key);
      if (fresh !== undefined) return fresh.value;
      return known.has(key) ? known.get(key) : read(key);
    },
    list: async (group) => {
      const secrets = await client.list(selectorOf(store, ['cold'], group)).catch((error: unknown) => {
        throw storeFailure(error, `documents of ${group}`);
      });
      const found = new Map(secrets.map(readDocument).map((document) => [document.key, document]));
      for (const [key, document] of recent()) {
        if (key.startsWith(`${group}/`) && document.version > (found.get(key)?.version ?? 0)) found.set(key, document);
      }
      return [...found.values()].filter(({ value }) => value !== undefined);
    },
    forget: (keys) => {
      for (const key of keys) forget(key);
    },
    forgetAll: () => {
      for (const key of [...known.keys(), ...reading.keys()]) forget(key);
    },
  };
}
