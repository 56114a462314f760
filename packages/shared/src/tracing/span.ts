import { type Attributes, context, type SpanContext, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { toRerootError } from '../errors/index.ts';

/** What is known of a span when it begins. */
export interface SpanStart {
  readonly kind?: keyof typeof kinds;
  readonly attributes?: Attributes;
  /** What it follows from; whatever is under way when this is left out. */
  readonly parent?: SpanContext | undefined;
}

const kinds = {
  internal: SpanKind.INTERNAL,
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
} as const;

/** Whoever registers a tracer may do so later: this one asks for it each time. */
const tracer = trace.getTracer('reroot');

/** A span that is under way. */
export interface OpenSpan {
  note(attributes: Attributes): void;
  /** It has come to this; the code of the error is its type. */
  fail(thrown: unknown): void;
  end(): void;
  /** Does something within the span: what follows from it, whenever it comes, belongs to the trace. */
  within<T>(work: () => T): T;
}

/** Begins a span; without a registered tracer that is nothing. Whoever begins it ends it. */
export function openSpan(name: string, { kind = 'internal', attributes = {}, parent }: SpanStart = {}): OpenSpan {
  const before = parent === undefined ? context.active() : trace.setSpanContext(context.active(), parent);
  const span = tracer.startSpan(name, { kind: kinds[kind], attributes }, before);
  const inside = trace.setSpan(before, span);
  return {
    note: (more) => {
      span.setAttributes(more);
    },
    fail: (thrown) => {
      const { code, message } = toRerootError(thrown);
      span.setAttribute('error.type', code);
      span.setStatus({ code: SpanStatusCode.ERROR, message });
    },
    end: () => {
      span.end();
    },
    within: (work) => context.with(inside, work),
  };
}

/** Does something as a span of its own, which ends with it; what it throws is noted and thrown on. */
export async function inSpan<T>(name: string, start: SpanStart, work: (span: OpenSpan) => Promise<T>): Promise<T> {
  const span = openSpan(name, start);
  try {
    return await span.within(() => work(span));
  } catch (error) {
    span.fail(error);
    throw error;
  } finally {
    span.end();
  }
}

/** The span that is under way here; undefined where there is none, and always without a registered tracer. */
export function activeSpan(): SpanContext | undefined {
  return trace.getSpanContext(context.active());
}

/** As `inSpan` where it follows from something that is traced; else just does it, for it begins no trace of its own. */
export async function joinSpan<T>(name: string, start: SpanStart, work: () => Promise<T>): Promise<T> {
  return start.parent === undefined && activeSpan() === undefined ? work() : inSpan(name, start, work);
}

/** Does something at once, as part of a trace. */
export type WithinTrace = <T>(work: () => T) => T;

/** For what is done later on and follows from what is under way here; undefined where nothing is traced. */
export function keepTrace(): WithinTrace | undefined {
  if (activeSpan() === undefined) return undefined;
  const kept = context.active();
  return (work) => context.with(kept, work);
}
