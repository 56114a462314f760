import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { BasicTracerProvider, InMemorySpanExporter, type ReadableSpan, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';

/** What has been recorded since it was last cleared. */
export interface SpanRecorder {
  /** Those that have ended, in that order. */
  spans(): readonly ReadableSpan[];
  clear(): void;
}

/** Registers a tracer for the whole process, as somebody who traces does; once for each file of tests, which has one of its own. */
export function recordSpans(): SpanRecorder {
  const exporter = new InMemorySpanExporter();
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }));
  return { spans: () => exporter.getFinishedSpans(), clear: () => exporter.reset() };
}
