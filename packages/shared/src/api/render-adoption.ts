import type { AdoptionCluster, AdoptionStatus } from './adoption.ts';
import { type Cell, type Paint, printable, renderTable } from './render-table.ts';
import { dayText, shortFingerprint } from './wording.ts';

/** What an adoption would begin with, for a terminal. */
export function renderAdoption({ mesh, root, clusters, problems }: AdoptionStatus, paint: Paint): readonly string[] {
  if (clusters.length === 0) return [printable(`every cluster of mesh ${mesh} is of the mesh already`)];
  const rows = clusters.flatMap(rowsOf);
  const all = [...clusters.flatMap((cluster) => cluster.problems), ...problems];
  return [
    printable(
      `mesh ${mesh} would bring them to root ${shortFingerprint(root)}, and go on trusting all of these until each is there:`,
    ),
    '',
    ...renderTable(['CLUSTER', 'CA', 'ROOT', 'UNTIL', 'SUBJECT'], rows, paint),
    ...(all.length === 0 ? [] : ['']),
    ...all.flatMap(({ code, message, remedy }) => [
      paint('bad', printable(`✗ ${code} ${message}`)),
      printable(`  remedy: ${remedy}`),
    ]),
  ];
}

function rowsOf({ name, ca, roots, signer }: AdoptionCluster): readonly (readonly Cell[])[] {
  const who: Cell = { text: name };
  if (roots.length === 0) return [[who, { text: caText(ca) }, { text: '-' }, { text: '-' }, { text: '-' }]];
  return roots.map(({ fingerprint, subject, notAfter }, at) => [
    at === 0 ? who : { text: '' },
    { text: at === 0 ? caText(ca) : '' },
    { text: `${shortFingerprint(fingerprint)}${fingerprint === signer && roots.length > 1 ? ' signs' : ''}` },
    { text: dayText(notAfter) },
    { text: subject.replaceAll('\n', ', ') },
  ]);
}

function caText(ca: AdoptionCluster['ca']): string {
  switch (ca) {
    case 'self-made':
      return "istiod's own";
    case 'plugged-in':
      return 'plugged in';
    case 'reroot':
      return 'of another reroot';
    case undefined:
      return 'not known';
  }
}
