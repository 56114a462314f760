import type { PlanQuery, PreflightReport, PreflightRequest, StartRotationRequest } from '@reroot/shared/api';

/** What of a rotation can be chosen before it is started. */
export type Choice = Pick<PlanQuery, 'strategy' | 'verification' | 'targetRoot'>;

/** Two starts are the same where this is. */
export function choiceKeyOf(mesh: string, { strategy, verification, targetRoot }: Choice): string {
  return JSON.stringify([mesh, strategy, verification, targetRoot]);
}

/** What preflight is asked for. */
export function preflightRequestOf({ strategy, targetRoot }: Choice): PreflightRequest {
  return { ...(strategy === undefined ? {} : { strategy }), ...(targetRoot === undefined ? {} : { targetRoot }) };
}

/** A choice with what was left to the mesh left out. */
export function changeChoice(choice: Choice, name: keyof Choice, value: string): Choice {
  const others = Object.entries(choice).filter(([each]) => each !== name);
  return Object.fromEntries(value === '' ? others : [...others, [name, value]]);
}

/** Checks that keep a rotation from starting, unless somebody says why it starts all the same. */
export function fatalChecks(report: PreflightReport | undefined): readonly string[] {
  return report?.checks.filter(({ outcome }) => outcome === 'fatal').map(({ id }) => id) ?? [];
}

/** What a start is asked for. */
export function startRequestOf(
  choice: Choice,
  { by, why, overridden }: { readonly by: string | undefined; readonly why: string; readonly overridden: readonly string[] },
): Partial<StartRotationRequest> {
  return {
    ...choice,
    ...(by === undefined ? {} : { by }),
    ...(why === '' ? {} : { why }),
    ...(overridden.length === 0 ? {} : { overrides: overridden.map((check) => ({ check, why })) }),
  };
}
