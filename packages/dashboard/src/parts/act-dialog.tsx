import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { announce } from '../data/announce.ts';
import { Refusal } from '../data/ask.ts';
import { type Deed, deed, doDeed } from '../data/deed.ts';
import { readForm } from '../data/read-form.ts';
import { access, mesh } from '../data/store.ts';
import { commandOf } from '../model/acts.ts';
import { rowTexts } from '../model/wording.ts';
import { RefusalNote } from './refusal-note.tsx';

/** Asks for the reason of an act before it is done; closed, it is not there. */
export function ActDialog() {
  const open = deed.value;
  return open === undefined ? null : <OpenDialog of={open} />;
}

const nameKey = 'reroot.by';

function OpenDialog({ of }: { readonly of: Deed }) {
  const { act, status, cluster } = of;
  const dialog = useRef<HTMLDialogElement>(null);
  const refusal = useSignal<Refusal | undefined>(undefined);
  const busy = useSignal(false);
  useEffect(() => dialog.current?.showModal(), []);
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (busy.peek()) return;
    const textOf = readForm(event);
    const [why, by] = [textOf('why'), textOf('by')];
    if (by !== '') sessionStorage.setItem(nameKey, by);
    busy.value = true;
    try {
      await doDeed(of, { why, by });
      announce(`${act.label}: accepted`);
      deed.value = undefined;
    } catch (error) {
      refusal.value = error instanceof Refusal ? error : undefined;
    } finally {
      busy.value = false;
    }
  };
  const title = cluster === undefined ? act.label : `${act.label} ${cluster}`;
  return (
    <dialog ref={dialog} class="dialog" aria-labelledby="act-title" onClose={() => (deed.value = undefined)}>
      <form onSubmit={(event) => void submit(event)}>
        <h2 id="act-title">{title}</h2>
        <p>{act.effect}</p>
        <Staleness of={of} />
        {access.value?.actor === 'known' ? null : (
          <label class="field">
            <span>Your name</span>
            <input
              name="by"
              required
              maxLength={200}
              autoComplete="username"
              defaultValue={sessionStorage.getItem(nameKey) ?? ''}
            />
          </label>
        )}
        <label class="field">
          <span>Reason, kept in the history</span>
          <textarea name="why" required maxLength={2000} rows={2} autoFocus />
        </label>
        {refusal.value !== undefined && <RefusalNote of={refusal.value} />}
        <details class="command">
          <summary>The same on the command line</summary>
          <code>{commandOf(act.kind, status, cluster)}</code>
        </details>
        <div class="dialog-acts">
          <button type="button" class="quiet" onClick={() => dialog.current?.close()}>
            Cancel
          </button>
          <button type="submit" class={`act act-${act.tone}`} disabled={busy.value}>
            {act.label}
          </button>
        </div>
      </form>
    </dialog>
  );
}

/** Whom the answer is for, and that this has passed meanwhile. */
function Staleness({ of: { act, status } }: { readonly of: Deed }) {
  const { step, generation, rotation } = status;
  if (act.kind !== 'continue' && act.kind !== 'rollback') return null;
  const now = mesh.value;
  const passed = now?.generation !== generation || now.state !== status.state || now.rotation?.id !== rotation?.id;
  return (
    <>
      <p class="faint">
        For <code>{step}</code> {rowTexts[step]}, generation {generation}.
      </p>
      {passed && (
        <p class="notice notice-warning" role="alert">
          The rotation has moved on to{' '}
          <code>
            {now?.state} {now?.step}
          </code>
          , generation {now?.generation}, meanwhile; an answer for what it was before is refused.
        </p>
      )}
    </>
  );
}
