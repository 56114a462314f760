import type { ReplicaRestart } from '@reroot/shared/protocol';
import type { CaAnnotations } from '../../cluster/cluster.ts';

const key = (name: string): string => `reroot.dev/${name}`;

/** What marks an object as written by reroot, beside its annotations. */
export const managedBy = { 'app.kubernetes.io/managed-by': 'reroot' } as const;

/** Digest of the data as they were written; another one means that somebody has edited them since. */
export const filesDigestKey = key('files-digest');
export const formerRootCertKey = key('former-root-cert');
const provenAtKey = key('proven-at');
const pluggedInAtKey = key('plugged-in-at');

const replicaRestarts: readonly string[] = ['never', 'when-refused', 'always'] satisfies readonly ReplicaRestart[];

/**
 * The annotations of a Secret with these contents. Those that are absent are null, so that a merge patch takes away what
 * stood there before.
 */
export function renderAnnotations(annotations: CaAnnotations, filesDigest: string): Record<string, string | null> {
  const { accepted, filesWrittenAtMs, replicaRestart, formerRootCert, provenAtMs, pluggedInAtMs } = annotations;
  return {
    [key('term')]: String(accepted.term),
    [key('generation')]: String(accepted.generation),
    [key('row-digest')]: accepted.rowDigest,
    [key('files-written-at')]: new Date(filesWrittenAtMs).toISOString(),
    [key('replica-restart')]: replicaRestart,
    [filesDigestKey]: filesDigest,
    [formerRootCertKey]: formerRootCert ?? null,
    [provenAtKey]: provenAtMs === undefined ? null : new Date(provenAtMs).toISOString(),
    [pluggedInAtKey]: pluggedInAtMs === undefined ? null : new Date(pluggedInAtMs).toISOString(),
  };
}

/** Reads them back; undefined when one is missing or garbled, for half a memory is worse than none. */
export function readAnnotations(found: Readonly<Record<string, string>> = {}): CaAnnotations | undefined {
  const term = readCount(found[key('term')]);
  const generation = readCount(found[key('generation')]);
  const rowDigest = found[key('row-digest')];
  const filesWrittenAtMs = readTime(found[key('files-written-at')]);
  const replicaRestart = found[key('replica-restart')];
  const formerRootCert = found[formerRootCertKey];
  const provenAt = found[provenAtKey];
  const provenAtMs = readTime(provenAt);
  const pluggedInAt = found[pluggedInAtKey];
  const pluggedInAtMs = readTime(pluggedInAt);
  if (term === undefined || generation === undefined || rowDigest === undefined || filesWrittenAtMs === undefined)
    return undefined;
  if (!isReplicaRestart(replicaRestart) || found[filesDigestKey] === undefined) return undefined;
  if (provenAt !== undefined && provenAtMs === undefined) return undefined;
  if (pluggedInAt !== undefined && pluggedInAtMs === undefined) return undefined;
  return {
    accepted: { term, generation, rowDigest },
    filesWrittenAtMs,
    replicaRestart,
    ...(formerRootCert === undefined ? {} : { formerRootCert }),
    ...(provenAtMs === undefined ? {} : { provenAtMs }),
    ...(pluggedInAtMs === undefined ? {} : { pluggedInAtMs }),
  };
}

function readCount(text = ''): number | undefined {
  const count = Number(text);
  return /^\d+$/.test(text) && Number.isSafeInteger(count) ? count : undefined;
}

/** Only what `renderAnnotations` writes: another spelling of the same time was written by somebody else. */
function readTime(text = ''): number | undefined {
  const ms = Date.parse(text);
  return Number.isNaN(ms) || new Date(ms).toISOString() !== text ? undefined : ms;
}

function isReplicaRestart(text: string | undefined): text is ReplicaRestart {
  return text !== undefined && replicaRestarts.includes(text);
}
