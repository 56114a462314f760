import { globSync, readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
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

describe('a NATS that is installed with mgmt, by a chart above both', () => {
  it('is reached by the name that its release has', async () => {
    const above = join(home, 'platform');
    const nats = join(above, 'charts/nats');
    await mkdir(join(nats, 'templates'), { recursive: true });
    await writeFile(join(above, 'Chart.yaml'), 'apiVersion: v2\nname: platform\nversion: 1.0.0\n');
    await writeFile(join(nats, 'Chart.yaml'), 'apiVersion: v2\nname: nats\nversion: 1.0.0\n');
    const service = 'apiVersion: v1\nkind: Service\nmetadata: { name: "{{ .Release.Name }}-nats" }\n';
    await writeFile(join(nats, 'templates/service.yaml'), service);
    await cp(chartFolder('reroot-mgmt'), join(above, 'charts/reroot-mgmt'), { recursive: true });
    const servers = 'tls://{{ .Release.Name }}-nats.{{ .Release.Namespace }}.svc:4222';
    await writeFile(join(above, 'values.yaml'), JSON.stringify({ 'reroot-mgmt': { nats: { servers: [servers] } } }));
    const rendered = objectsOf(await runHelm(['template', 'mesh', above, '--namespace', 'ops'], home), 'platform');
    const { data = {} } = find(rendered, 'ConfigMap');
    const { nats: reached } = parseYaml(data['mgmt.yaml'] ?? '', mgmtConfigSchema, 'mgmt.yaml');
    const services = rendered.filter(({ kind }) => kind === 'Service').map(({ metadata }) => metadata.name);
    expect(services).toContain('mesh-nats');
    expect(reached).toMatchObject({ servers: ['tls://mesh-nats.ops.svc:4222'], caFile: '/etc/reroot/nats/ca.crt' });
  });
});

describe('what mgmt may reach', () => {
  it('is NATS at the ports of its addresses, and at more that are named', async () => {
    const policy = find(objectsOf(await renderChart('reroot-mgmt', 'another-nats', home), 'chart'), 'NetworkPolicy');
    const open = (policy as unknown as { spec: { egress: { ports: { port: number }[] }[] } }).spec.egress.flatMap(({ ports }) =>
      ports.map(({ port }) => port),
    );
    expect(open).toEqual(expect.arrayContaining([14_222, 4_222, 7_422]));
  });
});

describe('a PodDisruptionBudget', () => {
  it('lets one replica stay in any case', async () => {
    const more = ['--set', 'replicas=2,podDisruptionBudget.maxUnavailable=3'];
    const budget = find(objectsOf(await renderChart('reroot-mgmt', 'defaults', home, more), 'chart'), 'PodDisruptionBudget');
    expect(budget).toMatchObject({ spec: { maxUnavailable: 1 } });
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
    // A Service, a label and an address of DNS have that name too.
    ['reroot-mgmt', ['--set', 'name=a.b'], /'\/name'.*does not match pattern/],
    ['reroot-mgmt', ['--set', `name=${'a'.repeat(64)}`], /'\/name'.*does not match pattern/],
    ['reroot-agent', ['--set', `name=${'a'.repeat(64)}`], /'\/name'.*does not match pattern/],
    ['reroot-mgmt', ['--set', 'nats.servers={https://nats.example.com}'], /'\/nats\/servers\/0'.*does not match pattern/],
    ['reroot-mgmt', ['--set', 'nats.servers={tls://a b}'], /'\/nats\/servers\/0'.*does not match pattern/],
    ['reroot-mgmt', ['--set', 'nats.revocation=true'], /'\/nats\/account': minLength/],
    ['reroot-mgmt', ['--set', `nats.account=A${'A'.repeat(55)},nats.existingSecret=`], /'\/nats\/existingSecret': minLength/],
    ['reroot-mgmt', ['--set', 'identity.nextKey=../mgmt.key'], /'\/identity\/nextKey'.*does not match pattern/],
    ['reroot-mgmt', ['--set', 'config.store.kind=sqlite'], /config\.store\.kind is sqlite, and store\.kind is kubernetes/],
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
