import { assertNever } from '../errors/index.ts';
import {
  malformed,
  readCertificate,
  readCount,
  readEnum,
  readFingerprint,
  readList,
  readShort,
  readShown,
  requirePart,
} from './field.ts';
import { reroot } from './generated/reroot.js';
import { limits } from './limits.ts';
import type { EvidenceMethod, Holding, NamespaceEvidence, ReplicaEvidence, Report, WorkloadEvidence } from './message.ts';
import { readProblem } from './problem-codec.ts';
import { readStanding, writeStanding } from './standing-codec.ts';

type Wire = reroot.v1.Report.$Properties;
type WireHolding = reroot.v1.Holding.$Properties;

const { EvidenceLevel, EvidenceMethod: WireMethod, Learns: WireLearns, MultiRoot: WireMultiRoot } = reroot.v1;

const levels = {
  secret: EvidenceLevel.EVIDENCE_LEVEL_WRITTEN,
  namespaces: EvidenceLevel.EVIDENCE_LEVEL_PUBLISHED,
  workloads: EvidenceLevel.EVIDENCE_LEVEL_HELD,
} as const;
const methods = {
  'proxy-config': WireMethod.EVIDENCE_METHOD_PROXY_CONFIG,
  'start-time': WireMethod.EVIDENCE_METHOD_START_TIME,
  'leaf-lifetime': WireMethod.EVIDENCE_METHOD_LEAF_LIFETIME,
  none: WireMethod.EVIDENCE_METHOD_NONE,
} as const satisfies Record<EvidenceMethod, number>;
const learns = {
  pushed: WireLearns.LEARNS_PUSHED,
  renewed: WireLearns.LEARNS_RENEWED,
} as const satisfies Record<WorkloadEvidence['learns'], number>;
/** An agent that does not know the field has not looked either. */
const multiRoots = {
  unknown: WireMultiRoot.MULTI_ROOT_UNSPECIFIED,
  on: WireMultiRoot.MULTI_ROOT_ON,
  off: WireMultiRoot.MULTI_ROOT_OFF,
} as const satisfies Record<ReplicaEvidence['multiRoot'], number>;

/** To the wire's form. */
export function writeReport(report: Report): reroot.v1.Report.$Properties {
  return {
    appliedTerm: report.appliedTerm,
    appliedGeneration: report.appliedGeneration,
    takenAtMs: report.takenAtMs,
    agentVersion: report.agentVersion,
    clusterUid: report.clusterUid,
    certificates: [...report.certificates],
    ...(report.written === undefined ? {} : { written: writeHolding(report.written) }),
    replicas: report.replicas.map(writeReplica),
    namespaces: (report.namespaces ?? []).map(({ namespace, holding }) => ({
      namespace,
      ...(holding === undefined ? {} : { holding: writeHolding(holding) }),
    })),
    workloads: (report.workloads ?? []).map(writeWorkloads),
    problems: report.problems.map((problem) => ({ ...problem })),
    nudges: report.nudges,
    unknownLevels: [
      ...(report.secret === undefined ? [] : [levels.secret]),
      ...(report.namespaces === undefined ? [levels.namespaces] : []),
      ...(report.workloads === undefined ? [levels.workloads] : []),
    ],
    ...(report.standing === undefined ? {} : { standing: writeStanding(report.standing) }),
  };
}

