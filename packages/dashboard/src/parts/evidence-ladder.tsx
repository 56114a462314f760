import type { ClusterStatus, MeshStatus } from '@reroot/shared/api';
import type { ComponentChildren } from 'preact';
import { type Mark, markWords } from '../model/standing.ts';
import { rowTexts } from '../model/wording.ts';
import { MarkSign } from './mark-sign.tsx';
import { TallyText } from './tally-text.tsx';

const levels = ['1', '2', '3', '4', '5'] as const;

/** The levels of evidence from the Secret to the handshake, with what was counted at each. */
export function EvidenceLadder({
  cluster,
  status,
  mark,
}: {
  readonly cluster: ClusterStatus;
  readonly status: MeshStatus;
  readonly mark: Mark;
}) {
  const counted: Readonly<Record<(typeof levels)[number], ComponentChildren>> = {
    '1': <span class="row-text">{rowTexts[cluster.told?.step ?? status.step]}</span>,
    '2': <TallyText of={cluster.replicas} />,
    '3': <TallyText of={cluster.namespaces} />,
    '4': <TallyText of={cluster.workloads} />,
    '5': mark === '5' ? <span class="good">yes</span> : <span class="faint">not yet</span>,
  };
  return (
    <>
      <ol class="ladder" aria-label="Levels of evidence">
        {levels.map((level) => (
          <li key={level} class={isReached(mark, level) ? 'reached' : 'open'}>
            <span class="ladder-head">
              <MarkSign mark={level} />
              {markWords[level].name}
              <span class="unseen">{isReached(mark, level) ? ', reached' : ', not reached'}</span>
            </span>
            <span class="ladder-count">
              {counted[level]} {units[level]}
            </span>
            <span class="faint">{markWords[level].means}</span>
          </li>
        ))}
      </ol>
      <Methods cluster={cluster} />
    </>
  );
}

const units: Readonly<Record<(typeof levels)[number], string>> = {
  '1': 'in cacerts',
  '2': 'replicas',
  '3': 'namespaces',
  '4': 'workloads',
  '5': 'by handshakes',
};

function isReached(mark: Mark, level: string): boolean {
  return /^\d$/.test(mark) && Number(mark) >= Number(level);
}

/** How workloads are known, where not every proxy was read. */
function Methods({ cluster: { workloads } }: { readonly cluster: ClusterStatus }) {
  const methods = Object.entries(workloads.methods);
  const unread = Object.entries(workloads.unread);
  if (methods.length === 0 && unread.length === 0) return null;
  const text = (of: readonly (readonly [string, number])[]): string => of.map(([name, count]) => `${name} ${count}`).join(', ');
  return (
    <p class="faint">
      {`Workloads are known by: ${text(methods) || 'nothing'}.`}
      {unread.length > 0 && ` Proxies not read: ${text(unread)}.`}
    </p>
  );
}
