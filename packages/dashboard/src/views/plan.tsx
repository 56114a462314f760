import { useSignal } from '@preact/signals';
import type { RotationPlan } from '@reroot/shared/api';
import { meshPath, useMesh } from '../data/hooks.ts';
import { useResource } from '../data/resource.ts';
import { meshStamp } from '../data/store.ts';
import { actsOfMesh } from '../model/acts.ts';
import { type Choice, changeChoice } from '../model/start-request.ts';
import { shortFingerprint } from '../model/wording.ts';
import { PlanSteps } from '../parts/plan-steps.tsx';
import { PreflightPanel } from '../parts/preflight-panel.tsx';
import { RefusalNote } from '../parts/refusal-note.tsx';
import { Empty, Section } from '../parts/section.tsx';
import { StartPanel } from '../parts/start-panel.tsx';
import '../styles/plan.css';

/** What a rotation would do, whether it would get through, and its start. */
export function PlanView() {
  const status = useMesh();
  const choice = useSignal<Choice>({});
  const resting = actsOfMesh(status).some(({ kind }) => kind === 'start');
  const query = new URLSearchParams(resting ? { ...choice.value } : {}).toString();
  const path = `${meshPath(status)}/plan${query === '' ? '' : `?${query}`}`;
  const { value: plan, refusal, state } = useResource<RotationPlan>(path, meshStamp.value);
  return (
    <>
      <div class="view-head">
        <h1>{resting ? 'Plan of a rotation' : 'What is left of the rotation'}</h1>
        <span class="faint">{state === 'fetching' ? 'asking mgmt' : 'nothing is changed by looking'}</span>
      </div>
      {resting && (
        <Choices choice={choice.value} change={(name, value) => (choice.value = changeChoice(choice.value, name, value))} />
      )}
      {refusal !== undefined && <RefusalNote of={refusal} />}
      {plan === undefined ? refusal === undefined && <Empty>Asking mgmt.</Empty> : <PlanSteps plan={plan} />}
      {resting && (
        <Section title="Preflight">
          <PreflightPanel status={status} choice={choice.value} />
        </Section>
      )}
      {resting && plan !== undefined && (
        <Section title="Start">
          <StartPanel status={status} choice={choice.value} />
        </Section>
      )}
    </>
  );
}

function Choices({ choice, change }: { readonly choice: Choice; readonly change: (name: keyof Choice, value: string) => void }) {
  const { roots } = useMesh();
  const others = roots.filter(({ role, phase }) => role !== 'current' && phase !== 'destroyed');
  return (
    <div class="controls">
      <Chooser
        label="Strategy"
        value={choice.strategy}
        options={[
          ['MULTI_ROOT', 'MULTI_ROOT, without loss'],
          ['NONE', 'NONE, drops traffic'],
        ]}
        onChoose={(value) => change('strategy', value)}
      />
      <Chooser
        label="Verification"
        value={choice.verification}
        options={[
          ['manual', 'manual, a person answers'],
          ['automatic', 'automatic, mgmt verifies'],
          ['none', 'none'],
        ]}
        onChoose={(value) => change('verification', value)}
      />
      <Chooser
        label="To"
        value={choice.targetRoot}
        empty="a new root"
        options={others.map(({ fingerprint, subject }) => [fingerprint, `${subject} ${shortFingerprint(fingerprint)}`])}
        onChoose={(value) => change('targetRoot', value)}
      />
    </div>
  );
}

interface ChooserProperties {
  readonly label: string;
  readonly value: string | undefined;
  readonly empty?: string;
  readonly options: readonly (readonly [value: string, text: string])[];
  readonly onChoose: (value: string) => void;
}

function Chooser({ label, value, empty = 'as the mesh says', options, onChoose }: ChooserProperties) {
  return (
    <label>
      <span>{label}</span>
      <select value={value ?? ''} onChange={({ currentTarget }) => onChoose(currentTarget.value)}>
        <option value="">{empty}</option>
        {options.map(([each, text]) => (
          <option key={each} value={each}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}
