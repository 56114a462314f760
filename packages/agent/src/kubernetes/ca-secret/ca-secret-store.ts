import { isDeepStrictEqual } from 'node:util';
import type { KubeApi } from '@reroot/kube-api';
import { RerootError } from '@reroot/shared/errors';
import type { CaFiles, CaSecret, CaSecretContent } from '../../cluster/cluster.ts';
import { dataOf, readCaFiles } from './ca-files.ts';
import { findEditors } from './find-editors.ts';
import {
  findLeading,
  type HeldCa,
  isCopyOf,
  isHeld,
  isPlugged,
  memoryOf,
  type NamespaceCa,
  readNamespaceCa,
  versionOf,
} from './namespace-ca.ts';
import { readFormerCas } from './read-former-cas.ts';
import { obstacleTo, writeNamespaceCa } from './write-namespace-ca.ts';

/** The `cacerts` Secret of every namespace of istiod, as one. */
export interface CaSecretStore {
  read(signal: AbortSignal): Promise<CaSecret | undefined>;
  /** What signed before and is there still, of every namespace. */
  readFormer(signal: AbortSignal): Promise<readonly CaFiles[]>;
  /**
   * @param expectedVersion that was read, or undefined when no namespace had `cacerts`, whatever istiod has made itself
   * @throws RR_CLUSTER_CONFLICT when it is not at that version, or something alters it on its way; RR_SECRET_UNCHANGEABLE
   */
  write(content: CaSecretContent, expectedVersion: string | undefined, signal: AbortSignal): Promise<CaSecret>;
}

/**
 * Reads live, never from a cache: what is planned from it must be what stands there. One namespace leads, see `findLeading`;
 * it is written first, then the others are brought along. The version is that of all of them, so that none is written over
 * which was not planned for. When one of the others cannot be written, it is among the stale copies from then on.
 * @param namespaces of istiod, the primary first
 */
export function createCaSecretStore(api: KubeApi, namespaces: readonly string[]): CaSecretStore {
  const readAll = (signal: AbortSignal): Promise<readonly NamespaceCa[]> =>
    Promise.all(namespaces.map((namespace) => readNamespaceCa(api, namespace, signal)));
  const read = async (signal: AbortSignal): Promise<CaSecret | undefined> => compose(await readAll(signal));
  return {
    read,
    readFormer: async (signal) =>
      (await Promise.all(namespaces.map((namespace) => readFormerCas(api, namespace, signal)))).flat(),
    write: async (content, expectedVersion, signal) => {
      const all = await readAll(signal);
      requireVersion(all, expectedVersion);
      const leading = findLeading(all);
      const [first, ...others] = leading === undefined ? all : [leading, ...all.filter((each) => each !== leading)];
      if (first !== undefined) await writeNamespaceCa(api, first, content, signal);
      for (const other of others) await writeNamespaceCa(api, other, content, signal);
      return requireWritten(content, await read(signal));
    },
  };
}

function compose(all: readonly NamespaceCa[]): CaSecret | undefined {
  const leading = findLeading(all);
  if (leading === undefined) return undefined;
  const { secret } = leading;
  const annotations = memoryOf(secret);
  const held = all.filter(isHeld);
  const foreign = held.some((each) => memoryOf(each.secret) === undefined);
  return {
    ...readCaFiles(secret),
    ...findCrl([leading, ...held]),
    source: isPlugged(secret) ? 'cacerts' : 'istio-ca-secret',
    version: versionOf(held),
    owner: foreign ? 'other' : 'reroot',
    editedBy: annotations === undefined ? [] : findEditors(secret),
    ...findObstacle(held),
    staleCopies: all.filter((each) => !isCopyOf(each, leading)).map(({ namespace }) => namespace),
    annotations,
  };
}

function findObstacle(held: readonly HeldCa[]): Pick<CaSecret, 'unchangeable'> {
  const why = held.map(({ namespace, secret }) => (isPlugged(secret) ? obstacleTo(namespace, secret) : undefined));
  const found = why.find((each) => each !== undefined);
  return found === undefined ? {} : { unchangeable: found };
}

/** Lists of any namespace count: a write brings all alike, and would take away what only another one has. */
function findCrl(held: readonly HeldCa[]): Pick<CaSecret, 'crl'> {
  const crl = held.map(({ secret }) => readCaFiles(secret).crl).find((each) => each !== undefined);
  return crl === undefined ? {} : { crl };
}

/** Where no namespace has `cacerts` it is created, and that it does not exist is the lock. */
function requireVersion(all: readonly NamespaceCa[], expected: string | undefined): void {
  const held = all.filter(isHeld);
  const found = held.some(({ secret }) => isPlugged(secret)) ? versionOf(held) : undefined;
  if (found === expected) return;
  throw new RerootError('RR_CLUSTER_CONFLICT', `cacerts is at version ${found ?? '(none)'}, not ${expected ?? '(none)'}`);
}

function requireWritten(content: CaSecretContent, read: CaSecret | undefined): CaSecret {
  if (read === undefined) throw new RerootError('RR_CLUSTER_CONFLICT', 'cacerts was taken away right after it was written');
  const same = isDeepStrictEqual(dataOf(read), dataOf(content));
  if (same && isDeepStrictEqual(read.annotations, withoutUndefined(content.annotations))) return read;
  throw new RerootError('RR_CLUSTER_CONFLICT', 'cacerts does not hold what was written to it: something alters it on its way');
}

function withoutUndefined(value: object): object {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined));
}
