import { canonicalJson } from '@reroot/shared/audit';
import { sha256Hex } from '@reroot/shared/pki';
import type { RotationCondition, RotationRecord } from '../rotation/index.ts';
import { type AuditDraft, verdictInJournal } from './audit.ts';
import type { ClusterRecord } from './cluster-record.ts';
import type { Proof } from './proof.ts';
import type { Issued, MeshChange, NewMesh, StoredMesh } from './store.ts';

/** What the journal says of each change. Pure: the store appends it in the transaction of the change. */

/** A mesh that is stored for the first time. */
export function draftOfNewMesh({ spec, record, condition }: NewMesh): AuditDraft {
  const digests = { spec: digestOf(spec), record: digestOf(record) };
  return { kind: 'change', action: 'mesh.create', mesh: spec.mesh, ...ofRecord(record), message: condition.message, digests };
}

/** A mesh that changes. The verdict is what let it pass, or else what stood when somebody acted. */
export function draftOfChange(before: StoredMesh, change: MeshChange, after: StoredMesh): AuditDraft {
  const { condition, because = before.verdict?.verdict } = change;
  const errors = condition?.errors ?? [];
  return {
    kind: 'change',
    action: actionOf(change),
    mesh: after.spec.mesh,
    ...ofRecord(after.record),
    ...rotationOf(rotationOfChange(before, change)),
    message: condition?.message ?? 'the mesh was changed',
    ...(errors.length === 0 ? {} : { errors }),
    ...(because === undefined ? {} : { verdict: verdictInJournal(because) }),
    digests: {
      ...(change.spec === undefined ? {} : { spec: digestOf(change.spec) }),
      record: digestOf(after.record),
      ...(change.evidence === undefined ? {} : { evidence: sha256Hex(Buffer.from(change.evidence)) }),
    },
    facts: { from: before.record.state },
  };
}

/** The rotation that a change is of. The record of one that is over names it no more; the entry of its history does. */
export function rotationOfChange(before: StoredMesh, { condition }: MeshChange): string | undefined {
  return condition?.rotationId ?? before.record.rotation?.id;
}

/** A certificate that was issued. */
export function draftOfIssued({ mesh, cluster, serial, signerRoot, csrSha256, chain }: Issued): AuditDraft {
  return {
    ...{ kind: 'issuance', action: 'certificate.issue', mesh, cluster },
    message: `an intermediate was issued to cluster ${cluster}`,
    facts: { serial },
    digests: { signerRoot, csr: csrSha256, chain: digestOf(chain) },
  };
}

/** A proof that was kept. */
export function draftOfProof(mesh: string, proof: Proof): AuditDraft {
  const { id, cause, rotationId, state, step, generation, outcome, message, checks } = proof;
  return {
    ...{ kind: 'proof', action: 'proof.make', mesh, ...rotationOf(rotationId), state, step, generation, message },
    verdict: {
      passed: outcome === 'passed',
      reason: outcome,
      message,
      laggards: checks.reduce((count, { laggards }) => count + laggards.length, 0),
    },
    facts: { proof: id, cause },
    digests: { proof: digestOf(proof) },
  };
}

/**
 * The record of a cluster that was added, changed or revoked; undefined for what is nobody's act: a JWT that was renewed, a former
 * name or a user of NATS that was forgotten.
 */
export function draftOfCluster(before: ClusterRecord | undefined, after: ClusterRecord): AuditDraft | undefined {
  const told = tellCluster(before, after);
  if (told === undefined) return undefined;
  const { why, ...said } = told;
  const digests = after.agent === undefined ? {} : { agentKey: digestOf(after.agent.publicKeyPem) };
  return { kind: 'change', ...said, mesh: after.mesh, cluster: after.name, digests, ...(why === undefined ? {} : { why }) };
}

/** A cluster that goes by another name from now on. */
export function draftOfRename(from: string, { name, mesh }: ClusterRecord): AuditDraft {
  return {
    kind: 'change',
    action: 'cluster.rename',
    mesh,
    cluster: name,
    message: `cluster ${from} is called ${name} from now on`,
  };
}

interface ClusterNews {
  readonly action: string;
  readonly message: string;
  readonly why?: string;
}

function tellCluster(before: ClusterRecord | undefined, after: ClusterRecord): ClusterNews | undefined {
  const { name, revoked, invitation, agent, nextAgent } = after;
  const invited = invitation === undefined ? '' : ` that is good until ${new Date(invitation.expiresAtMs).toISOString()}`;
  if (before === undefined) return { action: 'cluster.add', message: `a join file${invited} was made for cluster ${name}` };
  if (revoked !== undefined && before.revoked === undefined) {
    return { action: 'cluster.revoke', message: `cluster ${name} is shut out`, why: revoked.why };
  }
  if (invitation !== undefined && invitation.tokenId !== before.invitation?.tokenId) {
    return { action: 'cluster.invite', message: `another join file${invited} was made for cluster ${name}` };
  }
  if (after.epoch !== before.epoch) {
    return { action: 'cluster.rotate-credentials', message: `the agent of cluster ${name} is to change its keys` };
  }
  if (agent?.publicKeyPem !== before.agent?.publicKeyPem) {
    const came = before.agent === undefined ? 'has enrolled' : 'goes by another key';
    return { action: 'cluster.key', message: `the agent of cluster ${name} ${came}` };
  }
  if (nextAgent !== undefined && nextAgent.publicKeyPem !== before.nextAgent?.publicKeyPem) {
    return { action: 'cluster.next-key', message: `the agent of cluster ${name} has shown the key that it changes to` };
  }
  return undefined;
}

function actionOf({ condition, spec }: MeshChange): string {
  if (condition?.drift !== undefined) return 'mesh.drift';
  const move = condition?.act?.move;
  if (move === undefined || move === 'members') return spec === undefined ? 'mesh.change' : 'mesh.apply';
  return clusterMoves.has(move) ? `cluster.${move}` : `rotation.${move}`;
}

const clusterMoves: ReadonlySet<string> = new Set(['exclude', 'include', 'guide', 'admit', 'rename']);

function ofRecord({ state, step, generation, rotation }: RotationRecord): Pick<AuditDraft, 'state' | 'step' | 'generation'> {
  return { state, step, generation, ...rotationOf(rotation?.id) };
}

function rotationOf(rotationId: RotationCondition['rotationId']): { readonly rotationId?: string } {
  return rotationId === undefined ? {} : { rotationId };
}

function digestOf(value: unknown): string {
  return sha256Hex(Buffer.from(canonicalJson(value)));
}
