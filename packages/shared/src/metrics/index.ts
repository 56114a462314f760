/** What programs measure: every name in one file, and how it is written for Prometheus. */
export {
  type LabelBound,
  type LabelsOf,
  type MetricDefinition,
  type MetricDefinitions,
  type NamesOf,
  type Sample,
  sampleOf,
} from './metric.ts';
export { agentMetrics, mgmtMetrics, processMetrics } from './names.ts';
export { processSamples } from './process-samples.ts';
export { createRegistry, type Registry } from './registry.ts';
export { metricsMediaType, renderMetrics } from './render-metrics.ts';
