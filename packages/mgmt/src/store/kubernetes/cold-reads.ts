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
  /** What is being read; what is not among them when it comes is old. */
  const reading = new Map<string, Promise<object | undefined>>();
  const find = async (key: string): Promise<object | undefined> => {
    try {
      const found = await gate.pass(() => client.find(secretName(store, key)));
      return found === undefined ? undefined : readDocument(found).value;
    } catch (error) {
      throw storeFailure(error, `document ${key}`);
    }
  };
  /** One read of a key at a time: of two, the slower one could bring back what the document was before it was changed. */
  const read = async (key: string): Promise<object | undefined> => {
    const underWay = reading.get(key);
    if (underWay !== undefined) return underWay;
    const finding = find(key);
    reading.set(key, finding);
    try {
      const value = await finding;
      if (reading.get(key) === finding) {
        known.set(key, value);
        if (known.size > remembered) known.delete(known.keys().next().value ?? key);
      }
      return value;
    } finally {
      if (reading.get(key) === finding) reading.delete(key);
    }
  };
  const forget = (key: string): void => {
    known.delete(key);
    reading.delete(key);
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
