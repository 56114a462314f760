import { useSignal } from '@preact/signals';
import type { MeshStatus } from '@reroot/shared/api';
import { announce } from '../data/announce.ts';
import { ask, Refusal } from '../data/ask.ts';
import { meshPath } from '../data/hooks.ts';
import { preflight } from '../data/preflight.ts';
import { readForm } from '../data/read-form.ts';
import { access } from '../data/store.ts';
import { viewHref } from '../model/route.ts';
import { type Choice, choiceKeyOf, fatalChecks, startRequestOf } from '../model/start-request.ts';
import { RefusalNote } from './refusal-note.tsx';
import { Empty } from './section.tsx';

/** Starts the rotation that was planned, once its preflight was seen. */
export function StartPanel({ status, choice }: { readonly status: MeshStatus; readonly choice: Choice }) {
  const refusal = useSignal<Refusal | undefined>(undefined);
  const busy = useSignal(false);
  if (access.value?.permissions.includes('operate') !== true) return <Empty>Whoever has the role operator may start it.</Empty>;
  const seen = preflight.value?.choiceKey === choiceKeyOf(status.mesh, choice) ? preflight.value.report : undefined;
  const fatal = fatalChecks(seen);
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const textOf = readForm(event);
    const by = access.peek()?.actor === 'known' ? undefined : textOf('by');
    busy.value = true;
    refusal.value = undefined;
    try {
      await ask(`${meshPath(status)}/rotations`, { body: startRequestOf(choice, { by, why: textOf('why'), overridden: fatal }) });
      announce('the rotation has started');
      location.hash = viewHref(status.mesh, 'rotation');
    } catch (error) {
      refusal.value = error instanceof Refusal ? error : undefined;
    } finally {
      busy.value = false;
    }
  };
  return (
    <form class="start" onSubmit={(event) => void submit(event)}>
      {access.value.actor === 'said' && (
        <label class="field">
          <span>Your name</span>
          <input name="by" required maxLength={200} autoComplete="username" />
        </label>
      )}
      <label class="field">
        <span>
          {fatal.length === 0
            ? 'Reason, kept in the history'
            : `Why it starts although ${fatal.join(', ')} ${fatal.length === 1 ? 'fails' : 'fail'}`}
        </span>
        <textarea name="why" required={fatal.length > 0} maxLength={2000} rows={2} />
      </label>
      {refusal.value !== undefined && <RefusalNote of={refusal.value} />}
      <div class="row">
        <button
          type="submit"
          class={`act ${fatal.length > 0 ? 'act-back' : 'act-go'}`}
          disabled={busy.value || seen === undefined}
        >
          {fatal.length > 0 ? 'Start all the same' : 'Start this rotation'}
        </button>
        {seen === undefined && <span class="faint">Run preflight first.</span>}
      </div>
    </form>
  );
}
