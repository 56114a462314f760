import { type DestinationStream, destination, type Logger, pino } from 'pino';

/** Levels of the log, from the most talkative to none. */
export const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const;

/** The least severe level that is written. */
export type LogLevel = (typeof logLevels)[number];

/** Structured log: fields first, then a short constant sentence, so that lines can be searched by it. */
export interface Log {
  debug(fields: object, msg: string): void;
  info(fields: object, msg: string): void;
  warn(fields: object, msg: string): void;
  error(fields: object, msg: string): void;
  /** A log that adds `fields` to each line. */
  child(fields: object): Log;
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
    debug: (fields, msg) => {
      logger.debug(fields, msg);
    },
    info: (fields, msg) => {
      logger.info(fields, msg);
    },
    warn: (fields, msg) => {
      logger.warn(fields, msg);
    },
    error: (fields, msg) => {
      logger.error(fields, msg);
    },
    child: (fields) => fromPino(logger.child(fields)),
  };
}
