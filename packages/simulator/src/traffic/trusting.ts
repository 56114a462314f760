import { type Certificate, parseCertificates, verifyChain } from '@reroot/shared/pki';
import type { Material } from '../workload/sidecar.ts';
import type { Holder } from './endpoint.ts';

/**
 * Whether every workload of the one side verifies every one of the other, both ways. Of those without a certificate nothing is
 * known: they trust nobody yet.
 */
export function trustEachOther(a: readonly Holder[], b: readonly Holder[], nowMs: number): boolean {
  const [one, other] = [a.map(readSide), b.map(readSide)];
  return one.every((from) => other.every((to) => verifies(from, to, nowMs) && verifies(to, from, nowMs)));
}

interface Side {
  readonly chain: readonly Certificate[];
  readonly roots: readonly Certificate[];
}

const read = new WeakMap<Material, Side>();

function readSide(holder: Holder): Side | undefined {
  const material = holder.material();
  if (material === undefined) return undefined;
  const known = read.get(material) ?? {
    chain: parseCertificates(material.certChain),
    roots: parseCertificates(material.rootCert),
  };
  read.set(material, known);
  return known;
}

function verifies(by: Side | undefined, who: Side | undefined, nowMs: number): boolean {
  if (by === undefined || who === undefined) return false;
  const roots = new Set(by.roots.map(({ fingerprint }) => fingerprint));
  const chain = who.chain.filter(({ fingerprint }) => !roots.has(fingerprint));
  return verifyChain(chain, by.roots, nowMs).ok;
}
