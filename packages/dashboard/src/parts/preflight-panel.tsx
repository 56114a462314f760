import { useSignal } from '@preact/signals';
import type { MeshStatus, PreflightCheck, PreflightReport } from '@reroot/shared/api';
import { ask, Refusal } from '../data/ask.ts';
import { meshPath } from '../data/hooks.ts';
import { preflight } from '../data/preflight.ts';
import { type Choice, choiceKeyOf, preflightRequestOf } from '../model/start-request.ts';
import { clockText, countText } from '../model/wording.ts';
import { RefusalNote } from './refusal-note.tsx';
import { Empty } from './section.tsx';

/** Asks whether a rotation that started now would get through, and shows each check. */
export function PreflightPanel({ status, choice }: { readonly status: MeshStatus; readonly choice: Choice }) {
  const refusal = useSignal<Refusal | undefined>(undefined);
  const busy = useSignal(false);
  const run = async (): Promise<void> => {
    busy.value = true;
    refusal.value = undefined;
    try {
      const report = await ask<PreflightReport>(`${meshPath(status)}/preflight`, { body: preflightRequestOf(choice) });
      preflight.value = { report, choiceKey: choiceKeyOf(status.mesh, choice) };
    } catch (error) {
      refusal.value = error instanceof Refusal ? error : undefined;
    } finally {
      busy.value = false;
    }
  };
  const found = preflight.value?.choiceKey === choiceKeyOf(status.mesh, choice) ? preflight.value.report : undefined;
  return (
    <>
      <div class="row">
        <button type="button" class="act act-plain" disabled={busy.value} onClick={() => void run()}>
          {busy.value ? 'Looking at every cluster' : found === undefined ? 'Run preflight' : 'Run it again'}
        </button>
        {found !== undefined && <Outcome report={found} />}
      </div>
      {refusal.value !== undefined && <RefusalNote of={refusal.value} />}
      {found === undefined ? (
        <Empty>Each agent looks at its cluster and mgmt at itself. It changes nothing.</Empty>
      ) : (
        <Checks checks={found.checks} />
      )}
    </>
  );
}

const outcomeWords = {
  passed: ['✓ passed', 'good'],
  warnings: ['! passed with warnings', 'waiting'],
  fatal: ['✗ would be refused', 'bad'],
} as const;

function Outcome({ report: { outcome, takenAt } }: { readonly report: PreflightReport }) {
  const [text, tone] = outcomeWords[outcome];
  return (
    <p>
      <b class={tone}>{text}</b> <span class="faint">{`at ${clockText(takenAt)}`}</span>
    </p>
  );
}

const checkWords = { passed: ['✓', 'good'], warning: ['!', 'waiting'], fatal: ['✗', 'bad'], unknown: ['?', 'waiting'] } as const;

/** What is not in order first; what has passed is one line. */
function Checks({ checks }: { readonly checks: readonly PreflightCheck[] }) {
  const order = ['fatal', 'unknown', 'warning'];
  const open = checks
    .filter(({ outcome }) => outcome !== 'passed')
    .toSorted((a, b) => order.indexOf(a.outcome) - order.indexOf(b.outcome));
  const passed = checks.filter(({ outcome }) => outcome === 'passed');
  return (
    <>
      <ul class="checks">
        {open.map((check) => (
          <CheckItem key={check.id} check={check} />
        ))}
      </ul>
      <details>
        <summary>{`${countText(passed.length, 'check')} passed`}</summary>
        <ul class="checks">
          {passed.map((check) => (
            <CheckItem key={check.id} check={check} />
          ))}
        </ul>
      </details>
    </>
  );
}

function CheckItem({ check: { id, outcome, message, findings, findingCount, hint } }: { readonly check: PreflightCheck }) {
  const [sign, tone] = checkWords[outcome];
  const more = findingCount - findings.length;
  return (
    <li>
      <p>
        <b class={tone}>
          {sign} {outcome}
        </b>{' '}
        <code>{id}</code> {message}
      </p>
      {findings.length > 0 && (
        <ul class="findings">
          {findings.slice(0, 10).map((finding, index) => (
            <li key={index}>
              {finding.cluster !== undefined && <b>{finding.cluster} </b>}
              {finding.message}
            </li>
          ))}
          {more > 0 && <li class="faint">{`and ${more} more`}</li>}
        </ul>
      )}
      {hint !== undefined && (
        <p class="remedy">
          <b>Remedy</b> {hint}
        </p>
      )}
    </li>
  );
}
