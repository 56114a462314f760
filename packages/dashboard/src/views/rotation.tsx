import type { Alarm, DriftStatus, MeshStatus } from '@reroot/shared/api';
import { meshPath, useHistory, useMesh } from '../data/hooks.ts';
import { nowMs } from '../data/store.ts';
import { awaitsPerson, personText } from '../model/acts.ts';
import { clusterHref, viewHref } from '../model/route.ts';
import { timelineOf } from '../model/timeline.ts';
import { ageText, countText, momentText, waitingFor } from '../model/wording.ts';
import { Facts, Fingerprint } from '../parts/facts.tsx';
import { LaggardTable } from '../parts/laggard-table.tsx';
import { MachineDiagram } from '../parts/machine-diagram.tsx';
import { NoticeList } from '../parts/notice-list.tsx';
import { RefusalNote } from '../parts/refusal-note.tsx';
import { Empty, Section } from '../parts/section.tsx';
import { TimelineChart } from '../parts/timeline-chart.tsx';
import '../styles/rotation.css';

/** The rotation: where it is, what it waits for, how it came there. */
export function RotationView() {
  const status = useMesh();
  const { verdict, alarms, drift = [], mesh } = status;
  return (
    <>
      <h1 class="unseen">Rotation of {mesh}</h1>
      <MachineDiagram status={status} />
      <Section title="Waits for">
        {verdict.passed ? <Empty>Nothing: every gate passes.</Empty> : <p class="verdict">{waitingFor(verdict)}</p>}
        {awaitsPerson(status) && <p class="faint">{personText(status)}</p>}
        <LaggardTable key={verdict.reason} mesh={mesh} verdict={verdict} listPath={`${meshPath(status)}/laggards`} />
      </Section>
      {alarms.length > 0 && <Alarms mesh={mesh} alarms={alarms} />}
      {drift.length > 0 && <Drift mesh={mesh} drift={drift} />}
      <Section title="Steps" aside={<a href={viewHref(mesh, 'history')}>History</a>}>
        <Steps status={status} />
      </Section>
      <Section title="This rotation">
        <RotationFacts status={status} />
      </Section>
    </>
  );
}

function Steps({ status: { rotation } }: { readonly status: MeshStatus }) {
  const { value, refusal } = useHistory();
  if (rotation === undefined) return <Empty>No rotation was started yet.</Empty>;
  const timeline = value === undefined ? undefined : timelineOf(value, rotation.id, nowMs.value);
  if (timeline !== undefined) return <TimelineChart timeline={timeline} />;
  return refusal === undefined ? <Empty>The history has nothing of this rotation yet.</Empty> : <RefusalNote of={refusal} />;
}

function RotationFacts({ status }: { readonly status: MeshStatus }) {
  const { rotation, wave, verification, trustDomain } = status;
  if (rotation === undefined) {
    return (
      <Facts
        of={[
          ['Trust domain', trustDomain],
          ['Roots', countText(status.roots.length, 'root')],
        ]}
      />
    );
  }
  const approver = rotation.approvals === 'another-person' ? `, by another person than ${rotation.startedBy}` : '';
  return (
    <Facts
      of={[
        ['Rotation', <code>{rotation.id}</code>],
        ['Strategy', <code>{rotation.strategy}</code>],
        ['Verification', `${rotation.verification}${approver}`],
        ['Started', `${momentText(rotation.startedAt)} by ${rotation.startedBy}`],
        ['Old root (A)', <Fingerprint of={rotation.oldRoot} />],
        ['New root (B)', <Fingerprint of={rotation.newRoot} />],
        ['Wave', waveText(status)],
        ['Emergency', rotation.emergency?.reason],
        ['Verifying', verification === undefined ? undefined : `${verification.finding}: ${verification.message}`],
        ['Released', wave.releasedAt === '' ? undefined : momentText(wave.releasedAt)],
      ]}
    />
  );
}

function waveText({ wave: { index, released, provenAt } }: MeshStatus): string {
  const told = `${released.reached} of ${countText(released.total, 'cluster')} told`;
  const proven = provenAt === undefined ? '' : `, proven for ${ageText(provenAt, nowMs.value)}`;
  return index === 0 ? `none yet, ${told}` : `${index}, ${told}${proven}`;
}

function Alarms({ mesh, alarms }: { readonly mesh: string; readonly alarms: readonly Alarm[] }) {
  const sorted = alarms.toSorted((a, b) => Number(b.severity === 'critical') - Number(a.severity === 'critical'));
  return (
    <Section title="Alarms">
      <NoticeList of={sorted} tone={({ severity }) => severity}>
        {({ severity, reason, message, cluster }) => (
          <>
            <b>{severity}</b> {message} <code class="reason">{reason}</code>
            {cluster !== undefined && <a href={clusterHref(mesh, cluster)}> {cluster}</a>}
          </>
        )}
      </NoticeList>
    </Section>
  );
}

function Drift({ mesh, drift }: { readonly mesh: string; readonly drift: readonly DriftStatus[] }) {
  return (
    <Section title="Drift">
      <NoticeList of={drift} tone={() => 'warning'}>
        {({ cluster, kind, place, count, message, since }) => (
          <>
            <a href={clusterHref(mesh, cluster)}>{cluster}</a> <b>{kind}</b> {message}{' '}
            <span class="faint">{`${place}${count > 1 ? ` and ${count - 1} more` : ''} · for ${ageText(since, nowMs.value)}`}</span>
          </>
        )}
      </NoticeList>
    </Section>
  );
}
