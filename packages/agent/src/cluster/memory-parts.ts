import {
  generateKey,
  importPrivateKey,
  issueLeaf,
  parseCertificate,
  parseCertificates,
  parseCrls,
  rootsOf,
  signerFromKey,
  verifyCrl,
} from '@reroot/shared/pki';
import { containsAll } from '../trust/signer-root.ts';
import type { CaFiles, Owner, Rollout, UnreadReason, Workload } from './cluster.ts';

/** One istiod of a cluster in memory. */
export interface ReplicaState {
  readonly name: string;
  startedAtMs: number;
  volume: 'following' | 'held';
  loaded: CaFiles | undefined;
}

/** One pod with its proxy, and the Deployment that it is the only pod of. */
export interface WorkloadState {
  readonly namespace: string;
  readonly name: string;
  /** Which replica its certificate requests reach; its bundle comes from the first one. */
  readonly asks: number;
  /** When it is started anew it hears again. */
  hearing: 'hears' | 'deaf';
  learns: Workload['learns'];
  startedAtMs: number;
  unread: UnreadReason | undefined;
  standing: Pick<Rollout, 'state' | 'blockedBy'>;
  seenBundle: string | undefined;
  certChain: string;
  rootCert: string;
}

const hourMs = 3_600_000;
const leafLifetimeMs = 24 * hourMs;

/** Starts an istiod without a CA. */
export function newReplica(name: string, startedAtMs: number): ReplicaState {
  return { name, startedAtMs, volume: 'following', loaded: undefined };
}

/** Starts a workload without a certificate. */
export function newWorkload(namespace: string, name: string, asks: number, startedAtMs: number): WorkloadState {
  const ways = {
    hearing: 'hears',
    learns: 'pushed',
    unread: undefined,
    standing: { state: 'steady', blockedBy: undefined },
  } as const;
  return { namespace, name, asks, startedAtMs, ...ways, seenBundle: undefined, certChain: '', rootCert: '' };
}

/** As the port gives it. */
export function describeWorkload({ namespace, name, learns, startedAtMs, unread, certChain, rootCert }: WorkloadState): Workload {
  const owner: Owner = { kind: 'Deployment', namespace, name };
  const reading =
    unread === undefined ? ({ kind: 'read', certChain, rootCert } as const) : ({ kind: 'unread', why: unread } as const);
  return { namespace, name, role: 'sidecar', owner, learns, startedAtMs, leafLifetimeMs, reading };
}

/** A running istiod takes a new bundle when it holds all of the old roots or is a part of them, else it keeps everything. */
export function loadVolume(replica: ReplicaState, secret: CaFiles | undefined): void {
  if (replica.volume === 'held' || secret === undefined) return;
  if (!areCrlsComplete(secret)) return;
  if (replica.loaded === undefined || areRelated(replica.loaded.rootCert, secret.rootCert)) replica.loaded = secret;
}

/** With lists istiod wants one signed by each certificate of the chain, in date or not, whether it starts or reloads. */
export function areCrlsComplete({ certChain, crl }: CaFiles): boolean {
  if (crl === undefined) return true;
  try {
    const crls = parseCrls(crl);
    return parseCertificates(certChain).every((ca) => crls.some((each) => verifyCrl(each, ca, each.thisUpdateMs).ok));
  } catch {
    return false;
  }
}

function areRelated(before: string, after: string): boolean {
  const [old, fresh] = [rootsOf(before), rootsOf(after)];
  return containsAll(old, fresh) || containsAll(fresh, old);
}

/** A sidecar asks for a new certificate exactly when the bytes of the bundle that it is told have changed. */
export async function follow(workload: WorkloadState, replicas: readonly ReplicaState[], nowMs: number): Promise<void> {
  const told = replicas[0]?.loaded?.rootCert;
  const signer = replicas[workload.asks]?.loaded;
  const started = workload.certChain !== '';
  const hears = workload.hearing === 'hears' && workload.learns === 'pushed';
  if (told === undefined || signer === undefined || (started && (!hears || told === workload.seenBundle))) return;
  const key = signerFromKey(await generateKey({ kind: 'ecdsa', curve: 'P-256' }));
  const leaf = await sign(key.publicKeySpki, signer, `spiffe://test/${workload.namespace}/${workload.name}`, nowMs);
  workload.seenBundle = told;
  workload.certChain = leaf + signer.certChain;
  workload.rootCert = workload.learns === 'pushed' ? unionOf(told, signer.rootCert) : signer.rootCert;
}

/** Proxies trust what they are told and what came with their certificate. */
function unionOf(told: string, signed: string): string {
  return [...new Set([...rootsOf(told), ...rootsOf(signed)].map(({ pem }) => pem))].join('');
}

/** Signs a leaf for a day, as a replica that holds these files. */
export async function sign(publicKeySpki: Uint8Array, files: CaFiles, uri: string, nowMs: number): Promise<string> {
  const leaf = await issueLeaf({
    publicKeySpki,
    issuer: parseCertificate(files.caCert),
    issuerKey: signerFromKey(importPrivateKey(files.caKey)),
    uris: [uri],
    notBeforeMs: nowMs - hourMs,
    notAfterMs: nowMs + leafLifetimeMs,
  });
  return leaf.pem;
}
