import { type DestinationStream, destination, type Logger, pino } from 'pino';
import { traceFields } from '../tracing/trace-fields.ts';
import type { LogFields, OnlyLogFields } from './keys.ts';

/** Levels of the log, from the most talkative to none. */
export const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const;

/** The least severe level that is written. */
export type LogLevel = (typeof logLevels)[number];

/** Structured log: fields of `logKeys` first, then a short constant sentence, so that lines can be searched by it. */
export interface Log {
  debug<F extends object>(fields: OnlyLogFields<F>, msg: string): void;
  info<F extends object>(fields: OnlyLogFields<F>, msg: string): void;
  warn<F extends object>(fields: OnlyLogFields<F>, msg: string): void;
  error<F extends object>(fields: OnlyLogFields<F>, msg: string): void;
  /** A log that adds `fields` to each line. */
  child<F extends object>(fields: OnlyLogFields<F>): Log;
}

/** What a logger is made of. */
export interface LoggerOptions {
  readonly level: LogLevel;
  /** Name of the program, in each line. */
  readonly name: string;
  /** Where lines go; stderr when absent. */
  readonly stream?: DestinationStream;
}

/** Keys whose values are never written, at the top of the fields and up to two objects deep. */
const secretKeys = ['caKey', 'privateKey', 'privateKeyPem', 'token', 'passphrase', 'password', 'authorization'];

/** Writes one JSON object a line, `{level, time, name, msg, …}`, with secrets cut out. */
export function createLogger(options: LoggerOptions): Log {
  const settings = {
    name: options.name,
    level: options.level,
    base: { name: options.name },
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    mixin: traceFields,
    formatters: { level: (level: string) => ({ level }) },
    redact: { paths: secretKeys.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: '[redacted]' },
  };
  return fromPino(pino(settings, options.stream ?? destination({ dest: 2, sync: true })));
}

/** Swallows everything. */
export const silentLog: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  child: () => silentLog,
};

function fromPino(logger: Logger): Log {
  return {
    debug: (fields: LogFields, msg: string) => {
      logger.debug(fields, msg);
    },
    info: (fields: LogFields, msg: string) => {
      logger.info(fields, msg);
    },
    warn: (fields: LogFields, msg: string) => {
      logger.warn(fields, msg);
    },
    error: (fields: LogFields, msg: string) => {
      logger.error(fields, msg);
    },
    child: (fields: LogFields) => fromPino(logger.child(fields)),
  };
}
