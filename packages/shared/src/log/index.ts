export { createLogger, type Log, type LoggerOptions, type LogLevel, logLevels, silentLog } from './log.ts';
