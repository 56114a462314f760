import { connection, fleet, retryNow } from '../data/store.ts';
import { clockText } from '../model/wording.ts';

/** Says so when what is shown is the past. */
export function ConnectionBanner() {
  const { value } = connection;
  if (value.kind !== 'lost' || fleet.value === undefined) return null;
  const since = clockText(value.sinceMs);
  return (
    <div class="banner" role="status">
      <p>
        <b>{`Connection lost since ${since}.`}</b> {`Shown is the state of ${since}. It is tried again by itself.`}
      </p>
      <button type="button" class="quiet" onClick={retryNow}>
        Try now
      </button>
    </div>
  );
}
