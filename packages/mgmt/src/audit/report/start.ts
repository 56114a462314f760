import type { PlannedTime, PreflightCheck } from '@reroot/shared/api';
import {
  badge,
  type Content,
  counted,
  file,
  type Html,
  joined,
  nameList,
  names,
  paragraph,
  type Section,
  table,
  time,
} from './html.ts';
import type { KeptCluster, KeptMoment, KeptMoments } from './kept-moment.ts';

const notKept = { html: '<p class="none">Not kept: the rotation started before mgmt kept what stood at a start.</p>' };
/** Of another version than the one that makes the report. */
const elsewhere = (seq: number): Html =>
  paragraph('It is not in a form that this mgmt shows; all of it is in ', file(`evidence/${seq}.json`), '.');
const maxFindings = 10;

/** What the rotation started from: what preflight found, the plan, and what ran where. */
export function renderStart({ start, steps }: KeptMoments): readonly Section[] {
  return [
    {
      id: 'preflight',
      title: 'What preflight found at the start',
      content: start === undefined ? notKept : renderPreflight(start),
    },
    { id: 'plan', title: 'The plan, and what came of it', content: start === undefined ? notKept : renderPlan(start, steps) },
    { id: 'versions', title: 'What ran where at the start', content: start === undefined ? notKept : renderVersions(start) },
  ];
}

function renderPreflight({ preflight, seq }: KeptMoment): Html {
  if (preflight === undefined) return elsewhere(seq);
  const passed = preflight.checks.filter(({ outcome }) => outcome === 'passed');
  const others = preflight.checks.filter(({ outcome }) => outcome !== 'passed');
  const rows = others.map((check): Content[] => [check.id, badgeOf(check.outcome), joined(check.message, findingsOf(check))]);
  return joined(
    paragraph(
      'Taken ',
      time(Date.parse(preflight.takenAt)),
      ` UTC, for the start: ${counted(preflight.checks.length, 'check')}, ${passed.length} passed, ${others.length} did not. A fatal one that was overridden stands with its reason in the decision to start. All of it is in `,
      file(`evidence/${seq}.json`),
      '.',
    ),
    table('Checks of preflight that did not pass', ['Check', 'Outcome', 'What was found'], rows),
    { html: `<p class="names">Passed: ${joined(names(passed.map(({ id }) => id))).html}.</p>` },
  );
}

function findingsOf({ findings, findingCount }: PreflightCheck): Html {
  const shown = findings.slice(0, maxFindings);
  const rest = findingCount - shown.length;
  const lines = shown.map(({ cluster, message }) => `${cluster === undefined ? '' : `${cluster}: `}${message}`);
  if (rest > 0) lines.push(`and ${rest} more`);
  return { html: lines.map((line) => `<br>${joined(line).html}`).join('') };
}

function badgeOf(outcome: PreflightCheck['outcome']): Html {
  return badge(outcome === 'fatal' ? 'bad' : outcome === 'passed' ? 'good' : 'open', outcome);
}

function renderPlan({ plan, planMissing, seq }: KeptMoment, steps: readonly KeptMoment[]): Html {
  if (plan === undefined) return planMissing === undefined ? elsewhere(seq) : paragraph(`No plan could be made: ${planMissing}.`);
  const provenOf = (step: string): Content => {
    const found = steps.find((each) => each.step === step && each.move === 'verify');
    return found === undefined ? 'not kept' : time(Date.parse(found.at));
  };
  const rows = plan.steps.map(({ step, proven, waves, intermediates, restarts, answer }): Content[] => [
    step,
    rangeOf(proven),
    provenOf(step),
    counted(waves.length, 'wave'),
    String(intermediates.count),
    restarts.replicas + restarts.workloads === 0 ? 'none' : `${restarts.replicas} istiod, ${restarts.workloads} workloads`,
    answer ?? 'nobody',
  ]);
  const notices = plan.notices.map(({ severity, message }): Content[] => [
    badge(severity === 'blocks' ? 'bad' : 'open', severity),
    message,
  ]);
  return joined(
    paragraph(
      'Made ',
      time(Date.parse(plan.madeAt)),
      ` UTC by mgmt as it started the rotation, from the facts that the plan before the confirmation was made from: ${counted(plan.members, 'cluster')}, expected to end `,
      plan.ends.likely === undefined ? 'at no moment that could be told' : joined(time(Date.parse(plan.ends.likely)), ' UTC'),
      '. The whole of it is in ',
      file(`evidence/${seq}.json`),
      '.',
    ),
    table(
      'Steps of the plan',
      ['Step', 'Planned to be proven (UTC)', 'Proven (UTC)', 'Waves', 'Intermediates', 'Restarts', 'Whose answer it waits for'],
      rows,
    ),
    notices.length === 0
      ? ''
      : joined({ html: '<h3>What the plan warned of</h3>' }, table('What the plan warned of', ['Weight', 'What'], notices)),
  );
}

function rangeOf({ soonest, likely, latest }: PlannedTime): Content {
  if (likely === undefined) return 'not known';
  const bounds = [soonest, latest].map((each) => (each === undefined ? 'unbounded' : each.slice(11, 19)));
  return joined(time(Date.parse(likely)), ` (${bounds.join(' to ')})`);
}

function renderVersions({ clusters, mgmtVersion }: KeptMoment): Html {
  const groups = Map.groupBy(clusters, versionsOf);
  const rows = [...groups]
    .toSorted(([, a], [, b]) => b.length - a.length)
    .map(([versions, alike]) => ({ versions, clusters: alike.map(({ cluster }) => cluster) }));
  return joined(
    paragraph(
      `mgmt ${mgmtVersion ?? 'of a version that was not kept'}. Of clusters that did not answer preflight the versions are not known.`,
    ),
    table(
      'Versions',
      ['What ran', 'Clusters'],
      rows.map(({ versions, clusters }) => [versions, String(clusters.length)]),
    ),
    ...rows.map(({ versions, clusters }) => nameList(`${versions}:`, clusters)),
  );
}

function versionsOf({ agentVersion, istiods }: KeptCluster): string {
  const agent = `agent ${agentVersion ?? 'not known'}`;
  if (istiods === undefined) return `${agent}; istiod not known`;
  const counts = Map.groupBy(
    istiods,
    ({ version, revision }) => `${version === '' ? 'of unknown version' : version} (${revision})`,
  );
  const told = [...counts].map(([version, alike]) => `${version} × ${alike.length}`);
  return `${agent}; istiod ${told.length === 0 ? 'none' : told.toSorted().join(', ')}`;
}
