import type { MeshStatus } from '@reroot/shared/api';
import { useEffect } from 'preact/hooks';
import { fleet, nowMs } from '../data/store.ts';
import { viewHref } from '../model/route.ts';
import { ageText, rowTexts, stateNames, waitingFor } from '../model/wording.ts';
import { Table } from '../parts/table.tsx';

/** Every mesh; where there is one alone, that one. */
export function MeshesView() {
  const meshes = fleet.value?.meshes ?? [];
  const only = meshes.length === 1 ? meshes[0]?.mesh : undefined;
  useEffect(() => {
    if (only !== undefined) location.replace(viewHref(only, 'rotation'));
  }, [only]);
  if (meshes.length === 0) {
    return (
      <div class="blank">
        <h1>There is no mesh yet</h1>
        <p>
          <code>reroot apply -f mesh.yaml</code> makes one; it appears here by itself.
        </p>
      </div>
    );
  }
  return (
    <>
      <h1>Meshes</h1>
      <Table label="Meshes" head={['Mesh', 'State', 'Clusters', 'Waits for', 'For']}>
        {meshes.map((each) => (
          <MeshRow key={each.mesh} status={each} />
        ))}
      </Table>
    </>
  );
}

function MeshRow({ status: { mesh, state, step, clusters, verdict, enteredAt } }: { readonly status: MeshStatus }) {
  return (
    <tr>
      <th scope="row">
        <a href={viewHref(mesh, 'rotation')}>{mesh}</a>
      </th>
      <td>
        {stateNames[state]} <span class="row-text">{rowTexts[step]}</span>
      </td>
      <td class="num">{clusters.length}</td>
      <td>{verdict.passed ? '' : waitingFor(verdict)}</td>
      <td class="num">{ageText(enteredAt, nowMs.value)}</td>
    </tr>
  );
}
