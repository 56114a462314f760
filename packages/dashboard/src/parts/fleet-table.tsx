import { useSignal } from '@preact/signals';
import { nowMs } from '../data/store.ts';
import type { FleetEntry } from '../model/fleet.ts';
import { clusterHref } from '../model/route.ts';
import { markWords } from '../model/standing.ts';
import { ageText } from '../model/wording.ts';
import { MarkSign } from './mark-sign.tsx';
import { Table } from './table.tsx';
import { TallyText } from './tally-text.tsx';

/** A browser that lays out thousands of rows is slow at it. */
const rowsAtOnce = 200;

/** The fleet as a table, for whoever compares. */
export function FleetTable({ mesh, entries }: { readonly mesh: string; readonly entries: readonly FleetEntry[] }) {
  const shown = useSignal(rowsAtOnce);
  const more = entries.length - shown.value;
  return (
    <>
      <Table
        label="Clusters"
        head={['Cluster', 'Evidence', 'Replicas', 'Namespaces', 'Workloads', 'Link', 'Report', 'Waits for']}
      >
        {entries.slice(0, shown.value).map((entry) => (
          <Row key={entry.cluster.name} mesh={mesh} entry={entry} />
        ))}
      </Table>
      {more > 0 && (
        <button type="button" class="quiet" onClick={() => (shown.value += rowsAtOnce)}>
          {`Show ${Math.min(more, rowsAtOnce)} more`}
        </button>
      )}
    </>
  );
}

function Row({ mesh, entry: { cluster, mark, waits, hasProblem } }: { readonly mesh: string; readonly entry: FleetEntry }) {
  const { name, replicas, namespaces, workloads, link, lastReportAt, problems } = cluster;
  return (
    <tr>
      <th scope="row">
        <a href={clusterHref(mesh, name)}>{name}</a>
      </th>
      <td class="nowrap">
        <MarkSign mark={mark} /> {markWords[mark].name}
      </td>
      <td>
        <TallyText of={replicas} />
      </td>
      <td>
        <TallyText of={namespaces} />
      </td>
      <td>
        <TallyText of={workloads} />
      </td>
      <td class="num nowrap">
        {link === undefined ? '' : link.connected ? `${Math.round(link.roundTripMs)} ms` : <span class="bad">down</span>}
      </td>
      <td class="num nowrap">{lastReportAt === undefined ? 'none' : ageText(lastReportAt, nowMs.value)}</td>
      <td>
        {waits}
        {hasProblem && problems[0] !== undefined && <code class="reason bad"> {problems[0].code}</code>}
      </td>
    </tr>
  );
}
