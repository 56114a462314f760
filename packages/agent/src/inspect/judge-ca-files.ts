import { checkCa, type NamedFiles, newestIstio, parseIstioVersion, readCaSet } from '@reroot/shared/istio';
import type { InspectedCaFiles, InspectedFinding, InspectedIstiod } from '@reroot/shared/protocol';

/** A Secret of istiod, opened. It stays here: what goes on are names, sizes and findings. */
export interface OpenedSecret {
  readonly namespace: string;
  /** Undefined where there is neither `cacerts` nor a CA that istiod has made itself. */
  readonly secret: { readonly name: 'cacerts' | 'istio-ca-secret'; readonly files: NamedFiles } | undefined;
}

/** What of an istiod the rules depend on. */
export type JudgedIstiod = Pick<InspectedIstiod, 'version' | 'multiRoot'>;

/**
 * Judges a Secret by the rules of docs/pki-check.md, once for each kind of istiod that reads it. One whose version is not known
 * is taken for the newest. Pure.
 * @param istiods those of the namespace
 */
export function judgeCaFiles(
  { namespace, secret }: OpenedSecret,
  istiods: readonly JudgedIstiod[],
  nowMs: number,
): InspectedCaFiles {
  if (secret === undefined) return { namespace, secret: 'none', keys: [], findings: [] };
  const { name, files } = secret;
  const keys = Object.entries(files).map(([key, text]) => ({ name: key, bytes: Buffer.byteLength(text) }));
  // What istiod has made itself has a form of its own, which the rules are not about.
  const findings = name === 'cacerts' ? findingsFor(files, istiods, nowMs) : [];
  return { namespace, secret: name, keys: keys.toSorted((a, b) => (a.name < b.name ? -1 : 1)), findings };
}

function findingsFor(files: NamedFiles, istiods: readonly JudgedIstiod[], nowMs: number): readonly InspectedFinding[] {
  const set = readCaSet(files);
  const kinds = new Map(kindsOf(istiods).map((kind) => [`${kind.version} ${kind.multiRoot}`, kind]));
  const all = [...kinds.values()].flatMap(({ version, multiRoot }) => {
    const istio = parseIstioVersion(version) ?? newest;
    return checkCa({ istio, multiRoot, atMs: nowMs, scope: 'whole', set }).findings;
  });
  const distinct = new Map(all.map(({ rule, verdict, message }) => [`${rule} ${message}`, { rule, verdict, message }]));
  return [...distinct.values()];
}

function kindsOf(istiods: readonly JudgedIstiod[]): readonly JudgedIstiod[] {
  return istiods.length > 0 ? istiods : [{ version: newestIstio, multiRoot: 'unknown' }];
}

const newest = parseIstioVersion(newestIstio) ?? { major: 1, minor: 31, patch: 0 };
