import { signal } from '@preact/signals';
import type { MeshStatus } from '@reroot/shared/api';
import type { Act } from '../model/acts.ts';
import { ask } from './ask.ts';
import { access } from './store.ts';

/** An act that a person is about to do: what it was offered for does not change while the dialog is open. */
export interface Deed {
  readonly act: Act;
  readonly status: MeshStatus;
  /** The cluster that it is about, where it is about one. */
  readonly cluster?: string;
}

/** The one whose dialog is open. */
export const deed = signal<Deed | undefined>(undefined);

/** What is said besides. */
export interface DeedWords {
  readonly why: string;
  /** Who acts, where the credentials name nobody. */
  readonly by: string;
}

/**
 * Has it done. mgmt refuses what is stale: the answer names the rotation, step and generation that the person saw.
 * @throws Refusal
 */
export async function doDeed({ act, status, cluster }: Deed, { why, by }: DeedWords): Promise<void> {
  const { mesh, rotation, step, generation } = status;
  const base = `v1/meshes/${encodeURIComponent(mesh)}`;
  const said = { why, ...(access.peek()?.actor === 'known' ? {} : { by }) };
  const rotationId = rotation?.id ?? '';
  switch (act.kind) {
    case 'continue':
    case 'rollback': {
      const action = act.kind === 'continue' ? 'CONTINUE' : 'ROLLBACK';
      await ask(`${base}/verification`, { body: { rotationId, step, generation, action, ...said } });
      return;
    }
    case 'abort':
      await ask(`${base}/abort`, { body: { rotationId, ...said } });
      return;
    case 'exclude':
    case 'include':
      await ask(`${base}/clusters/${encodeURIComponent(cluster ?? '')}/${act.kind}`, { body: said });
      return;
    case 'start':
    case 'prove':
      throw new Error(`${act.kind} has a page of its own`);
  }
}
