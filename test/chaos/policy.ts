import { assertNever } from '@reroot/shared/errors';
import type { Plan, PlannedVerification, PlannedWaves } from './plan.ts';

/** The policy of rotations that a plan asks for. @param gateUrl the system that automatic verification asks */
export function policyOf({ verification, waves }: Plan, gateUrl: string): Readonly<Record<string, unknown>> {
  return { verification: verificationOf(verification, gateUrl), ...wavesOf(waves) };
}

function verificationOf(verification: PlannedVerification, gateUrl: string): object {
  switch (verification.kind) {
    case 'none':
    case 'manual':
      return { [verification.kind]: {} };
    case 'automatic': {
      const checks = [{ name: 'gate', webhook: { url: `${gateUrl}/verify`, timeout: '2s' } }];
      return { automatic: { timeout: '20s', onFailure: verification.onFailure, checks } };
    }
  }
  return assertNever(verification);
}

function wavesOf(waves: PlannedWaves): object {
  if (waves.kind === 'all-at-once') return {};
  const { canary, maxClusters, soakMs } = waves;
  const canaries = canary === 'none' ? {} : { canaries: [canary] };
  return { waves: { ...canaries, maxClusters, soak: `${soakMs / 1_000}s` } };
}
