import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parseAnyYaml } from '@reroot/shared/config';
import { repository } from '../../architecture/sources.ts';
import { findServers } from '../servers/find-servers.ts';

/** The charts that are shipped. */
export const charts = ['reroot-agent', 'reroot-mgmt'] as const;
export type Chart = (typeof charts)[number];

/** An object of Kubernetes as a chart renders it. */
export interface RenderedObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly data?: Readonly<Record<string, string>>;
  readonly rules?: readonly unknown[];
  readonly roleRef?: unknown;
  readonly subjects?: unknown;
}

const timeoutMs = 120_000;

export const chartFolder = (chart: Chart): string => join(repository, 'deploy/helm', chart);

/** Values of a chart that are tried. */
export const valuesFile = (chart: Chart, set: string): string => join(chartFolder(chart), 'ci', `${set}-values.yaml`);

/**
 * Runs helm and gives its stdout. What helm keeps of its own goes below a folder of the caller.
 * @throws with what helm wrote on stderr
 */
export async function runHelm(args: readonly string[], home: string, kubeconfig?: string): Promise<string> {
  const homes = {
    HELM_CACHE_HOME: join(home, 'cache'),
    HELM_CONFIG_HOME: join(home, 'config'),
    HELM_DATA_HOME: join(home, 'data'),
  };
  const env = {
    ...homes,
    HOME: home,
    PATH: process.env['PATH'],
    ...(kubeconfig === undefined ? {} : { KUBECONFIG: kubeconfig }),
  };
  const { stdout } = await promisify(execFile)(findServers().helm, args, { env, timeout: timeoutMs, maxBuffer: 2 ** 26 });
  return stdout;
}

/** What a chart gives with a set of values. */
export async function renderChart(chart: Chart, set: string, home: string, more: readonly string[] = []): Promise<string> {
  const values = ['--values', valuesFile(chart, set)];
  return runHelm(['template', chart, chartFolder(chart), '--namespace', 'reroot', ...values, ...more], home);
}

/** The objects of a rendered chart, or of a manifest. */
export function objectsOf(yaml: string, place: string): readonly RenderedObject[] {
  return yaml
    .split(/^---$/m)
    .map((text) => parseAnyYaml(text, place) as RenderedObject | null)
    .filter((object) => object !== null);
}
