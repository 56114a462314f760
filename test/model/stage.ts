import {
  changeMembers,
  type NewRoot,
  newRecord,
  perform,
  type RotationRecord,
  requestAdoption,
  requestStart,
  type StartPolicy,
} from '@reroot/mgmt/rotation';
import type { State } from '@reroot/shared/api';
import { type ClusterState, type Clusters, createClusters, type Workload } from './cluster.ts';
import type { ClusterOptions } from './cluster-moves.ts';
import { createInterner, type Interner } from './interner.ts';
import { type Authorities, nowMs } from './materials.ts';
import { type Budget, type MgmtOptions, type MgmtState, noBudget, plainMoment, policyOf, still } from './mgmt.ts';
import { createParts, type Parts } from './parts.ts';
import type { Rules } from './rules.ts';

/** A bounded world: who is in it, and what may happen. */
export interface WorldOptions extends ClusterOptions, MgmtOptions {
  readonly name: string;
  readonly clusters: readonly ClusterSetup[];
  readonly replicas: number;
  readonly workloads: number;
  /** `started` begins just after the start of a rotation to B, `rest` before it, `adopting` just after that of an adoption to A. */
  readonly begins: 'rest' | 'started' | 'adopting';
  /** `emergency` has begun with one that another person has approved. */
  readonly pace: 'usual' | 'emergency';
  readonly budget: Partial<Budget>;
  /** States of the rotation that it must come to: a world in which nothing happens breaks nothing. */
  readonly reaches: readonly State[];
}

/** One cluster as it is at first. */
export interface ClusterSetup {
  readonly name: string;
  /** Those in one group stand next to each other, and are told and treated alike by everybody. */
  readonly group: number;
  /** Whether it belongs to the mesh from the start. */
  readonly member: 'yes' | 'no';
  /**
   * What its Secret holds: the row `[A | A]`, or nothing; or, where a world begins with an adoption, the row of a root from
   * elsewhere, as the reroot of another mesh has left it.
   */
  readonly holds: 'A' | 'B' | 'C' | 'nothing';
  /** Where it has not as many as the others. */
  readonly workloads?: number;
}

/** What all parts of a world share. */
export interface Stage {
  readonly options: WorldOptions;
  readonly rules: Rules;
  readonly authorities: Authorities;
  readonly parts: Parts;
  readonly clusters: Clusters;
  readonly mgmtStates: Interner<MgmtState>;
  readonly names: readonly string[];
  mgmtIdOf(state: MgmtState): number;
}

/** Starts with nothing known. */
export function createStage(options: WorldOptions, rules: Rules, authorities: Authorities): Stage {
  const mgmtStates = createInterner<MgmtState>();
  return {
    options,
    rules,
    authorities,
    // Nobody but the cluster that came with it has the key of a foreign root.
    parts: createParts(authorities, options.begins === 'adopting' ? 0b110 : 0),
    clusters: createClusters(),
    mgmtStates,
    names: options.clusters.map(({ name }) => name),
    mgmtIdOf: (state) => mgmtStates.idOf(JSON.stringify(state), () => state),
  };
}

/** mgmt as it is at first. */
export function startOfMgmt(stage: Stage): MgmtState {
  const { options, authorities } = stage;
  const [old, next] = authorities;
  const rest = newRecord('model', old.root, nowMs - 1);
  const start = { rotationId: 'r', target: next.root, by: 'ann' };
  const policy = policyOf(options, plainMoment);
  const records = {
    rest: () => rest,
    started: () => begun(options, rest, start, policy),
    adopting: () => adopting(rest, stage),
  };
  const record = records[options.begins]();
  const members = options.clusters.filter(({ member }) => member === 'yes').map(({ name }) => name);
  return { record: still(record), members, leaders: [1], left: { ...noBudget, ...options.budget } };
}

function begun(
  { pace }: WorldOptions,
  rest: RotationRecord,
  start: Parameters<typeof requestStart>[1],
  policy: StartPolicy,
): RotationRecord {
  if (pace === 'usual') return requestStart(rest, start, policy, nowMs - 1).record;
  const emergency = { reason: 'somebody has the key', excludeSilent: [], losses: [] };
  const asked = requestStart(rest, { ...start, emergency }, policy, nowMs - 1).record;
  const approval = { by: 'bob', atMs: nowMs - 1, why: 'it is so' };
  return perform(asked, { move: 'approve', approval }, nowMs - 1, { message: 'approved' }).record;
}

/** The record in which clusters that hold roots from elsewhere are adopted. */
function adopting(rest: RotationRecord, { options, authorities }: Stage): RotationRecord {
  const setups = options.clusters.filter(({ holds }) => holds === 'B' || holds === 'C');
  const aside = changeMembers(rest, { added: setups.map(({ name }) => name), removed: [] }, '', nowMs - 1).record;
  const origins = setups.map(({ name, holds }) => {
    const root = rootOf(authorities, holds).fingerprint;
    return [name, { roots: [root], signer: root }] as const;
  });
  const roots = authorities.slice(1).map(({ root }) => ({ ...root, source: 'foreign' as const }));
  const request = { rotationId: 'r', origins: Object.fromEntries(origins), roots, above: 1, by: 'ann' };
  return requestAdoption(aside, request, policyOf(options, plainMoment), nowMs - 1).record;
}

function rootOf(authorities: Authorities, holds: ClusterSetup['holds']): NewRoot {
  const authority = authorities.find(({ letter }) => letter === holds);
  if (authority === undefined) throw new Error(`no root is called ${holds}`);
  return authority.root;
}

/** A cluster as it is at first: it holds what it was told at rest, or has nothing yet. */
export function startOfCluster({ holds, workloads }: ClusterSetup, { options, parts, rules }: Stage): ClusterState {
  const stateOf = (loaded: number, workload: Workload): Pick<ClusterState, 'replicas' | 'workloads'> => ({
    replicas: Array.from({ length: options.replicas }, () => loaded),
    workloads: Array.from({ length: workloads ?? options.workloads }, () => workload),
  });
  if (holds === 'nothing') {
    return { net: [], secret: 0, former: 0, heard: [], ...stateOf(0, { pushed: 0, came: 0, leaf: 0, asks: 'asking' }) };
  }
  const root = rootOf(parts.roots.authorities, holds);
  const bit = parts.roots.bitOf(root.fingerprint);
  const { certificate } = parts.roots.authorityOf(bit);
  const row = { step: 'PREVIOUS_CA', roots: [root.fingerprint], signer: root.fingerprint, nudge: 'laggards' } as const;
  const message = parts.messageOf(1, 1, row);
  const bundle = parts.bundleOf(certificate.pem);
  const files = parts.filesOf(bundle, bit);
  const plan = { kind: 'write', bundle: certificate.pem, needIntermediate: true } as const;
  const secret = parts.secretOf(files, rules.annotate(plan, undefined, parts.messages.at(message).desired, 0));
  return {
    net: [message],
    secret,
    former: 0,
    heard: [],
    ...stateOf(files, { pushed: bundle, came: bit, leaf: bit, asks: 'not' }),
  };
}
