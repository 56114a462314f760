import { signal, useComputed } from '@preact/signals';
import type { Condition, MeshStatus, ProofStatus } from '@reroot/shared/api';
import { useEffect } from 'preact/hooks';
import { confirmedByHandshakes } from '../model/handshakes.ts';
import { hrefOf } from '../model/route.ts';
import { askAll } from './ask.ts';
import { type Resource, useResource } from './resource.ts';
import { mesh, meshStamp, nowMs, route } from './store.ts';

/** The mesh of a view: views are shown only where there is one. */
export function useMesh(): MeshStatus {
  const found = mesh.value;
  if (found === undefined) throw new Error('a view is shown without a mesh');
  return found;
}

/** Below it is everything of the mesh. */
export function meshPath({ mesh: name }: Pick<MeshStatus, 'mesh'>): string {
  return `v1/meshes/${encodeURIComponent(name)}`;
}

/** What somebody has proven changes nothing of the mesh, so the stream says nothing of it. */
const proofsEveryMs = { running: 2_000, resting: 15_000 } as const;
const isProving = signal<keyof typeof proofsEveryMs>('resting');

/** What was proven, the newest first. */
export function useProofs(): Resource<{ readonly proofs: readonly ProofStatus[] }> {
  const turn = useComputed(() => Math.floor(nowMs.value / proofsEveryMs[isProving.value]));
  const path = `${meshPath(useMesh())}/proofs`;
  const found = useResource<{ readonly proofs: readonly ProofStatus[] }>(path, `${meshStamp.value} ${turn.value}`);
  const running = found.value?.proofs.some(({ outcome }) => outcome === 'running') === true;
  useEffect(() => {
    isProving.value = running ? 'running' : 'resting';
  }, [running]);
  return found;
}

/** Looks more often from now on: a proof is being made. */
export function proofAsked(): void {
  isProving.value = 'running';
}

/** Whether handshakes have confirmed the present row. */
export function useConfirmation(): 'proven' | 'not-proven' {
  return confirmedByHandshakes(useProofs().value?.proofs, useMesh());
}

/** What happened, oldest first. */
export function useHistory(): Resource<readonly Condition[]> {
  const conditionsOf = ({ conditions }: { readonly conditions: readonly Condition[] }): readonly Condition[] => conditions;
  return useResource(`${meshPath(useMesh())}/history`, meshStamp.value, (path, signal) => askAll(path, conditionsOf, signal));
}

/** Puts the state of a view into the URL, without a step for the button that leads back. */
export function replaceQuery(query: URLSearchParams): void {
  const here = route.peek();
  if (here.at !== 'view') return;
  const next = { ...here, query };
  history.replaceState(null, '', hrefOf(next));
  route.value = next;
}
