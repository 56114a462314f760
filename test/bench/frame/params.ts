import type { Bench, Params } from './bench.ts';
import { WrongCall } from './wrong-call.ts';

/** Unless a bench says otherwise: beyond it a slip of the finger starts more processes than the machine can bear. */
const mostOfAny = 100_000;

/** What was asked for on the command line. */
export interface ParamsAsk {
  readonly form: 'usual' | 'long';
  /** Each `NAME=VALUE`; of a list, the values with commas between them. */
  readonly set: readonly string[];
}

/**
 * The parameters of a bench as they were asked for. Numbers are whole ones from 1 on, up to a bound: each is how many of something there are.
 * @throws WrongCall when a value is not of the kind of the one that it replaces, or none that the bench takes
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

/** The names in `--set` that none of the benches has. @throws WrongCall when one is no NAME=VALUE */
export function unknownParams(benches: readonly Pick<Bench, 'params'>[], { set }: ParamsAsk): readonly string[] {
  return set.map((setting) => splitSetting(setting)[0]).filter((name) => !benches.some(({ params }) => name in params));
}

function splitSetting(setting: string): readonly [name: string, text: string] {
  const at = setting.indexOf('=');
  if (at < 1) throw new WrongCall(`--set ${setting} is no NAME=VALUE`, 'write it like --set links=100');
  return [setting.slice(0, at), setting.slice(at + 1)];
}

function readAs(former: Params[string] | undefined, name: string, text: string): Params[string] {
  if (typeof former === 'string') return text;
  if (typeof former === 'number') return readNumber(name, text);
  const items = text.split(',');
  return typeof former?.[0] === 'number' ? items.map((item) => readNumber(name, item)) : items;
}

function requireTaken(name: string, value: Params[string], takes: NonNullable<Bench['takes']>[string]): Params[string] {
  const items = [value].flat();
  if (isWords(takes)) {
    const other = items.find((item) => !takes.includes(String(item)));
    if (other !== undefined) throw new WrongCall(`--set ${name}: '${other}' is not taken`, `choose from ${takes.join(', ')}`);
    return value;
  }
  const { from = 1, to = mostOfAny } = takes ?? {};
  const outside = items.find((item) => typeof item === 'number' && (item < from || item > to));
  if (outside === undefined) return value;
  const problem = Number(outside) < from ? `less than ${from}` : `more than ${to}`;
  throw new WrongCall(`--set ${name}: ${outside} is ${problem}`, `choose a whole number from ${from} to ${to}`);
}

function isWords(takes: NonNullable<Bench['takes']>[string]): takes is readonly string[] {
  return Array.isArray(takes);
}

function readNumber(name: string, text: string): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (Number.isSafeInteger(value) && value >= 1) return value;
  throw new WrongCall(`--set ${name}: '${text}' is no whole number from 1 on`, `write it like --set ${name}=100`);
}
