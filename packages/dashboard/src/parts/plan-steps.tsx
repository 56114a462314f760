import type { PlanNotice, PlannedStep, PlannedTime, RotationPlan } from '@reroot/shared/api';
import { durationText } from '@reroot/shared/api-browser';
import { countText, momentText, shortFingerprint } from '../model/wording.ts';
import { Facts, Fingerprint } from './facts.tsx';
import { Section } from './section.tsx';

/** What a rotation would do, step by step, and what could be in its way. */
export function PlanSteps({ plan }: { readonly plan: RotationPlan }) {
  const { notices, steps, basis, expiries, bystanders } = plan;
  return (
    <>
      <Summary plan={plan} />
      {notices.length > 0 && (
        <Section title="To know first">
          <ul class="notices">
            {notices.map((notice, index) => (
              <Notice key={index} notice={notice} />
            ))}
          </ul>
        </Section>
      )}
      <Section title="Steps">
        <ol class="plan-steps">
          {steps.map((step) => (
            <Step key={step.step} step={step} plan={plan} />
          ))}
        </ol>
      </Section>
      {expiries.length > 0 && (
        <Section title="Ends meanwhile">
          <ul class="notices">
            {expiries.map(({ what, at, when, message }, index) => (
              <li
                key={index}
                class={`notice notice-${when === 'passed' || when === 'before-likely-end' ? 'critical' : 'warning'}`}
              >
                <b>{what}</b> {message} <span class="faint">{momentText(at)}</span>
              </li>
            ))}
          </ul>
        </Section>
      )}
      <details class="basis">
        <summary>What the times rest on</summary>
        <ul>
          {[...basis, ...bystanders.map(({ message }) => message)].map((each) => (
            <li key={each}>{each}</li>
          ))}
        </ul>
      </details>
    </>
  );
}

function Summary({ plan }: { readonly plan: RotationPlan }) {
  const { strategy, verification, members, oldRoot, newRoot, ends, from } = plan;
  return (
    <Facts
      of={[
        ['Strategy', <code>{strategy}</code>],
        ['Verification', verification],
        ['Clusters', String(members)],
        ['From root (A)', <Fingerprint of={oldRoot.fingerprint} />],
        ['To root (B)', newRoot.origin === 'unmade' ? 'a new one, not made yet' : <Fingerprint of={newRoot.fingerprint} />],
        ['Ends', rangeText(ends, from)],
      ]}
    />
  );
}

const severityWords = {
  blocks: ['critical', 'blocks'],
  warning: ['warning', 'warning'],
  person: ['info', 'waits for a person'],
} as const;

function Notice({ notice: { severity, reason, message, clusters } }: { readonly notice: PlanNotice }) {
  const [tone, word] = severityWords[severity];
  return (
    <li class={`notice notice-${tone}`}>
      <b>{word}</b> {message} <code class="reason">{reason}</code>
      {clusters.length > 0 && <span class="faint"> {namesText(clusters)}</span>}
    </li>
  );
}

function Step({ step, plan }: { readonly step: PlannedStep; readonly plan: RotationPlan }) {
  const { progress, row, begins, proven, changes, waves, intermediates, restarts, answer, overlapMs } = step;
  const letter = (root: string): string =>
    root === plan.oldRoot.fingerprint ? 'A' : root === plan.newRoot.fingerprint || root === 'new' ? 'B' : shortFingerprint(root);
  return (
    <li class={`plan-step plan-${progress}`}>
      <h3>
        <code>{step.step}</code> <span class="row-text">{`[${row.roots.map(letter).join('+')} | ${letter(row.signer)}]`}</span>
        {progress === 'under-way' && <span class="faint"> under way</span>}
      </h3>
      <Facts
        of={[
          ['Begins', rangeText(begins, plan.from)],
          ['Proven', rangeText(proven, plan.from)],
          [
            'Writes',
            changes.map((change, index) => (
              <span key={index} class="line">
                {changeText(change, letter)}
              </span>
            )),
          ],
          [
            'Waves',
            waves.length < 2
              ? undefined
              : waves.map(({ index, kind, clusters }) => (
                  <span key={index} class="line">{`${index}: ${kind}, ${namesText(clusters)}`}</span>
                )),
          ],
          [
            'Signs',
            intermediates.count === 0
              ? undefined
              : `${countText(intermediates.count, 'intermediate')} by ${intermediates.by}, up to ${intermediates.atOnce} at once`,
          ],
          ['Proxies', burstText(step)],
          [
            'Restarts',
            restarts.replicas + restarts.workloads === 0
              ? undefined
              : `${countText(restarts.replicas, 'istiod replica')} (${restarts.replicasWhy}), owners of up to ${countText(restarts.workloads, 'workload')}`,
          ],
          [
            'Then',
            [
              answer === undefined ? '' : `waits for an answer of ${answer}`,
              overlapMs === undefined ? '' : `both roots stay trusted for ${durationText(overlapMs)}`,
            ]
              .filter(Boolean)
              .join('; ') || undefined,
          ],
        ]}
      />
    </li>
  );
}

function changeText(
  { clusters, added, removed, signer, intermediate }: PlannedStep['changes'][number],
  letter: (root: string) => string,
): string {
  const bundle = [...added.map((root) => `+ ${letter(root)}`), ...removed.map((root) => `− ${letter(root)}`)].join(', ');
  const signs = intermediate === 'new' ? `a new intermediate under ${letter(signer)}` : `signer ${letter(signer)} stays`;
  return `${namesText(clusters)}: ${bundle === '' ? 'bundle as it is' : `bundle ${bundle}`}; ${signs}`;
}

function burstText({ waves, resigns }: PlannedStep): string | undefined {
  const worst = waves.flatMap(({ burst }) => (burst === undefined ? [] : [burst])).toSorted((a, b) => b.seconds - a.seconds)[0];
  if (worst === undefined || resigns === 0) return undefined;
  const often = resigns === 1 ? 'once' : `${resigns} times`;
  return `ask for a certificate ${often}, at most ${worst.requests} at once in ${worst.cluster}`;
}

const maxNames = 4;

function namesText(names: readonly string[]): string {
  const more = names.length - maxNames;
  return more > 0 ? `${names.slice(0, maxNames).join(', ')} and ${more} more` : names.join(', ');
}

/** A moment as a range of spans from the start of the plan. */
function rangeText({ soonest, likely, latest, unbounded }: PlannedTime, from: string): string {
  const after = (at: string | undefined): string =>
    at === undefined ? 'never' : durationText(Date.parse(at) - Date.parse(from));
  if (likely === undefined) return unbounded[0] ?? 'never';
  if (latest === from) return 'at once';
  const end =
    latest === undefined ? `at worst nobody knows: ${unbounded[0] ?? 'nothing bounds it'}` : `at worst ${after(latest)}`;
  return soonest === likely && latest === likely
    ? `after ${after(likely)}`
    : `likely after ${after(likely)} (at best ${after(soonest)}, ${end})`;
}
