export { errorFields } from './error-fields.ts';
export { type LogFields, type LogKey, logKeys } from './keys.ts';
export { createLogger, type Log, type LoggerOptions, type LogLevel, logLevels, silentLog } from './log.ts';
