import type { PreflightOverride } from '@reroot/shared/api';
import { RerootError } from '@reroot/shared/errors';
import { type Command, InvalidArgumentError } from 'commander';

/** What was typed: which checks, and why where that was said beside the check. */
export interface OverrideOptions {
  readonly override: readonly PreflightOverride[];
  readonly why?: string;
}

/** Gives a verb that starts something the options by which it starts although checks fail. */
export function addOverriding(verb: Command): Command {
  return verb
    .option('--override <check[=why]>', 'start although this check of preflight fails; may be repeated', collectOverride, [])
    .option('--why <sentence>', 'the reason, kept in the history; of overrides that have none of their own');
}

/** Reads `CHECK` or `CHECK=WHY` and adds it to those before. @throws InvalidArgumentError, which becomes RR_OPTION_INVALID */
function collectOverride(text: string, before: readonly PreflightOverride[]): readonly PreflightOverride[] {
  const [, check, why = ''] = /^([a-z0-9-]+)(?:=(.*))?$/s.exec(text) ?? [];
  if (check === undefined) throw new InvalidArgumentError('give the id of a check, or CHECK=WHY.');
  return [...before, { check, why }];
}

/** @throws RR_OPTION_INVALID for a check that is overridden without a word: it stands in the history for ever */
export function overridesOf({ override, why = '' }: OverrideOptions): readonly PreflightOverride[] {
  const given = override.map((each) => (each.why === '' ? { ...each, why } : each));
  const silent = given.find((each) => each.why.trim() === '');
  if (silent === undefined) return given;
  throw new RerootError('RR_OPTION_INVALID', `${silent.check} is overridden without a reason`, {
    remedy: `give --override ${silent.check}=WHY, or --why for all of them`,
  });
}
