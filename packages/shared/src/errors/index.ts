export { type CatalogueEntry, type ErrorCode, type ExitCode, errorCatalogue, isErrorCode } from './catalogue.ts';
export { assertNever, type ErrorFacts, errorMessage, RerootError, toRerootError } from './reroot-error.ts';
