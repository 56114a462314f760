import { signal } from '@preact/signals';
import type { PreflightReport } from '@reroot/shared/api';

/** The last preflight that this page has asked for, and for what: a start goes by it. */
export const preflight = signal<{ readonly report: PreflightReport; readonly choiceKey: string } | undefined>(undefined);
