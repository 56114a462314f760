import { useSignal } from '@preact/signals';
import type { Laggard, Verdict } from '@reroot/shared/api';
import { nowMs } from '../data/store.ts';
import { clusterHref } from '../model/route.ts';
import { ageText, countText } from '../model/wording.ts';
import { Table } from './table.tsx';

const shownAtFirst = 12;

/** Everything that a verdict waits for, to the last workload. */
export function LaggardTable({ mesh, verdict }: { readonly mesh: string; readonly verdict: Verdict }) {
  const all = useSignal(false);
  const { laggards, laggardCount } = verdict;
  if (laggards.length === 0) return null;
  const shown = all.value ? laggards : laggards.slice(0, shownAtFirst);
  const unlisted = laggardCount - laggards.length;
  return (
    <>
      <Table label="What is waited for" head={['Cluster', 'Where', 'What', ['For', 'right']]}>
        {shown.map((laggard, index) => (
          <LaggardRow key={index} mesh={mesh} laggard={laggard} />
        ))}
      </Table>
      {shown.length < laggards.length && (
        <button type="button" class="quiet" onClick={() => (all.value = true)}>
          {`Show all ${laggards.length}`}
        </button>
      )}
      {unlisted > 0 && (
        <p class="faint">{`and ${countText(unlisted, 'more that mgmt counts and does not list', 'more that mgmt counts and does not list')}`}</p>
      )}
    </>
  );
}

function LaggardRow({ mesh, laggard }: { readonly mesh: string; readonly laggard: Laggard }) {
  const { cluster, reason, message, since } = laggard;
  return (
    <tr>
      <th scope="row">
        <a href={clusterHref(mesh, cluster)}>{cluster}</a>
      </th>
      <td>{placeOf(laggard)}</td>
      <td>
        {message.replace(`${cluster}: `, '')} <code class="reason">{reason}</code>
      </td>
      <td class="right num">{since === undefined ? '' : ageText(since, nowMs.value)}</td>
    </tr>
  );
}

function placeOf({ replica, namespace, workload }: Laggard): string {
  return [replica, namespace, workload].filter((each) => each !== undefined).join(' / ') || 'the cluster';
}
