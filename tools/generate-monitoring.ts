import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repository, settleGenerated } from './generated-files.ts';
import { renderDashboard } from './monitoring/dashboard.ts';
import { renderAlerts, renderRunbook } from './monitoring/render-alerts.ts';
import { metricsParts } from './monitoring/render-metrics-docs.ts';
import { fillParts } from './rotation-docs.ts';
import { alarmSections, gateSections, renderSections } from './runbook.ts';

const pathOf = (name: string): string => join(repository, name);
const filled = async (name: string, parts: Readonly<Record<string, string>>) => {
  return { path: pathOf(name), content: fillParts(await readFile(pathOf(name), 'utf8'), parts) };
};

await settleGenerated([
  await filled('docs/metrics.md', metricsParts()),
  await filled('docs/troubleshooting.md', {
    reasons: renderSections(gateSections),
    alarms: renderSections(alarmSections),
    alerts: renderRunbook(),
  }),
  { path: pathOf('deploy/monitoring/grafana-dashboard.json'), content: renderDashboard() },
  { path: pathOf('deploy/monitoring/alerts.yaml'), content: renderAlerts() },
]);
