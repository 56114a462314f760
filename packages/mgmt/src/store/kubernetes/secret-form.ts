import { gunzipSync, gzipSync } from 'node:zlib';
import { errorMessage, RerootError } from '@reroot/shared/errors';
import { sha256Hex } from '@reroot/shared/pki';
import { z } from 'zod';
import { groupOf } from '../documents/document-space.ts';
import { checkStored } from '../stored-form.ts';

/** Secrets of this type are the store; nothing else of the namespace is looked at. */
const secretType = 'reroot.dev/store';
const storeLabel = 'reroot.dev/store';
const partLabel = 'reroot.dev/part';
const groupLabel = 'reroot.dev/group';
const keyAnnotation = 'reroot.dev/key';
const versionAnnotation = 'reroot.dev/version';

/** `hot`: every mgmt has it in memory. `cold`: read when it is asked for. */
export type Part = 'head' | 'hot' | 'cold' | 'blob';

/** A Secret of the store, as it is written. */
export interface StoreSecret {
  readonly apiVersion: 'v1';
  readonly kind: 'Secret';
  readonly type: typeof secretType;
  readonly metadata: {
    readonly name: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations: Readonly<Record<string, string>>;
    readonly resourceVersion?: string;
  };
  readonly data: Readonly<Record<string, string>>;
}

const foundSchema = z.looseObject({
  metadata: z.looseObject({
    name: z.string(),
    resourceVersion: z.string(),
    annotations: z.record(z.string(), z.string()).optional(),
  }),
  data: z.record(z.string(), z.string()).optional(),
});

/** A Secret as it was found. */
export interface FoundSecret {
  readonly name: string;
  readonly resourceVersion: string;
  readonly annotations: Readonly<Record<string, string>>;
  /** Base64. */
  readonly data: Readonly<Record<string, string>>;
}

/** Reads one. @throws RR_STORE_CORRUPT */
export function readSecret(secret: unknown, place: string): FoundSecret {
  const { metadata, data = {} } = checkStored(foundSchema, secret, place);
  const { name, resourceVersion, annotations = {} } = metadata;
  return { name, resourceVersion, annotations, data };
}

/** A Secret of the store. */
export function makeSecret(
  store: string,
  part: Part,
  { name, group, annotations = {}, data, resourceVersion }: MadeSecret,
): StoreSecret {
  const labels = { [storeLabel]: store, [partLabel]: part, ...(group === undefined ? {} : { [groupLabel]: group }) };
  const metadata = { name, labels, annotations, ...(resourceVersion === undefined ? {} : { resourceVersion }) };
  return { apiVersion: 'v1', kind: 'Secret', type: secretType, metadata, data };
}

interface MadeSecret {
  readonly name: string;
  readonly group?: string;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly data: Readonly<Record<string, string>>;
  readonly resourceVersion?: string | undefined;
}

/** Selects by labels. */
export function selectorOf(store: string, parts: readonly Part[], group?: string): string {
  const ofParts = `${storeLabel}=${store},${partLabel} in (${parts.join(',')})`;
  return group === undefined ? ofParts : `${ofParts},${groupLabel}=${groupHash(group)}`;
}

/** What the API server takes for the data of one Secret, decoded (`MaxSecretSize` in k8s.io/kubernetes/pkg/apis/core). */
const maxSecretBytes = 1_048_576;

/**
 * @param what names it in the error
 * @throws RR_STORE_TOO_LARGE when no Secret can have this data: it must not be committed, for it could be written nowhere
 */
export function requireFits(what: string, data: Readonly<Record<string, string>>): void {
  const bytes = Object.values(data).reduce((sum, value) => sum + Buffer.byteLength(value, 'base64'), 0);
  if (bytes <= maxSecretBytes) return;
  throw new RerootError('RR_STORE_TOO_LARGE', `${what} would have ${bytes} bytes, and a Secret may have ${maxSecretBytes}`);
}

/** A document at the version at which it was last changed; without a value it was deleted. */
export interface VersionedDocument {
  readonly key: string;
  readonly version: number;
  readonly value: object | undefined;
}

/** The Secret of a document. One that was deleted stays, without a value: an older version must not come back. */
export function documentSecret(
  store: string,
  part: Part,
  { key, version, value }: VersionedDocument,
  resourceVersion: string | undefined,
): StoreSecret {
  return makeSecret(store, part, {
    name: secretName(store, key),
    group: groupHash(groupOf(key)),
    annotations: { [keyAnnotation]: key, [versionAnnotation]: String(version) },
    data: value === undefined ? {} : { value: pack(value) },
    resourceVersion,
  });
}

/** The document in a Secret. @throws RR_STORE_CORRUPT */
export function readDocument({ name, annotations, data }: FoundSecret): VersionedDocument {
  const place = `Secret ${name}`;
  const key = annotations[keyAnnotation];
  const version = Number(annotations[versionAnnotation]);
  if (key === undefined || !Number.isSafeInteger(version)) {
    throw new RerootError('RR_STORE_CORRUPT', `it does not say which document it is, or at which version`, { place });
  }
  return { key, version, value: data['value'] === undefined ? undefined : unpack(data['value'], place) };
}

const namePart = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

/** The key where that can be a name, for whoever looks at the cluster by hand; else its hash. */
export function secretName(store: string, key: string): string {
  const parts = key.split('/');
  const readable = [store, ...parts].join('.');
  const isName = parts.every((part) => namePart.test(part)) && readable.length <= 200;
  return isName ? readable : `${store}.${parts[0] ?? ''}.x-${sha256Hex(Buffer.from(key)).slice(0, 40)}`;
}

/** JSON, compressed, as the data of a Secret. */
export function pack(value: unknown): string {
  return gzipSync(JSON.stringify(value)).toString('base64');
}

/** What a Secret unfolds to at most: one that was made to unfold to more must not take the memory of the process. */
const maxUnpackedBytes = 64 * 1_048_576;

/** @throws RR_STORE_CORRUPT */
export function unpack(data: string, place: string): object {
  try {
    const json = gunzipSync(Buffer.from(data, 'base64'), { maxOutputLength: maxUnpackedBytes });
    const value: unknown = JSON.parse(json.toString());
    if (typeof value === 'object' && value !== null) return value;
  } catch (cause) {
    throw new RerootError('RR_STORE_CORRUPT', `what is stored cannot be read: ${errorMessage(cause)}`, { place, cause });
  }
  throw new RerootError('RR_STORE_CORRUPT', 'what is stored is no document', { place });
}

function groupHash(group: string): string {
  return sha256Hex(Buffer.from(group)).slice(0, 32);
}
