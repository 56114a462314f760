import { useSignal } from '@preact/signals';
import type { Laggard, Verdict } from '@reroot/shared/api';
import { askPage, Refusal } from '../data/ask.ts';
import { nowMs } from '../data/store.ts';
import { clusterHref } from '../model/route.ts';
import { ageText, clockText, countText } from '../model/wording.ts';
import { RefusalNote } from './refusal-note.tsx';
import { Table } from './table.tsx';

const shownAtFirst = 12;
const pageSize = 200;
const laggardsOf = ({ laggards }: { readonly laggards: readonly Laggard[] }): readonly Laggard[] => laggards;

interface Properties {
  readonly mesh: string;
  readonly verdict: Verdict;
  /** Where mgmt lists those that the verdict only counts; absent where it does not. */
  readonly listPath?: string;
}

/** Everything that a verdict waits for, to the last workload. */
export function LaggardTable({ mesh, verdict, listPath }: Properties) {
  const all = useSignal(false);
  const listed = useSignal<Listing | undefined>(undefined);
  const refusal = useSignal<Refusal | undefined>(undefined);
  const { laggards, laggardCount } = verdict;
  if (laggards.length === 0) return null;
  const shown = listed.value?.items ?? (all.value ? laggards : laggards.slice(0, shownAtFirst));
  const list = async (path: string): Promise<void> => {
    const before = listed.peek();
    try {
      const { items, cursor } = await askPage(path, laggardsOf, { cursor: before?.cursor, limit: pageSize });
      listed.value = { items: [...(before?.items ?? []), ...items], cursor, atMs: nowMs.peek() };
      refusal.value = undefined;
    } catch (error) {
      refusal.value = error instanceof Refusal ? error : undefined;
    }
  };
  const isShort = listed.value === undefined && shown.length < laggards.length;
  const canList = listPath !== undefined && !isShort && (listed.value === undefined || listed.value.cursor !== undefined);
  const more = laggardCount - shown.length;
  return (
    <>
      <Table label="What is waited for" head={['Cluster', 'Where', 'What', ['For', 'right']]}>
        {shown.map((laggard, index) => (
          <LaggardRow key={index} mesh={mesh} laggard={laggard} />
        ))}
      </Table>
      <p class="row">
        {isShort && (
          <button type="button" class="quiet" onClick={() => (all.value = true)}>
            {`Show ${countText(laggards.length, 'laggard')}`}
          </button>
        )}
        {canList && more > 0 && (
          <button type="button" class="quiet" onClick={() => void list(listPath)}>
            List them to the last one
          </button>
        )}
        {more > 0 && <span class="faint">{`${countText(shown.length, 'laggard')} of ${laggardCount.toLocaleString('en')}`}</span>}
        {listed.value !== undefined && <span class="faint">{`as of ${clockText(listed.value.atMs)}, by cluster`}</span>}
      </p>
      {refusal.value !== undefined && <RefusalNote of={refusal.value} />}
    </>
  );
}

/** What mgmt has listed so far. */
interface Listing {
  readonly items: readonly Laggard[];
  readonly cursor: string | undefined;
  readonly atMs: number;
}

function LaggardRow({ mesh, laggard }: { readonly mesh: string; readonly laggard: Laggard }) {
  const { cluster, reason, message, since } = laggard;
  return (
    <tr>
      <th scope="row">
        <a href={clusterHref(mesh, cluster)}>{cluster}</a>
      </th>
      <td>{placeOf(laggard)}</td>
      <td class="text">
        {message.replace(`${cluster}: `, '')} <code class="reason">{reason}</code>
      </td>
      <td class="right num">{since === undefined ? '' : ageText(since, nowMs.value)}</td>
    </tr>
  );
}

function placeOf({ replica, namespace, workload }: Laggard): string {
  return [replica, namespace, workload].filter((each) => each !== undefined).join(' / ') || 'the cluster';
}
