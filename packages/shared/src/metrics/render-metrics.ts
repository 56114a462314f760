import type { MetricDefinitions, Sample } from './metric.ts';

/** The text format of Prometheus, version 0.0.4. */
export const metricsMediaType = 'text/plain; version=0.0.4; charset=utf-8';

/** Samples as Prometheus reads them, in the order of the definitions; a metric without samples is left out. */
export function renderMetrics(definitions: MetricDefinitions, samples: readonly Sample[]): string {
  const families = Map.groupBy(samples, ({ name }) => (definitions[name] === undefined ? familyOf(name) : name));
  return Object.entries(definitions)
    .flatMap(([name, { type, help }]) => {
      const lines = families.get(name)?.map(line) ?? [];
      return lines.length === 0 ? [] : [`# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.join('')}`];
    })
    .join('');
}

function familyOf(name: string): string {
  return name.replace(/_(bucket|sum|count)$/, '');
}

function line({ name, labels, value }: Sample): string {
  const pairs = Object.entries(labels).map(([label, text]) => `${label}="${escape(text)}"`);
  return `${name}${pairs.length === 0 ? '' : `{${pairs.join(',')}}`} ${numberText(value)}\n`;
}

function numberText(value: number): string {
  if (Number.isFinite(value)) return String(value);
  return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
}

function escape(text: string): string {
  return text.replace(/["\\\n]/g, (each) => (each === '\n' ? '\\n' : `\\${each}`));
}
