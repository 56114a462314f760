/** One sample as a Prometheus reads it. */
export interface ReadSample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const sampleForm = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (-?[\d.e+-]+|[+-]Inf|NaN)$/;
const labelForm = /([a-zA-Z_]\w*)="((?:[^"\\\n]|\\["\\n])*)"(,|$)/y;
const suffixes: Readonly<Record<string, RegExp>> = { histogram: /_(bucket|sum|count)$/ };

/**
 * Reads the text format of Prometheus, as strictly as its own parser does: each family has one HELP and one TYPE, before its samples and
 * all in one place; no series comes twice; the text ends with a line.
 * @throws Error with the line that is wrong
 */
export function readExposition(text: string): readonly ReadSample[] {
  if (!text.endsWith('\n')) throw new Error('the text does not end with a line');
  const [families, series] = [new Set<string>(), new Set<string>()];
  let family: { readonly name: string; readonly type: string } | undefined;
  let helped: string | undefined;
  const samples: ReadSample[] = [];
  for (const line of text.slice(0, -1).split('\n')) {
    const comment = /^# (HELP|TYPE) (\S+) (.+)$/.exec(line);
    const [, keyword, named = '', rest = ''] = comment ?? [];
    if (keyword === 'HELP') helped = named;
    else if (keyword === 'TYPE') {
      if (families.has(named) || helped !== named) throw new Error(`out of place: ${line}`);
      families.add(named);
      family = { name: named, type: rest };
    } else {
      const sample = readSample(line);
      if (family === undefined || sample.name.replace(suffixes[family.type] ?? /$^/, '') !== family.name)
        throw new Error(`of no family: ${line}`);
      const key = `${sample.name} ${JSON.stringify(sample.labels)}`;
      if (series.has(key)) throw new Error(`twice: ${line}`);
      series.add(key);
      samples.push(sample);
    }
  }
  return samples;
}

function readSample(line: string): ReadSample {
  const [, name, labelText = '', number = ''] = sampleForm.exec(line) ?? [];
  if (name === undefined) throw new Error(`no sample: ${line}`);
  const labels: Record<string, string> = {};
  labelForm.lastIndex = 0;
  while (labelForm.lastIndex < labelText.length) {
    const [, label, value = ''] = labelForm.exec(labelText) ?? [];
    if (label === undefined) throw new Error(`a label is malformed: ${line}`);
    labels[label] = value.replace(/\\(.)/g, (_, each: string) => (each === 'n' ? '\n' : each));
  }
  return { name, labels, value: Number(number.replace('Inf', 'Infinity')) };
}
