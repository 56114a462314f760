import type { AdoptRequest, PreflightOverride } from '@reroot/shared/api';
import type { Clock } from '@reroot/shared/clock';
import { requestAdoption } from '../rotation/index.ts';
import type { MeshChange, StoredRoot } from '../store/index.ts';
import { findAdoption, requireAdoptable } from './find-adoption.ts';
import type { MeshMoment } from './mesh-loop.ts';
import { withOverrides } from './with-overrides.ts';

/** What a start works with. */
export interface AdoptionStartOptions {
  readonly term: number;
  readonly clock: Clock;
  readonly newId: () => string;
}

/**
 * The change that starts an adoption: the rotation, and the certificates of the roots that the clusters came with.
 * @param overridden the checks of preflight that fail, and why it starts all the same: they go into the history
 * @throws RR_ADOPT_*, and what the start of a rotation throws
 */
export function startAdoption(
  moment: MeshMoment,
  request: AdoptRequest,
  { term, clock, newId }: AdoptionStartOptions,
  overridden: readonly PreflightOverride[] = [],
): MeshChange {
  const { view } = moment;
  const { spec, record } = view.stored;
  const found = findAdoption(moment, term);
  const { verification = spec.rotation.verification, by, why } = request;
  const asked = { ...requireAdoptable(found, moment), rotationId: newId(), by, ...(why === undefined ? {} : { why }) };
  const policy = { ...spec.rotation, strategy: 'MULTI_ROOT', verification } as const;
  const transition = requestAdoption(record, asked, policy, clock.now());
  const unknown = [...found.roots.values()].filter(({ fingerprint }) => !view.roots.has(fingerprint));
  const foreignRoots = unknown.map(
    ({ fingerprint, pem }): StoredRoot => ({ fingerprint, certificatePem: pem, custody: { kind: 'foreign' } }),
  );
  return { ...withOverrides(transition, overridden), foreignRoots };
}
