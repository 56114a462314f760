import { type Content, code, counted, file, type Html, joined, nameList, paragraph, type Section, table } from './html.ts';
import type { KeptCluster, KeptMoment, KeptMoments } from './kept-moment.ts';

const levels = ['replicas', 'namespaces', 'workloads'] as const;

/** Each cluster when the last step passed: first those that were left out or lagged, then the others by what they have in common. */
export function renderClusters({ steps, start }: KeptMoments): Section {
  const last = steps.at(-1) ?? start;
  const title = 'Each cluster at the last of these moments';
  if (last === undefined) return { id: 'clusters', title, content: { html: '<p class="none">Nothing was kept.</p>' } };
  const apart = last.clusters.filter((cluster) => !isWhole(cluster));
  const whole = last.clusters.filter(isWhole);
  return { id: 'clusters', title, content: joined(renderApart(apart, last), renderWhole(whole)) };
}

function isWhole(cluster: KeptCluster): boolean {
  return cluster.membership === 'member' && levels.every((level) => cluster[level].reached === cluster[level].total);
}

function renderApart(apart: readonly KeptCluster[], { clusters, seq }: KeptMoment): Html {
  const place = file(`evidence/${seq}.json`);
  if (apart.length === 0) {
    return paragraph(
      `All ${clusters.length} clusters count, and everything in them holds the row. Fingerprints and times of each are in `,
      place,
      '.',
    );
  }
  const rows = apart.map((cluster): Content[] => [
    cluster.cluster,
    [
      cluster.membership,
      cluster.excludedBy && `by ${cluster.excludedBy}`,
      cluster.excludedBecause && `: ${cluster.excludedBecause}`,
    ]
      .filter((part) => part !== undefined && part !== '')
      .join(' ')
      .replace(' :', ':'),
    ...levels.map((level) => `${cluster[level].reached} of ${cluster[level].total}`),
    cluster.signerRoot === undefined ? 'not known' : code(cluster.signerRoot.slice(0, 16)),
  ]);
  const heads = ['Cluster', 'Membership', 'istiod replicas', 'Namespaces', 'Workloads', 'Signs under root'];
  return joined(
    paragraph(
      `${counted(apart.length, 'cluster')} of ${clusters.length} did not count, or not all of it held the row. The file is `,
      place,
      '.',
    ),
    table('Clusters that did not count or lagged', heads, rows),
  );
}

function renderWhole(whole: readonly KeptCluster[]): Html {
  if (whole.length === 0) return { html: '' };
  const by = Map.groupBy(whole, ({ signerRoot = '', agentVersion = '' }) => `${signerRoot} ${agentVersion}`);
  const groups = [...by.values()].map((alike) => ({ first: alike[0], alike, clusters: alike.map(({ cluster }) => cluster) }));
  const rows = groups.map(({ first, alike }): Content[] => [
    String(alike.length),
    first?.signerRoot === undefined ? 'not known' : code(first.signerRoot.slice(0, 16)),
    first?.agentVersion ?? 'not known',
    ...levels.map((level) => String(alike.reduce((total, each) => total + each[level].total, 0))),
  ]);
  const heads = ['Clusters', 'Sign under root', 'Agent', 'istiod replicas', 'Namespaces', 'Workloads'];
  const title = 'Clusters in which everything holds the row';
  const lists = groups.map(({ first, clusters }) => {
    const root = first?.signerRoot === undefined ? 'an unknown root' : `root ${first.signerRoot.slice(0, 16)}`;
    return nameList(`Under ${root}, agent ${first?.agentVersion ?? 'not known'}:`, clusters);
  });
  return joined({ html: `<h3>${title}</h3>` }, table(title, heads, rows), ...lists);
}