/** From the wire's form. @throws RR_PROTOCOL_MALFORMED */
export function readReport(wire: Wire): Report {
  const unknown = readList('report.unknown_levels', wire.unknownLevels, limits.levels, (path, level) =>
    readEnum(path, levels, level),
  );
  return {
    appliedTerm: readCount('report.applied_term', wire.appliedTerm),
    appliedGeneration: readCount('report.applied_generation', wire.appliedGeneration),
    takenAtMs: readCount('report.taken_at_ms', wire.takenAtMs),
    agentVersion: readShort('report.agent_version', wire.agentVersion),
    clusterUid: readShort('report.cluster_uid', wire.clusterUid),
    certificates: readList('report.certificates', wire.certificates, limits.certificates, readCertificate),
    written: wire.written === null || wire.written === undefined ? undefined : readHolding('report.written', wire.written),
    ...(unknown.includes('secret') ? { secret: 'unknown' } : {}),
    replicas: readList('report.replicas', wire.replicas, limits.replicas, readReplica),
    namespaces: unknown.includes('namespaces')
      ? undefined
      : readList('report.namespaces', wire.namespaces, limits.namespaces, readNamespace),
    workloads: unknown.includes('workloads')
      ? undefined
      : readList('report.workloads', wire.workloads, limits.workloads, readWorkloads),
    problems: readList('report.problems', wire.problems, limits.problems, readProblem),
    nudges: readCount('report.nudges', wire.nudges),
    ...(wire.standing === null || wire.standing === undefined ? {} : { standing: readStanding(wire.standing) }),
  };
}

function writeHolding({ bundleSha256, roots, signerChain }: Holding): WireHolding {
  return { bundleSha256, roots: [...roots], signerChain: [...signerChain] };
}

function readHolding(path: string, wire: WireHolding): Holding {
  return {
    bundleSha256: readFingerprint(`${path}.bundle_sha256`, wire.bundleSha256),
    roots: readList(`${path}.roots`, wire.roots, limits.bundleRoots, readFingerprint),
    signerChain: readList(`${path}.signer_chain`, wire.signerChain, limits.signerChain, readFingerprint),
  };
}

function writeReplica({ replica, result, multiRoot }: ReplicaEvidence): reroot.v1.ReplicaEvidence.$Properties {
  const known = { replica, multiRoot: multiRoots[multiRoot] };
  switch (result.kind) {
    case 'holding':
      return { ...known, holding: writeHolding(result.holding) };
    case 'failure':
      return { ...known, failure: { ...result.problem } };
    default:
      return assertNever(result);
  }
}

function readReplica(path: string, wire: reroot.v1.ReplicaEvidence.$Properties): ReplicaEvidence {
  const known = {
    replica: readShort(`${path}.replica`, wire.replica),
    multiRoot: readShown(multiRoots, wire.multiRoot, 'unknown'),
  };
  const { holding, failure } = wire;
  if (holding !== null && holding !== undefined) {
    return { ...known, result: { kind: 'holding', holding: readHolding(`${path}.holding`, holding) } };
  }
  if (failure !== null && failure !== undefined) {
    return { ...known, result: { kind: 'failure', problem: readProblem(`${path}.failure`, failure) } };
  }
  throw malformed(path, 'has neither holding nor failure');
}

function readNamespace(path: string, wire: reroot.v1.NamespaceEvidence.$Properties): NamespaceEvidence {
  const { holding } = wire;
  return {
    namespace: readShort(`${path}.namespace`, wire.namespace),
    holding: holding === null || holding === undefined ? undefined : readHolding(`${path}.holding`, holding),
  };
}

function writeWorkloads(group: WorkloadEvidence): reroot.v1.WorkloadEvidence.$Properties {
  const { namespace, holding, count, examples, method, unread } = group;
  return {
    namespace,
    holding: writeHolding(holding),
    count,
    examples: [...examples],
    method: methods[method],
    learns: learns[group.learns],
    unread,
  };
}

function readWorkloads(path: string, wire: reroot.v1.WorkloadEvidence.$Properties): WorkloadEvidence {
  return {
    namespace: readShort(`${path}.namespace`, wire.namespace),
    holding: readHolding(`${path}.holding`, requirePart(`${path}.holding`, wire.holding)),
    count: readCount(`${path}.count`, wire.count),
    examples: readList(`${path}.examples`, wire.examples, limits.examples, readShort),
    method: readEnum(`${path}.method`, methods, wire.method),
    learns: readShown(learns, wire.learns, 'pushed'),
    // Nothing is decided by it: a word of a newer agent is no reason to refuse what it proves.
    unread: readShort(`${path}.unread`, wire.unread),
  };
}
