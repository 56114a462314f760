import process from 'node:process';

/** What `stat` says of a file that holds a secret. */
export interface FileOwnership {
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

/** Who reads it. */
export interface Reader {
  readonly uid: number;
  readonly groups: readonly number[];
}

const othersMask = 0o077;
const groupRead = 0o040;

/**
 * Whether others than the reader, and root, may read a file or change it. A file of root that one group of the reader may read
 * is private too: it is how a kubelet mounts a Secret for a container that is not root (`fsGroup`), and how a service without root
 * is given a key.
 */
export function othersMayRead({ mode, uid, gid }: FileOwnership, reader: Reader = thisProcess()): boolean {
  const others = mode & othersMask;
  if (others === 0) return false;
  return !(others === groupRead && uid === 0 && reader.uid !== 0 && reader.groups.includes(gid));
}

/** Windows knows neither. */
function thisProcess(): Reader {
  return { uid: process.geteuid?.() ?? 0, groups: [process.getegid?.() ?? 0, ...(process.getgroups?.() ?? [])] };
}
