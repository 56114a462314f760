import type { TrustClassStatus } from '@reroot/shared/api';
import { useMesh } from '../data/hooks.ts';
import { clusterHref } from '../model/route.ts';
import { rootLetter } from '../model/wording.ts';
import { type Heading, Table } from './table.tsx';

/** More classes than this would be a table that nobody reads: the first ones are shown. */
const maxClasses = 100;
/** More columns than this do not fit. */
const maxColumns = 24;
const maxNames = 6;

/** The matrix as text: what the clusters of each class show and trust, and which classes accept it. */
export function ClassTable({
  classes,
  cells,
}: {
  readonly classes: readonly TrustClassStatus[];
  readonly cells: readonly string[] | undefined;
}) {
  const columns = cells !== undefined && classes.length <= maxColumns ? classes.map((_, index) => index) : [];
  const head: Heading[] = [
    'Class',
    'Clusters',
    'Leaves under',
    'Bundles',
    'Names',
    ...columns.map((index): Heading => [`by ${index + 1}`, 'center']),
  ];
  return (
    <>
      <Table label="Classes of the trust matrix" head={head}>
        {classes.slice(0, maxClasses).map((each, index) => (
          <ClassRow key={index} index={index} each={each} row={columns.map((column) => cells?.[index]?.[column] ?? '')} />
        ))}
      </Table>
      {classes.length > maxClasses && <p class="faint">{`and ${classes.length - maxClasses} more`}</p>}
    </>
  );
}

function ClassRow({
  index,
  each,
  row,
}: {
  readonly index: number;
  readonly each: TrustClassStatus;
  readonly row: readonly string[];
}) {
  const { clusters, others, leaves, bundles, leavesKnown, bundlesKnown } = each;
  return (
    <tr>
      <th scope="row">{index + 1}</th>
      <td class="num">{clusters.length + others.length}</td>
      <td>
        <Sets sets={leaves} known={leavesKnown} />
      </td>
      <td>
        <Sets sets={bundles} known={bundlesKnown} />
      </td>
      <td class="text">
        <Names clusters={clusters} others={others} />
      </td>
      {row.map((cell, column) => (
        <td key={column} class={`center ${cellWords[cell]?.tone ?? ''}`}>
          {cellWords[cell]?.text ?? ''}
        </td>
      ))}
    </tr>
  );
}

const cellWords: Readonly<Record<string, { readonly text: string; readonly tone: string }>> = {
  g: { text: '✓ green', tone: 'good' },
  r: { text: '✗ red', tone: 'bad' },
  u: { text: '? unknown', tone: 'waiting' },
};

function Sets({ sets, known }: { readonly sets: readonly (readonly string[])[]; readonly known: 'all' | 'not-all' }) {
  const status = useMesh();
  const texts = sets.map((roots) => (roots.length === 0 ? 'no root' : roots.map((root) => rootLetter(root, status)).join(' + ')));
  return <code>{[...texts, ...(known === 'all' ? [] : ['?'])].join(' | ') || 'none'}</code>;
}

function Names({ clusters, others }: Pick<TrustClassStatus, 'clusters' | 'others'>) {
  const { mesh } = useMesh();
  const all = [...clusters, ...others];
  const more = all.length - maxNames;
  return (
    <>
      {all.slice(0, maxNames).map((name, index) => (
        <span key={name}>
          {index > 0 && ', '}
          <a href={clusterHref(mesh, name)}>{name}</a>
          {others.includes(name) && <span class="faint"> (does not count)</span>}
        </span>
      ))}
      {more > 0 && <span class="faint">{` and ${more} more`}</span>}
    </>
  );
}
