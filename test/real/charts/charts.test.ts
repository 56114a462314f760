import { globSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { agentConfigSchema } from '@reroot/agent/config';
import { mgmtConfigSchema } from '@reroot/mgmt/config';
import { parseAnyYaml, parseYaml } from '@reroot/shared/config';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readRepositoryFile } from '../../architecture/sources.ts';
import { type Chart, chartFolder, charts, objectsOf, type RenderedObject, renderChart, runHelm, valuesFile } from './run-helm.ts';

let home = '';
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'reroot-helm-'));
});
afterAll(() => rm(home, { recursive: true, force: true }));

/** Each chart with each of its sets of values. */
const sets = charts.flatMap((chart) =>
  globSync(join(chartFolder(chart), 'ci', '*-values.yaml'))
    .map((file): [Chart, string] => [chart, basename(file, '-values.yaml')])
    .toSorted(),
);

const find = (objects: readonly RenderedObject[], kind: string): RenderedObject => objects.find((each) => each.kind === kind)!;

/** What decides over rights, by kind, namespace and name. */
function rightsOf(objects: readonly RenderedObject[]): Readonly<Record<string, unknown>> {
  const entries = objects
    .filter(({ kind }) => /Role|^ServiceAccount$/.test(kind))
    .map(({ kind, metadata: { namespace = '', name }, rules, roleRef, subjects }): [string, unknown] => [
      `${kind} ${namespace}/${name}`,
      { rules, roleRef, subjects },
    ]);
  return Object.fromEntries(entries.toSorted());
}

describe.each(sets)('the chart %s with the values "%s"', (chart, set) => {
  it('passes the strict judgement of helm', async () => {
    const lint = ['lint', '--strict', chartFolder(chart), '--namespace', 'reroot', '--values', valuesFile(chart, set)];
    expect(await runHelm(lint, home)).toContain('1 chart(s) linted, 0 chart(s) failed');
  });

  it('gives what it gave; vitest --update takes what it gives now', async () => {
    await expect(await renderChart(chart, set, home)).toMatchFileSnapshot(`golden/${chart}-${set}.yaml`);
  });

  it('gives a configuration that the program takes', async () => {
    const { data = {} } = find(objectsOf(await renderChart(chart, set, home), chart), 'ConfigMap');
    const parse = (): unknown =>
      chart === 'reroot-mgmt'
        ? parseYaml(data['mgmt.yaml'] ?? '', mgmtConfigSchema, 'mgmt.yaml')
        : parseYaml(data['agent.yaml'] ?? '', agentConfigSchema, 'agent.yaml');
    expect(parse).not.toThrow();
  });

  it('runs nothing as root, nor with a file system or a capability that it does not need', async () => {
    const deployment = find(objectsOf(await renderChart(chart, set, home), chart), 'Deployment');
    expect(deployment).toMatchObject({
      spec: {
        template: {
          spec: {
            securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
            containers: [
              {
                securityContext: {
                  allowPrivilegeEscalation: false,
                  readOnlyRootFilesystem: true,
                  capabilities: { drop: ['ALL'] },
                },
              },
            ],
          },
        },
      },
    });
  });
});

describe('large numbers in the configuration', () => {
  it('stay the numbers that they are', async () => {
    const { data = {} } = find(objectsOf(await renderChart('reroot-mgmt', 'everything', home), 'mgmt'), 'ConfigMap');
    expect(parseYaml(data['mgmt.yaml'] ?? '', mgmtConfigSchema, 'mgmt.yaml').timings.finishedHoldMs).toBe(31_536_000_000);
  });
});

describe('the alert rules', () => {
  it('are those of deploy/monitoring, where they are asked for', async () => {
    const more = ['--set', 'monitoring.prometheusRule.enabled=true,monitoring.prometheusRule.labels.release=prometheus'];
    const rule = find(objectsOf(await renderChart('reroot-mgmt', 'defaults', home, more), 'chart'), 'PrometheusRule');
    const plain = parseAnyYaml(readRepositoryFile('deploy/monitoring/alerts.yaml'), 'alerts');
    expect(rule).toMatchObject({ metadata: { labels: { release: 'prometheus' } }, spec: plain });
  });
});

