import type { PlannedIntermediates, SigningBurst } from '@reroot/shared/api';
import { algorithmOf, type KeyAlgorithm } from '@reroot/shared/pki';
import { intermediateSourceUnder } from '../authorities/index.ts';
import type { MeshSpec } from '../mesh/index.ts';
import type { ClusterFacts, FactsOf } from './cluster-facts.ts';
import type { PlanFacts } from './plan-facts.ts';
import { intermediatesPerSecond, leavesPerSecond, vaultShare } from './signing-capacity.ts';

/** How long the proxies of a cluster that ask for a certificate at once keep its istiods busy, in milliseconds. */
export function burstMsOf({ pushed, replicas }: ClusterFacts, { intermediate }: MeshSpec): number {
  return (pushed / leavesPerSecond(intermediate.keyAlgorithm, replicas)) * 1_000;
}

/** The cluster of a wave whose istiods have the most to sign at once. */
export function findBurst(clusters: readonly string[], facts: FactsOf, spec: MeshSpec): SigningBurst | undefined {
  let longest: ClusterFacts | undefined;
  for (const cluster of clusters) {
    const each = facts.get(cluster);
    if (each === undefined || each.pushed === 0) continue;
    if (longest === undefined || burstMsOf(each, spec) > burstMsOf(longest, spec)) longest = each;
  }
  if (longest === undefined) return undefined;
  const { cluster, pushed, replicas } = longest;
  const perSecond = leavesPerSecond(spec.intermediate.keyAlgorithm, replicas);
  return { cluster, requests: pushed, replicas, perSecond, seconds: round(burstMsOf(longest, spec) / 1_000) };
}

/**
 * Who signs new intermediates under a root, and how long that takes.
 * @param perWave how many are needed in each wave
 */
export function planIntermediates(signer: string, perWave: readonly number[], facts: PlanFacts): PlannedIntermediates {
  const count = perWave.reduce((sum, each) => sum + each, 0);
  const atOnce = Math.max(0, ...perWave);
  const by = signedBy(signer, facts);
  if (by === 'agents') return { count, by, atOnce };
  const perSecond = intermediatesPerSecond(algorithmUnder(signer, facts)) * (by === 'vault' ? vaultShare : 1);
  return { count, by, atOnce, seconds: round(atOnce / perSecond) };
}

function signedBy(signer: string, { roots, spec }: PlanFacts): PlannedIntermediates['by'] {
  const kept = roots.get(signer);
  if (kept === undefined) {
    // One that is not there yet will be where the source of roots keeps its keys.
    if (spec.rootSource.kind !== 'vault') return 'mgmt';
    return spec.intermediateSource.kind === 'vault' ? 'agents' : 'vault';
  }
  if (intermediateSourceUnder(kept.custody, spec.intermediateSource).kind === 'vault') return 'agents';
  return kept.custody.kind === 'vault' ? 'vault' : 'mgmt';
}

function algorithmUnder(signer: string, { roots, spec }: PlanFacts): KeyAlgorithm {
  const kept = roots.get(signer);
  return kept === undefined ? spec.root.keyAlgorithm : algorithmOf(kept.certificate.publicKey);
}

function round(seconds: number): number {
  return Math.round(seconds * 1_000) / 1_000;
}
