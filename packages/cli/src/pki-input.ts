import { createReadStream } from 'node:fs';
import { errorMessage, RerootError } from '@reroot/shared/errors';
import { type ManifestFiles, readManifests } from '@reroot/shared/istio';
import type { Shell } from './shell.ts';

/** All Secrets of a large cluster fit in; more is a mistake. */
const maxBytes = 16 * 2 ** 20;

/** What a file of certificates is: PEM, or Kubernetes objects that hold some. */
export type PkiInput =
  | { readonly kind: 'pem'; readonly file: string; readonly text: string }
  | { readonly kind: 'manifest'; readonly file: string; readonly objects: readonly ManifestFiles[] };

/**
 * Reads a file, or stdin where it is `-`.
 * @param blank whether a file without a single visible character is PEM too
 * @throws RR_PKI_FILE_UNREADABLE; RR_PKI_NOTHING_FOUND where it is neither PEM nor a Secret or ConfigMap; RR_CONFIG_INVALID
 */
export async function readPkiInput(file: string, shell: Shell, blank: 'taken' | 'refused' = 'refused'): Promise<PkiInput> {
  const text = await readText(file, shell);
  if (blank === 'taken' && text.trim() === '') return { kind: 'pem', file, text };
  // In a manifest every BEGIN is indented, quoted or encoded.
  if (/^-----BEGIN /m.test(text)) return { kind: 'pem', file, text };
  if (/^(?:- +)?(["']?)(?:apiVersion|kind|items)\1\s*:|^\s*\{/m.test(text) || /^\s*\[/.test(text)) {
    const objects = readManifests(text, file);
    if (objects.length > 0) return { kind: 'manifest', file, objects };
  } else if (text.includes('-----BEGIN ')) {
    return { kind: 'pem', file, text };
  }
  throw nothingFound(file);
}

/** A text is there, and nothing in it that could be looked at. */
export function nothingFound(file: string): RerootError {
  return new RerootError('RR_PKI_NOTHING_FOUND', 'there is no PEM block, and no Secret or ConfigMap with one', { place: file });
}

/** An object of a manifest, as it is called on the screen. */
export function objectName({ kind, namespace, name }: Pick<ManifestFiles, 'kind' | 'namespace' | 'name'>): string {
  return `${kind} ${namespace === undefined ? name : `${namespace}/${name}`}`;
}

async function readText(file: string, shell: Shell): Promise<string> {
  const bytes = await readBytes(file, shell);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    const { what, remedy } = binaryKind(bytes);
    throw new RerootError('RR_PKI_FILE_UNREADABLE', `the file is ${what}`, { place: file, remedy, cause: error });
  }
}

/** What bytes are that are not UTF-8, by how they begin, and how PEM comes out of them. */
function binaryKind(bytes: Buffer): { readonly what: string; readonly remedy: string } {
  const start = bytes.subarray(0, 24).toString('hex');
  if (/^(?:fffe|feff)/.test(start))
    return { what: 'text in UTF-16', remedy: 'write it as UTF-8: `iconv -f UTF-16 -t UTF-8 FILE`' };
  // PFX (RFC 7292 §4): a SEQUENCE that begins with the version, 3.
  if (/^30(?:8[0-4](?:..){0,4}|..)020103/.test(start)) {
    return { what: 'PKCS#12', remedy: 'give PEM; `openssl pkcs12 -nokeys -in FILE` writes the certificates out of it' };
  }
  if (start.startsWith('30')) {
    return {
      what: 'DER, not PEM',
      remedy: 'give PEM; `openssl x509 -inform der -in FILE` writes it from DER, as do `req` and `crl`',
    };
  }
  return { what: 'not text', remedy: 'give PEM, or Secrets and ConfigMaps as YAML or JSON' };
}

async function readBytes(file: string, { stdin, signal }: Shell): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of file === '-' ? stdin : createReadStream(file, { signal })) {
      const bytes = Buffer.from(chunk as Buffer | string);
      length += bytes.length;
      if (length > maxBytes) break;
      chunks.push(bytes);
    }
  } catch (error) {
    signal.throwIfAborted();
    throw new RerootError('RR_PKI_FILE_UNREADABLE', `cannot read it: ${errorMessage(error)}`, { place: file, cause: error });
  }
  if (length <= maxBytes) return Buffer.concat(chunks);
  throw new RerootError('RR_PKI_FILE_UNREADABLE', `it is larger than ${maxBytes} bytes`, { place: file });
}
