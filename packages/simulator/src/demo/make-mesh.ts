import { shortFingerprint } from '@reroot/shared/api';
import type { Clock } from '@reroot/shared/clock';
import { RerootError } from '@reroot/shared/errors';
import type { Fleet } from './launch-fleet.ts';
import { type MeshPlan, meshDocument } from './mesh-document.ts';
import type { Narrator } from './narrator.ts';

/** How often a fleet is looked at. */
export const lookIntervalMs = 50;

/** The mesh to be made, and how long it may take at the longest. */
export interface MeshToMake extends Pick<MeshPlan, 'name' | 'rootAlgorithm'> {
  readonly settleTimeoutMs: number;
}

const rootTexts: Readonly<Record<MeshPlan['rootAlgorithm'], string>> = {
  KEY_ALGORITHM_RSA: 'RSA 4096',
  KEY_ALGORITHM_ECDSA_P256: 'ECDSA P-256',
};

/**
 * Makes the mesh of a fleet and waits until every cluster holds its first root and workloads talk to each other.
 * @throws RR_DEMO_FAILED when that takes too long; the signal's reason
 */
export async function makeMesh(
  {
    fleet,
    narrator,
    clock,
    signal,
  }: { readonly fleet: Fleet; readonly narrator: Narrator; readonly clock: Clock; readonly signal: AbortSignal },
  { name, rootAlgorithm, settleTimeoutMs }: MeshToMake,
): Promise<void> {
  await fleet.api.applyMesh(name, meshDocument({ name, clusters: fleet.clusters, rootAlgorithm }), signal);
  narrator.say(`the mesh is applied: one ${rootTexts[rootAlgorithm]} root, an ECDSA P-256 intermediate for each cluster`);
  const deadline = AbortSignal.timeout(settleTimeoutMs);
  for (;;) {
    const status = await fleet.api.readMesh(name, signal);
    const { ok } = await fleet.control.traffic(signal);
    const [root] = status.roots;
    if (status.verdict.passed && ok > 0 && root !== undefined) {
      narrator.say(
        `every cluster holds root ${shortFingerprint(root.fingerprint)}, and workloads of all clusters talk to each other`,
      );
      return;
    }
    narrator.await(status);
    if (deadline.aborted) throw new RerootError('RR_DEMO_FAILED', `the first root is not everywhere: ${status.verdict.message}`);
    await clock.sleep(lookIntervalMs, signal);
  }
}