describe('the rights of the agent', () => {
  it('are those of the plain manifests, with every right that an agent may be given', async () => {
    const plain = ['deploy/agent/rbac.yaml', 'deploy/agent/rbac-vault.yaml'].map(readRepositoryFile).join('\n---\n');
    const rendered = objectsOf(await renderChart('reroot-agent', 'all-rights', home), 'chart');
    expect(rightsOf(rendered)).toEqual(rightsOf(objectsOf(plain, 'plain')));
  });

  it('are fewer by what is left out', async () => {
    const least = Object.keys(rightsOf(objectsOf(await renderChart('reroot-agent', 'least', home), 'chart')));
    expect(least.filter((each) => /evidence|restarts|inspection|trust-bundle|vault/.test(each))).toEqual([]);
  });
});

describe('the rights of mgmt and of people', () => {
  it('are those of the plain manifests', async () => {
    const rendered = rightsOf(objectsOf(await renderChart('reroot-mgmt', 'defaults', home), 'chart'));
    const people = objectsOf(readRepositoryFile('deploy/mgmt/rbac-people.yaml'), 'people');
    const shipped = people.filter(({ kind }) => kind === 'ClusterRole');
    const plain = [...objectsOf(readRepositoryFile('deploy/mgmt/rbac-access.yaml'), 'access'), ...shipped];
    expect(rendered).toMatchObject(rightsOf(plain));
  });
});

describe('values that a chart does not know, or that cannot be right', () => {
  it.each<[Chart, readonly string[], RegExp]>([
    ['reroot-agent', ['--set', 'replicas=2'], /additional properties 'replicas' not allowed/],
    ['reroot-agent', ['--set', 'config.adoptoin=allowed'], /'\/config'.*'adoptoin' not allowed/],
    ['reroot-agent', ['--set', 'config.adoption=perhaps'], /'\/config\/adoption'.*must be one of/],
    ['reroot-agent', ['--set', 'istio.namespaces='], /'\/istio\/namespaces'/],
    ['reroot-agent', ['--set', 'image.digest=latest'], /'\/image\/digest'.*does not match pattern/],
    ['reroot-mgmt', ['--set', 'store.kind=sqlite,replicas=2'], /'\/replicas': maximum/],
    ['reroot-mgmt', ['--set', 'store.kind=etcd'], /'\/store\/kind'.*must be one of/],
    ['reroot-mgmt', ['--set', 'config.nats.server=x'], /'\/config\/nats'.*'server' not allowed/],
    ['reroot-mgmt', ['--set', 'nats.servers=null'], /'\/nats'.*missing property 'servers'/],
    ['reroot-mgmt', ['--set', 'tls.mode=cert-manager'], /tls\.certificate\.issuerRef\.name must name the issuer/],
    ['reroot-mgmt', ['--set', 'monitoring.serviceMonitor.enabled=true'], /monitoring\.tokenSecret\.name must name/],
    ['reroot-mgmt', ['--set', 'tls.mode=off'], /'\/tls\/mode'/],
  ])('are refused: %s %j', async (chart, more, problem) => {
    await expect(renderChart(chart, 'defaults', home, more)).rejects.toThrow(problem);
  });
});

describe('the versions of the charts', () => {
  it.each(charts)('are that of the programs: %s', (chart) => {
    const { version } = JSON.parse(readRepositoryFile('package.json')) as { version: string };
    const text = readFileSync(join(chartFolder(chart), 'Chart.yaml'), 'utf8');
    expect([...text.matchAll(/^(?:version|appVersion): (.+)$/gm)].map(([, each]) => each)).toEqual([version, version]);
  });
});
