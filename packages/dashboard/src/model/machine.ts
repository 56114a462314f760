import type { MeshStatus, State } from '@reroot/shared/api';
import { rowTexts, type Step, stateNames } from './wording.ts';

/** How a part of the machine stands to where the rotation is. */
export type Progress = 'done' | 'now' | 'failed' | 'ahead' | 'unused';

/** One row of the table, from first to last, and the end. */
export interface MachineNode {
  readonly id: Step | 'FINISHED';
  readonly title: string;
  /** What clusters hold there; nothing new at the end. */
  readonly row: string;
  readonly progress: Progress;
  /** What happens within a row; none at rest and at the end. */
  readonly phases: readonly { readonly name: PhaseName; readonly progress: Progress }[];
}

export type PhaseName = 'roll out' | 'verify' | 'pass';
const phaseNames: readonly PhaseName[] = ['roll out', 'verify', 'pass'];

/** A way from one node to another one. */
export interface MachineEdge {
  readonly from: number;
  readonly to: number;
  readonly kind: 'forward' | 'back';
  /** `taken`: went this way; `open`: what can follow; `ahead`: later; `taking`: on this way now. */
  readonly use: 'taken' | 'taking' | 'open' | 'ahead' | 'unused';
}

/** The state machine as it is to be shown. */
export interface Machine {
  readonly nodes: readonly MachineNode[];
  readonly edges: readonly MachineEdge[];
  /** Index of the node that the rotation is in. */
  readonly at: number;
}

const steps: readonly Step[] = ['PREVIOUS_CA', 'ADDING_NEW_ROOT', 'PROPAGATING_NEW_INTERMEDIATE', 'DELETING_OLD_ROOT'];
const resting: readonly State[] = ['NOT_ROTATING', 'PREVIOUS_CA'];

/** Where a mesh is in the machine, what may follow and the way back. */
export function machineOf({ state, step, direction, rotation }: MeshStatus): Machine {
  const at = state === 'FINISHED' ? steps.length : resting.includes(state) ? 0 : steps.indexOf(step);
  const abrupt = rotation?.strategy === 'NONE' && !resting.includes(state);
  const isUsed = (index: number): boolean => !abrupt || index === 0 || index >= 3;
  const nodes = [...steps, 'FINISHED' as const].map((id, index): MachineNode => {
    const progress = isUsed(index) ? progressOf(index, at, state) : 'unused';
    const phases = index === 0 || id === 'FINISHED' ? [] : phasesOf(progress, state);
    return { id, title: titleOf(id, at), row: id === 'FINISHED' ? 'B is the root' : rowTexts[id], progress, phases };
  });
  const used = nodes.map((_, index) => index).filter(isUsed);
  return { nodes, at, edges: edgesOf(used, at, state, direction) };
}

function titleOf(id: MachineNode['id'], at: number): string {
  if (id !== 'PREVIOUS_CA') return stateNames[id];
  return at === 0 ? 'The current root' : 'The old root';
}

function progressOf(index: number, at: number, state: State): Progress {
  if (index < at) return 'done';
  if (index > at) return 'ahead';
  return state === 'FAILED' ? 'failed' : 'now';
}

function phasesOf(progress: Progress, state: State): MachineNode['phases'] {
  const present = state === 'VERIFYING' ? 1 : state === 'VERIFIED' ? 2 : 0;
  return phaseNames.map((name, index) => ({
    name,
    progress:
      progress === 'now' || progress === 'failed' ? (index < present ? 'done' : index > present ? 'ahead' : progress) : progress,
  }));
}

function edgesOf(used: readonly number[], at: number, state: State, direction: MeshStatus['direction']): MachineEdge[] {
  const isTaking = direction === 'back' && state === 'ROLLING_BACK';
  const rolls = state !== 'FINISHED' && !resting.includes(state);
  return used.slice(1).flatMap((to, index): MachineEdge[] => {
    const from = used[index] ?? 0;
    const forward = to <= at ? 'taken' : from === at && state !== 'ROLLING_BACK' ? 'open' : 'ahead';
    const edges: MachineEdge[] = [{ from, to, kind: 'forward', use: forward }];
    if (to === steps.length) return edges;
    const taking = isTaking && from === at ? 'taking' : undefined;
    return [...edges, { from: to, to: from, kind: 'back', use: taking ?? (rolls && to === at ? 'open' : 'ahead') }];
  });
}

/** The machine as sentences, for whoever does not see it. */
export function machineText(machine: Machine): string {
  const named = machine.nodes.filter(({ progress }) => progress !== 'unused');
  const words: Readonly<Record<Progress, string>> = { done: 'done', now: 'now', failed: 'failed', ahead: 'to come', unused: '' };
  return named.map(({ title, row, progress }) => `${title} ${row}: ${words[progress]}`).join('; ');
}
