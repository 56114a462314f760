import { useEffect } from 'preact/hooks';
import { announce, announcement } from '../data/announce.ts';
import { mesh } from '../data/store.ts';
import { stateNames } from '../model/wording.ts';

/** Tells a screen reader what changes: the state, and what it waits for. */
export function Announcer() {
  const status = mesh.value;
  const text =
    status === undefined ? '' : `${status.mesh}: ${stateNames[status.state]}, ${status.step}. ${status.verdict.reason}`;
  useEffect(() => {
    if (text !== '') announce(text);
  }, [text]);
  return (
    <div class="unseen" role="status" aria-live="polite">
      {announcement.value}
    </div>
  );
}
