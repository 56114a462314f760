/** A mesh of two clusters that is fit for a rotation, for tests. Used by tests alone. */
import {
  type InspectedCaFiles,
  type InspectedIstiod,
  type InspectedProxies,
  type Inspection,
  known,
  type LinkState,
  protocolVersion,
} from '@reroot/shared/protocol';
import type { MeshSpec } from '../../mesh/index.ts';
import { rootA, samplePolicy, snapshotOf } from '../../rotation/evidence-sample.ts';
import { type LinkFacts, newRecord } from '../../rotation/index.ts';
import type { AdoptionFacts, PreflightFacts } from '../facts.ts';

export const dayMs = 86_400_000;
const nowMs = 3_000;

export const record = newRecord('demo', { ...rootA, notBeforeMs: 0, notAfterMs: 365 * dayMs }, 0);

export const spec: MeshSpec = {
  mesh: 'demo',
  clusters: ['east', 'west'],
  trustDomain: 'cluster.local',
  rootSource: { kind: 'generated' },
  root: { ttlDays: 365, organization: 'acme', keyAlgorithm: { kind: 'ecdsa', curve: 'P-256' }, graceRatio: 0 },
  intermediateSource: { kind: 'mgmt' },
  intermediate: { ttlDays: 30, organization: 'acme', keyAlgorithm: { kind: 'ecdsa', curve: 'P-256' }, graceRatio: 0 },
  rotation: samplePolicy,
  maintenanceWindows: [],
};

/** The spec with another policy. */
export function specWith(rotation: Partial<MeshSpec['rotation']>, changes: Partial<MeshSpec> = {}): MeshSpec {
  return { ...spec, rotation: { ...spec.rotation, ...rotation }, ...changes };
}

export function istiod(changes: Partial<InspectedIstiod> = {}): InspectedIstiod {
  return {
    name: 'istiod-0',
    version: '1.30.1',
    revision: 'default',
    startedAtMs: 0,
    multiRoot: 'on',
    trustBundles: 'off',
    rootConfigMap: 'istio-ca-root-cert',
    longestLeafMs: 90 * dayMs,
    externalCa: '',
    unread: [],
    ...changes,
  };
}

export function proxies(changes: Partial<InspectedProxies> = {}): InspectedProxies {
  return {
    role: 'sidecar',
    version: '1.30.1',
    learns: 'pushed',
    leafLifetimeMs: dayMs,
    certificates: 'istiod',
    count: 3,
    examples: ['default/web-0'],
    unread: [],
    ...changes,
  };
}

export function caFiles(changes: Partial<InspectedCaFiles> = {}): InspectedCaFiles {
  return { namespace: 'istio-system', secret: 'cacerts', keys: [{ name: 'ca-cert.pem', bytes: 900 }], findings: [], ...changes };
}

export function inspection(changes: Partial<Inspection> = {}): Inspection {
  return {
    agentVersion: '0.2.0',
    takenAtMs: nowMs,
    istiods: known([istiod(), istiod({ name: 'istiod-1' })]),
    proxies: known([proxies()]),
    caFiles: known([caFiles()]),
    webhooks: known([{ name: 'istio-sidecar-injector', kind: 'mutating', bundle: 'equal', written: 'never' }]),
    meshRoots: known(0),
    outsideWorkloads: known(0),
    budgets: known([{ name: 'istiod', namespace: 'istio-system', guards: 'istiod', allowed: 1 }]),
    rights: known([{ right: 'get secrets cacerts in istio-system', need: 'needed', allowed: known('yes') }]),
    rootsReadFrom: known('config-map'),
    ...changes,
  };
}

/** A link over which an agent of this version answers at once. */
export function link(changes: Partial<LinkState> = {}, timing = { roundTripMs: 2, clockOffsetMs: 0 }): LinkFacts {
  const state: LinkState = {
    heardSequence: 1,
    heardAtMs: nowMs,
    agentVersion: '0.2.0',
    protocol: protocolVersion,
    mgmtKeys: [],
    credentialsEpoch: 0,
    connectedSinceMs: 0,
    reconnects: 0,
    refusals: [],
    natsJwtExpiresAtMs: 0,
    clusterUid: 'uid',
    ...changes,
  };
  return { access: { kind: 'granted' }, answer: { heardAtMs: nowMs, timing, state } };
}

/** Facts of a mesh that is fit, with changes. */
export function facts(changes: Partial<PreflightFacts> = {}): PreflightFacts {
  const links = new Map(spec.clusters.map((cluster) => [cluster, link()]));
  return {
    nowMs,
    record,
    spec,
    strategy: 'MULTI_ROOT',
    pace: 'usual',
    snapshot: { ...snapshotOf(record), links },
    silentAfterMs: samplePolicy.silentAfterMs,
    roots: new Map(),
    target: undefined,
    adoption: undefined,
    inspections: new Map(spec.clusters.map((cluster) => [cluster, known(inspection())])),
    host: {
      freeBytes: known(2 ** 30),
      natsMaxBytes: known(2 ** 20),
      rootKey: known({ kind: 'usable' }),
      reportBytes: new Map(spec.clusters.map((cluster) => [cluster, 20_000])),
      names: 'known',
    },
    ...changes,
  };
}

/** The facts where east was found to be like this. */
export function inspected(changes: Partial<Inspection>, more: Partial<PreflightFacts> = {}): PreflightFacts {
  const fit = facts(more);
  return { ...fit, inspections: new Map([...fit.inspections, ['east', known(inspection(changes))]]) };
}

/** The facts where mgmt is like this. */
export function hosted(changes: Partial<PreflightFacts['host']>, more: Partial<PreflightFacts> = {}): PreflightFacts {
  const fit = facts(more);
  return { ...fit, host: { ...fit.host, ...changes } };
}

/** What is different where a cluster would be adopted. */
export function adopting(cluster: string, changes: Partial<AdoptionFacts> = {}): Partial<PreflightFacts> {
  return { adoption: { clusters: new Set([cluster]), roots: new Map(), problems: [], ...changes } };
}
