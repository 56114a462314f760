import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildCrds, renderCrd } from '../packages/shared/src/api/resources/index.ts';
import { parseAnyYaml } from '../packages/shared/src/config/index.ts';
import { agentValues } from './charts/agent-values.ts';
import { mgmtValues } from './charts/mgmt-values.ts';
import { renderValuesSchema } from './charts/render-values-schema.ts';
import { renderValuesTable } from './charts/render-values-table.ts';
import type { ValueSchema } from './charts/value-schema.ts';
import { type GeneratedFile, repository, settleGenerated } from './generated-files.ts';
import { renderAlerts } from './monitoring/render-alerts.ts';
import { fillParts } from './rotation-docs.ts';

/** What a chart has of what stands elsewhere: its schema, the table of its README, resource definitions and alert rules. */
const chartFolder = (name: string): string => join(repository, 'deploy/helm', name);

async function chartFiles(name: string, values: ValueSchema): Promise<readonly GeneratedFile[]> {
  const folder = chartFolder(name);
  const defaults = parseAnyYaml(await readFile(join(folder, 'values.yaml'), 'utf8'), `${name}/values.yaml`);
  const readme = await readFile(join(folder, 'README.md'), 'utf8');
  return [
    { path: join(folder, 'values.schema.json'), content: renderValuesSchema(values) },
    { path: join(folder, 'README.md'), content: fillParts(readme, { values: renderValuesTable(values, defaults) }) },
  ];
}

/** A plain manifest, which the chart gives under its own names; an example at its end is not part of it. */
async function manifestPart(name: string): Promise<GeneratedFile> {
  const text = await readFile(join(repository, 'deploy/mgmt', name), 'utf8');
  return { path: join(parts, name), content: text.replace(/\n---\n# An example: [^]*$/, '\n') };
}

const parts = join(chartFolder('reroot-mgmt'), 'files');
await settleGenerated([
  ...(await chartFiles('reroot-agent', agentValues)),
  ...(await chartFiles('reroot-mgmt', mgmtValues)),
  ...buildCrds().map((definition) => ({
    path: join(parts, 'crds', `${definition.metadata.name}.yaml`),
    content: renderCrd(definition),
  })),
  { path: join(parts, 'alerts.yaml'), content: renderAlerts() },
  ...(await Promise.all(
    ['admission-resources.yaml', 'rbac-access.yaml', 'rbac-people.yaml', 'rbac-resources.yaml', 'rbac-store.yaml'].map(
      manifestPart,
    ),
  )),
]);
