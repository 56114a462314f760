import { useSignal } from '@preact/signals';
import type { Condition } from '@reroot/shared/api';
import { replaceQuery, useHistory, useMesh } from '../data/hooks.ts';
import { route } from '../data/store.ts';
import { clockText, countText, dayText, rowTexts } from '../model/wording.ts';
import { RefusalNote } from '../parts/refusal-note.tsx';
import { Empty } from '../parts/section.tsx';
import '../styles/history.css';

const shownAtFirst = 100;

/** What happened, who did it and why; the newest first. */
export function HistoryView() {
  const { mesh } = useMesh();
  const { value, refusal } = useHistory();
  const here = route.value;
  const text = here.at === 'view' ? (here.query.get('q') ?? '') : '';
  const shown = useSignal(shownAtFirst);
  const all = (value ?? []).toReversed();
  const entries = countText(all.length, 'entry', 'entries');
  const found = all.filter((condition) => matches(condition, text));
  return (
    <>
      <div class="view-head">
        <h1>History</h1>
        <span class="faint">{found.length === all.length ? entries : `${found.length.toLocaleString('en')} of ${entries}`}</span>
      </div>
      <div class="controls" role="search">
        <input
          type="search"
          aria-label="Search the history"
          placeholder="Search"
          value={text}
          onInput={({ currentTarget }) =>
            replaceQuery(new URLSearchParams(currentTarget.value === '' ? {} : { q: currentTarget.value }))
          }
        />
      </div>
      {refusal !== undefined && <RefusalNote of={refusal} />}
      {found.length === 0 && refusal === undefined && (
        <Empty>{all.length === 0 ? `Nothing has happened to ${mesh} yet.` : 'No entry has that in it.'}</Empty>
      )}
      <ol class="history">
        {found.slice(0, shown.value).map((condition, index) => (
          <Entry key={`${condition.timestamp} ${index}`} condition={condition} day={dayOf(found, index)} />
        ))}
      </ol>
      {found.length > shown.value && (
        <button type="button" class="quiet" onClick={() => (shown.value += shownAtFirst)}>
          Show more
        </button>
      )}
    </>
  );
}

/** A day is told where it begins. */
function dayOf(list: readonly Condition[], index: number): string | undefined {
  const [own, above] = [list[index], list[index - 1]].map((each) => (each === undefined ? undefined : dayText(each.timestamp)));
  return own === above ? undefined : own;
}

function matches({ message, state, step, errors, rotationId = '' }: Condition, text: string): boolean {
  return [message, state, step, rotationId, ...errors].join(' ').toLowerCase().includes(text.trim().toLowerCase());
}

function Entry({ condition, day }: { readonly condition: Condition; readonly day: string | undefined }) {
  const { timestamp, state, step, generation, message, errors } = condition;
  return (
    <li>
      {day !== undefined && <h2 class="history-day">{day}</h2>}
      <div class="history-entry">
        <time class="num" dateTime={timestamp}>
          {clockText(timestamp)}
        </time>
        <span class="history-state">
          <code>{state}</code> <span class="row-text">{rowTexts[step]}</span>
        </span>
        <span class="history-what">
          {message}
          {errors.map((error) => (
            <span key={error} class="bad history-error">
              {error}
            </span>
          ))}
        </span>
        <span class="num faint nowrap" title="generation">
          {`gen ${generation}`}
        </span>
      </div>
    </li>
  );
}
