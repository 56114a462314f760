import { isDeepStrictEqual } from 'node:util';
import { RerootError } from '@reroot/shared/errors';
import type { CaSecret, CaSecretContent } from '../../cluster/cluster.ts';
import type { KubeApi } from '../api/kube-api.ts';
import { dataOf, readCaFiles } from './ca-files.ts';
import { findEditors } from './find-editors.ts';
import {
  type HeldCa,
  isCopyOf,
  isHeld,
  isPlugged,
  memoryOf,
  type NamespaceCa,
  readNamespaceCa,
  versionOf,
} from './namespace-ca.ts';
import { writeNamespaceCa } from './write-namespace-ca.ts';

/** The `cacerts` Secret of every namespace of istiod, as one. */
export interface CaSecretStore {
  read(signal: AbortSignal): Promise<CaSecret | undefined>;
  /** @throws RR_CLUSTER_CONFLICT when it is not at that version, or something alters it on its way; RR_SECRET_UNCHANGEABLE */
  write(content: CaSecretContent, expectedVersion: string | undefined, signal: AbortSignal): Promise<CaSecret>;
}

/**
 * Reads live, never from a cache: what is planned from it must be what stands there. The first namespace that holds
 * anything leads; it is written first and guards the version, then the others are brought along. When one of those
 * cannot be written, it is among the stale copies from then on.
 * @param namespaces of istiod, the primary first
 */
export function createCaSecretStore(api: KubeApi, namespaces: readonly string[]): CaSecretStore {
  const readAll = (signal: AbortSignal): Promise<readonly NamespaceCa[]> =>
    Promise.all(namespaces.map((namespace) => readNamespaceCa(api, namespace, signal)));
  const read = async (signal: AbortSignal): Promise<CaSecret | undefined> => compose(await readAll(signal));
  return {
    read,
    write: async (content, expectedVersion, signal) => {
      const all = await readAll(signal);
      const leading = all.find(isHeld);
      requireVersion(leading, expectedVersion);
      const [first, ...others] = leading === undefined ? all : [leading, ...all.filter((each) => each !== leading)];
      if (first !== undefined) await writeNamespaceCa(api, first, content, signal);
      for (const other of others) await writeNamespaceCa(api, other, content, signal);
      return requireWritten(content, await read(signal));
    },
  };
}

function compose(all: readonly NamespaceCa[]): CaSecret | undefined {
  const leading = all.find(isHeld);
  if (leading === undefined) return undefined;
  const { secret } = leading;
  const annotations = memoryOf(secret);
  const foreign = all.filter(isHeld).some((each) => memoryOf(each.secret) === undefined);
  return {
    ...readCaFiles(secret),
    source: isPlugged(secret) ? 'cacerts' : 'istio-ca-secret',
    version: versionOf(leading),
    owner: foreign ? 'other' : 'reroot',
    editedBy: annotations === undefined ? [] : findEditors(secret),
    staleCopies: all.filter((each) => !isCopyOf(each, leading)).map(({ namespace }) => namespace),
    annotations,
  };
}

function requireVersion(leading: HeldCa | undefined, expected: string | undefined): void {
  const found = leading === undefined ? undefined : versionOf(leading);
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
