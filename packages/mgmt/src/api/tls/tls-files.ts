import { readFile, stat } from 'node:fs/promises';
import { errorMessage, RerootError } from '@reroot/shared/errors';
import { othersMayRead } from '@reroot/shared/private-file';

/** Where certificate, key and CAs are: `api.tls` of the configuration. */
export interface TlsFiles {
  /** PEM: the certificate of the server, and behind it those up to its root, which may be left out. */
  readonly certFile: string;
  /** PEM, unencrypted, readable by its owner alone. */
  readonly keyFile: string;
  /** PEM: the CAs whose clients' certificates count. None are asked for when it is left out. */
  readonly clientCaFile?: string | undefined;
}

/** What the files hold. */
export interface TlsTexts {
  readonly cert: FileText;
  readonly key: FileText;
  readonly clientCa: FileText | undefined;
}

/** A file and what it holds. */
export interface FileText {
  readonly file: string;
  readonly text: string;
}

const maxBytes = 2 ** 20;

/**
 * Reads the files.
 * @throws RR_API_TLS_UNREADABLE when one is missing, larger than 1 MiB, or a key that others can read
 */
export async function readTlsFiles({ certFile, keyFile, clientCaFile }: TlsFiles): Promise<TlsTexts> {
  return {
    cert: await readText(certFile, 'everybody'),
    key: await readText(keyFile, 'owner'),
    clientCa: clientCaFile === undefined ? undefined : await readText(clientCaFile, 'everybody'),
  };
}

/**
 * What changes when a file does: when it was written, how large it is, and which file it is, for a Secret that Kubernetes
 * mounts is replaced by another file under the same name. A file that is not there has a version too.
 */
export async function readTlsVersion({ certFile, keyFile, clientCaFile }: TlsFiles): Promise<string> {
  const files = [certFile, keyFile, ...(clientCaFile === undefined ? [] : [clientCaFile])];
  const versions = await Promise.all(files.map(versionOf));
  return versions.join(' ');
}

async function versionOf(file: string): Promise<string> {
  try {
    const { mtimeNs, ctimeNs, size, ino } = await stat(file, { bigint: true });
    return [mtimeNs, ctimeNs, size, ino].join(',');
  } catch (error) {
    return errorMessage(error);
  }
}

async function readText(file: string, readers: 'owner' | 'everybody'): Promise<FileText> {
  const refuse = (why: string, cause?: unknown): RerootError =>
    new RerootError('RR_API_TLS_UNREADABLE', why, {
      place: file,
      cause,
      ...(readers === 'owner' ? { remedy: `give the key to its owner alone: chmod 600 ${file}` } : {}),
    });
  try {
    const found = await stat(file);
    const { mode, size } = found;
    if (readers === 'owner' && othersMayRead(found)) {
      throw refuse(`others than its owner may read the private key (mode ${(mode & 0o777).toString(8)})`);
    }
    if (size > maxBytes) throw refuse(`the file has ${size} bytes; ${maxBytes} are allowed`);
    return { file, text: await readFile(file, 'utf8') };
  } catch (error) {
    throw error instanceof RerootError ? error : refuse(`the file cannot be read: ${errorMessage(error)}`, error);
  }
}
