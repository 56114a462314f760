import { useEffect, useRef } from 'preact/hooks';
import { shortcuts, shortcutsOn, shortcutsOpen } from './shortcuts.ts';

/** Lists what the keyboard can do; closed, it is not there. */
export function ShortcutDialog() {
  return shortcutsOpen.value ? <OpenShortcuts /> : null;
}

function OpenShortcuts() {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const isOn = shortcutsOn.value === 'on';
  return (
    <dialog ref={dialog} class="dialog" aria-labelledby="shortcuts-title" onClose={() => (shortcutsOpen.value = false)}>
      <h2 id="shortcuts-title">Keyboard shortcuts</h2>
      <dl class="keys">
        {shortcuts.map(({ key, means }) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{means}</dd>
          </div>
        ))}
        <div>
          <dt>
            <kbd>arrows</kbd>
          </dt>
          <dd>move in the fleet and in the matrix</dd>
        </div>
      </dl>
      <label class="check">
        <input type="checkbox" checked={isOn} onChange={() => (shortcutsOn.value = isOn ? 'off' : 'on')} /> single keys do
        something
      </label>
      <div class="dialog-acts">
        <button type="button" class="quiet" onClick={() => dialog.current?.close()}>
          Close
        </button>
      </div>
    </dialog>
  );
}
