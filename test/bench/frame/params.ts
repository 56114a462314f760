import type { Bench, Params } from './bench.ts';

/** Says what is wrong with a `--set`. */
export class WrongParam extends Error {}

/** What was asked for on the command line. */
export interface ParamsAsk {
  readonly form: 'usual' | 'long';
  /** Each `NAME=VALUE`; of a list, the values with commas between them. */
  readonly set: readonly string[];
}

/**
 * The parameters of a bench as they were asked for. Numbers are whole ones from 1 on: each is how many of something there are.
 * @throws WrongParam when a value is not of the kind of the one that it replaces, or none that the bench takes
 */
export function chooseParams(
  { params, long, takes = {} }: Pick<Bench, 'params' | 'long' | 'takes'>,
  { form, set }: ParamsAsk,
): Params {
  const base: Params = form === 'long' ? ({ ...params, ...long } as Params) : params;
  const changed = set.map(splitSetting).filter(([name]) => name in base);
  return {
    ...base,
    ...Object.fromEntries(changed.map(([name, text]) => [name, requireTaken(name, readAs(base[name], name, text), takes[name])])),
  };
}

/** The names in `--set` that none of the benches has. @throws WrongParam when one is no NAME=VALUE */
export function unknownParams(benches: readonly Pick<Bench, 'params'>[], { set }: ParamsAsk): readonly string[] {
  return set.map((setting) => splitSetting(setting)[0]).filter((name) => !benches.some(({ params }) => name in params));
}

function splitSetting(setting: string): readonly [name: string, text: string] {
  const at = setting.indexOf('=');
  if (at < 1) throw new WrongParam(`--set ${setting} is no NAME=VALUE`);
  return [setting.slice(0, at), setting.slice(at + 1)];
}

function readAs(former: Params[string] | undefined, name: string, text: string): Params[string] {
  if (typeof former === 'string') return text;
  if (typeof former === 'number') return readNumber(name, text);
  const items = text.split(',');
  return typeof former?.[0] === 'number' ? items.map((item) => readNumber(name, item)) : items;
}

function requireTaken(name: string, value: Params[string], takes: NonNullable<Bench['takes']>[string]): Params[string] {
  if (takes === undefined) return value;
  if ('from' in takes) {
    const low = [value].flat().find((item) => Number(item) < takes.from);
    if (low !== undefined) throw new WrongParam(`--set ${name}: ${low} is less than ${takes.from}`);
  } else {
    const other = [value].flat().find((item) => !takes.includes(String(item)));
    if (other !== undefined) throw new WrongParam(`--set ${name}: '${other}' is none of ${takes.join(', ')}`);
  }
  return value;
}

function readNumber(name: string, text: string): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (!Number.isSafeInteger(value) || value < 1) throw new WrongParam(`--set ${name}: '${text}' is no whole number from 1 on`);
  return value;
}
