import { useSignal } from '@preact/signals';
import type { MeshStatus } from '@reroot/shared/api';
import { announce } from '../data/announce.ts';
import { ask, Refusal } from '../data/ask.ts';
import { meshPath, proofAsked } from '../data/hooks.ts';
import { access } from '../data/store.ts';
import { RefusalNote } from './refusal-note.tsx';

/** Has the mesh proven now, which changes nothing. */
export function ProveButton({ status }: { readonly status: MeshStatus }) {
  const refusal = useSignal<Refusal | undefined>(undefined);
  const busy = useSignal(false);
  const prove = async (): Promise<void> => {
    busy.value = true;
    refusal.value = undefined;
    const by = access.peek()?.actor === 'known' ? {} : { by: 'dashboard' };
    try {
      await ask(`${meshPath(status)}/proofs`, { body: by });
      announce('a proof is being made');
      proofAsked();
    } catch (error) {
      refusal.value = error instanceof Refusal ? error : undefined;
    } finally {
      busy.value = false;
    }
  };
  return (
    <>
      <button type="button" class="act act-plain" disabled={busy.value} onClick={() => void prove()}>
        Prove now
      </button>
      {refusal.value !== undefined && <RefusalNote of={refusal.value} />}
    </>
  );
}
