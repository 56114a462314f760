import type { MeshStatus } from '@reroot/shared/api';
import { nowMs } from '../data/store.ts';
import { actsOfMesh } from '../model/acts.ts';
import { viewHref } from '../model/route.ts';
import { ageText, countText, rowTexts, stateNames, waitingFor } from '../model/wording.ts';
import { ActButtons } from './act-buttons.tsx';

/** On every view: the state, since when, what it waits for, and what can be done about it. */
export function StateStrip({ status }: { readonly status: MeshStatus }) {
  const { state, step, direction, enteredAt, verdict, mesh } = status;
  return (
    <section class={`strip strip-${toneOf(status)}`} aria-label="State of the mesh">
      <div class="strip-state">
        <span class="state-name">{stateNames[state]}</span>
        <span class="state-code">
          <code>{state}</code>
          {state !== step && <code>{` ${step}`}</code>}
          <span class="row-text">{` ${rowTexts[step]}`}</span>
          {direction === 'back' && ' · rolled back'}
          {` · for ${ageText(enteredAt, nowMs.value)}`}
        </span>
      </div>
      <div class="strip-verdict">
        <p>{waitingFor(verdict)}</p>
        <p class="faint">
          <code>{verdict.reason}</code>
          {verdict.laggardCount > 0 && (
            <>
              {' · '}
              <a href={viewHref(mesh, 'rotation')}>{countText(verdict.laggardCount, 'laggard')}</a>
            </>
          )}
          <Alarms status={status} />
        </p>
      </div>
      <ActButtons acts={actsOfMesh(status)} status={status} />
    </section>
  );
}

function Alarms({ status: { alarms, mesh } }: { readonly status: MeshStatus }) {
  if (alarms.length === 0) return null;
  const critical = alarms.filter(({ severity }) => severity === 'critical').length;
  const text = critical > 0 ? countText(critical, 'critical alarm') : countText(alarms.length, 'warning');
  return (
    <>
      {' · '}
      <a class={critical > 0 ? 'bad' : 'waiting'} href={viewHref(mesh, 'rotation')}>
        {text}
      </a>
    </>
  );
}

/** How the strip is marked: by what the state asks of a person. */
function toneOf({ state, verdict }: MeshStatus): string {
  if (state === 'FAILED') return 'bad';
  if (/^Awaiting/.test(verdict.reason)) return 'asks';
  if (state === 'ROLLING_BACK') return 'back';
  return state === 'FINISHED' || state === 'NOT_ROTATING' || state === 'PREVIOUS_CA'
    ? verdict.passed
      ? 'good'
      : 'waits'
    : 'moves';
}
