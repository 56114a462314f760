import type { AccessStatus, ClusterStatus, MeshStatus, Permission } from '@reroot/shared/api';

/** Something that a person can do to a mesh, now. */
export interface Act {
  readonly kind: 'continue' | 'rollback' | 'abort' | 'start' | 'exclude' | 'include' | 'prove';
  readonly label: string;
  readonly permission: Permission;
  /** What follows from it, as a sentence. */
  readonly effect: string;
  readonly tone: 'go' | 'back' | 'plain';
}

/** What can be done to the mesh as it is. Whether the reader may is another matter: `mayAct`. */
export function actsOfMesh(status: MeshStatus): readonly Act[] {
  return [continueAct(status), rollbackAct(status), abortAct(status), startAct(status)].filter((act) => act !== undefined);
}

/** What can be done to one cluster. */
export function actsOfCluster({ membership, name }: ClusterStatus): readonly Act[] {
  if (membership === 'member') {
    const effect = `${name} keeps what it holds, and no step waits for it any more.`;
    return [{ kind: 'exclude', label: 'Exclude', permission: 'operate', effect, tone: 'back' }];
  }
  if (membership === 'returning') return [];
  const effect = `${name} is led back to what the others hold, step by step.`;
  return [{ kind: 'include', label: 'Include', permission: 'operate', effect, tone: 'plain' }];
}

/** Whether the reader may; nobody may before it is known who reads. */
export function mayAct({ permission }: Pick<Act, 'permission'>, access: AccessStatus | undefined): boolean {
  return access?.permissions.includes(permission) ?? false;
}

const roles: Readonly<Record<Permission, string>> = {
  read: 'viewer',
  operate: 'operator',
  approve: 'approver',
  administer: 'admin',
};

/** Who may do what the reader may not: `Approve, Roll back: for the role approver`. */
export function othersText(acts: readonly Act[]): string {
  const needed = [...new Set(acts.map(({ permission }) => permission))];
  return needed
    .map((permission) => {
      const labels = acts.filter((act) => act.permission === permission).map(({ label }) => label);
      return `${labels.join(', ')}: for the role ${roles[permission]}`;
    })
    .join('. ');
}

/** Whether the rotation stands still until a person answers. */
export function awaitsPerson(status: MeshStatus): boolean {
  const { state, verdict, direction, step } = status;
  if (verdict.reason === 'AwaitingApproval') return true;
  if (state === 'VERIFYING' && verdict.reason === 'AwaitingVerification') return true;
  return state === 'FAILED' || (state === 'VERIFIED' && direction === 'back' && step !== 'PREVIOUS_CA');
}

/** Who is waited for, and what that one decides by. */
export function personText(status: MeshStatus): string {
  const { rotation, state } = status;
  const who = rotation?.approvals === 'another-person' ? `Another person than ${rotation.startedBy} answers` : 'A person answers';
  if (state === 'FAILED')
    return `${who}: retry once the cause is mended, or roll back. Until then every cluster keeps what it holds.`;
  return `${who}: approve when traffic is as it should be, or roll back. Until then every cluster keeps what it holds.`;
}

function continueAct(status: MeshStatus): Act | undefined {
  if (!awaitsPerson(status)) return undefined;
  return { kind: 'continue', permission: 'approve', tone: 'go', ...continueWords(status) };
}

function continueWords({ verdict, state, direction, step }: MeshStatus): Pick<Act, 'label' | 'effect'> {
  if (verdict.reason === 'AwaitingApproval') {
    return { label: 'Approve', effect: 'The emergency rotation begins: every cluster is told the first row.' };
  }
  if (state === 'FAILED') return { label: 'Retry', effect: `${step} is tried again from where it stands.` };
  if (state === 'VERIFIED') return { label: 'Go forward', effect: `The rotation goes forward again from ${step}.` };
  if (direction === 'back') return { label: 'Accept', effect: `The rollback to ${step} is accepted.` };
  const effect =
    step === 'DELETING_OLD_ROOT'
      ? 'The rotation finishes: the new root is the current one.'
      : `${step} passes, and the next row is told to the first wave.`;
  return { label: 'Approve', effect };
}

const rotatingStates: readonly MeshStatus['state'][] = [
  'ADDING_NEW_ROOT',
  'PROPAGATING_NEW_INTERMEDIATE',
  'DELETING_OLD_ROOT',
  'VERIFYING',
  'VERIFIED',
  'FAILED',
];

function rollbackAct(status: MeshStatus): Act | undefined {
  const { state, step, rotation } = status;
  if (rotation === undefined || step === 'PREVIOUS_CA' || !rotatingStates.includes(state)) return undefined;
  const effect = `The row before ${step} is put in force again, in every cluster, and proven like any step.`;
  return { kind: 'rollback', label: 'Roll back', permission: 'approve', effect, tone: 'back' };
}

/** Only while no cluster was told. */
function abortAct({ state, wave, direction }: MeshStatus): Act | undefined {
  const untold = wave.index === 0 && wave.released.reached === 0 && direction === 'forward';
  if (!untold || !(state === 'ADDING_NEW_ROOT' || state === 'DELETING_OLD_ROOT' || state === 'FAILED')) return undefined;
  const effect = 'The rotation is taken back before any cluster was told of it.';
  return { kind: 'abort', label: 'Abort', permission: 'operate', effect, tone: 'back' };
}

function startAct({ state }: MeshStatus): Act | undefined {
  if (state !== 'NOT_ROTATING' && state !== 'PREVIOUS_CA' && state !== 'FINISHED') return undefined;
  const effect = 'A new root is made or taken, and the first row is prepared.';
  return { kind: 'start', label: 'Start a rotation', permission: 'operate', effect, tone: 'plain' };
}

/** The same act on the command line, for whoever wants to write it down. */
export function commandOf(kind: Act['kind'], { mesh, state, rotation, step, generation }: MeshStatus, cluster = ''): string {
  const named = `--mesh ${mesh}`;
  if (kind === 'continue' && state === 'FAILED') return `reroot retry ${named} --rotation ${rotation?.id ?? ''} --why '…'`;
  switch (kind) {
    case 'continue':
    case 'rollback':
      return `reroot verify --${kind} ${named} --rotation ${rotation?.id ?? ''} --step ${step} --generation ${generation} --why '…'`;
    case 'abort':
      return `reroot abort ${named} --rotation ${rotation?.id ?? ''} --why '…'`;
    case 'exclude':
    case 'include':
      return `reroot ${kind} ${cluster} ${named} --why '…'`;
    case 'start':
      return `reroot rotate ${named}`;
    case 'prove':
      return `reroot prove ${named}`;
  }
}
