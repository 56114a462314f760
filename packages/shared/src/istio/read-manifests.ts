import { readYamlObjects } from '../config/index.ts';
import { RerootError } from '../errors/index.ts';

/** The files in one Secret or ConfigMap. */
export interface ManifestFiles {
  readonly kind: 'Secret' | 'ConfigMap';
  readonly namespace: string | undefined;
  readonly name: string;
  /** Line in which its document begins, from 1. */
  readonly line: number;
  /** Decoded, by their keys; what is not UTF-8 text is left out. */
  readonly files: Readonly<Record<string, string>>;
}

/**
 * Reads the Secrets and ConfigMaps of a text of YAML or JSON documents, also those in a List, as `kubectl get -o yaml` and
 * Helm write them. Objects of other kinds are passed over.
 * @param place names the text in errors
 * @throws RR_CONFIG_INVALID on what is not YAML, or a value that is not base64; values are never quoted
 */
export function readManifests(text: string, place: string): readonly ManifestFiles[] {
  return readYamlObjects(text, place).flatMap(({ value, line }) =>
    objectsOf(value).map((object) => filesOf(object, line, place)),
  );
}

type KubernetesObject = Readonly<Record<string, unknown>> & { readonly kind: ManifestFiles['kind'] };

/** The Secrets and ConfigMaps in an object: itself, or the items of an array or of a List of any kind. */
function objectsOf(value: unknown): readonly KubernetesObject[] {
  if (Array.isArray(value)) return value.flatMap(objectsOf);
  if (!isRecord(value)) return [];
  const { kind, items } = value;
  if (typeof kind === 'string' && kind.endsWith('List') && Array.isArray(items)) {
    // The items of a SecretList from the API have no kind of their own.
    const kindOfItems = kind.slice(0, -'List'.length);
    return items.flatMap((item: unknown) => objectsOf(isRecord(item) ? { kind: kindOfItems, ...item } : item));
  }
  return kind === 'Secret' || kind === 'ConfigMap' ? [{ ...value, kind }] : [];
}

function filesOf(object: KubernetesObject, line: number, place: string): ManifestFiles {
  const { kind, metadata } = object;
  const { name, namespace } = isRecord(metadata) ? metadata : {};
  const called = typeof name === 'string' ? name : '(no name)';
  const where = `${place}:${line} (${kind} ${called})`;
  const encoded = kind === 'Secret' ? mapAt(object, 'data', where) : mapAt(object, 'binaryData', where);
  const plain = kind === 'Secret' ? mapAt(object, 'stringData', where) : mapAt(object, 'data', where);
  const decoded = Object.entries(encoded).map(([key, value]) => [key, decode(value, `${where} ${shownKey(key)}`)] as const);
  return {
    kind,
    namespace: typeof namespace === 'string' ? namespace : undefined,
    name: called,
    line,
    // stringData wins over data, as in the API server.
    files: { ...Object.fromEntries(decoded.filter(([, value]) => value !== undefined)), ...plain } as Record<string, string>,
  };
}

/** A map of texts under a key of an object; empty where it is left out. */
function mapAt(object: KubernetesObject, key: string, place: string): Readonly<Record<string, string>> {
  const value = object[key] ?? {};
  if (!isRecord(value)) throw new RerootError('RR_CONFIG_INVALID', `${key} is not a map`, { place });
  const wrong = Object.keys(value).find((each) => typeof value[each] !== 'string' && value[each] !== null);
  if (wrong !== undefined) throw new RerootError('RR_CONFIG_INVALID', `${key}.${shownKey(wrong)} is not text`, { place });
  return Object.fromEntries(Object.entries(value).map(([each, text]) => [each, typeof text === 'string' ? text : '']));
}

/** YAML lets anything be a key, also what was meant to be a value. */
function shownKey(key: string): string {
  return /^[-._a-zA-Z0-9]{1,64}$/.test(key) ? key : '(a key that is no name)';
}

/** @returns undefined for bytes that are not text, such as a keystore */
function decode(value: string, place: string): string | undefined {
  const compact = value.replace(/\s/g, '');
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(compact)) {
    throw new RerootError('RR_CONFIG_INVALID', 'the value is not base64', {
      place,
      remedy: 'give data in base64, or plain text under stringData',
    });
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(compact, 'base64'));
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
