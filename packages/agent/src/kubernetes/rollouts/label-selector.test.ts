import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type LabelSelector, matchesLabels } from './label-selector.ts';

const key = fc.constantFrom('app', 'tier', 'constructor');
const value = fc.constantFrom('', 'web', 'db');
const labels = fc.dictionary(key, value);
const expression = fc.record({
  key,
  operator: fc.constantFrom('In', 'NotIn', 'Exists', 'DoesNotExist'),
  values: fc.uniqueArray(value),
});

describe('a label selector', () => {
  it('that is empty is met by all', () => {
    fc.assert(fc.property(labels, (each) => matchesLabels({}, each)));
    expect(matchesLabels({ matchLabels: {}, matchExpressions: [] }, {})).toBe(true);
  });

  it('demands every label of matchLabels', () => {
    fc.assert(
      fc.property(labels, labels, (wanted, held) => {
        const met = Object.entries(wanted).every((pair) => Object.entries(held).some((own) => own.join('=') === pair.join('=')));
        expect(matchesLabels({ matchLabels: wanted }, held)).toBe(met);
      }),
    );
  });

  it('has NotIn as the opposite of In, and DoesNotExist of Exists', () => {
    const opposite: Record<string, string> = { In: 'NotIn', NotIn: 'In', Exists: 'DoesNotExist', DoesNotExist: 'Exists' };
    fc.assert(
      fc.property(labels, expression, (held, each) => {
        const turned = { ...each, operator: opposite[each.operator] ?? '' };
        expect(matchesLabels({ matchExpressions: [turned] }, held)).toBe(!matchesLabels({ matchExpressions: [each] }, held));
      }),
    );
  });

  it('demands every expression', () => {
    fc.assert(
      fc.property(labels, labels, fc.array(expression), (held, matchLabels, matchExpressions) => {
        const parts: LabelSelector[] = [{ matchLabels }, ...matchExpressions.map((each) => ({ matchExpressions: [each] }))];
        expect(matchesLabels({ matchLabels, matchExpressions }, held)).toBe(parts.every((part) => matchesLabels(part, held)));
      }),
    );
  });

  it.each<[string, string[] | undefined, Record<string, string>, boolean]>([
    ['In', ['web', 'db'], { app: 'db' }, true],
    ['In', ['web'], {}, false],
    ['NotIn', ['web'], { app: 'web' }, false],
    ['NotIn', ['web'], {}, true],
    ['Exists', undefined, { app: '' }, true],
    ['Exists', undefined, { tier: 'x' }, false],
    ['DoesNotExist', undefined, {}, true],
    ['Newer', undefined, {}, true],
  ])('knows %s %j of %j: %s', (operator, values, held, met) => {
    const each = { key: 'app', operator, ...(values === undefined ? {} : { values }) };
    expect(matchesLabels({ matchExpressions: [each] }, held)).toBe(met);
  });

  it('finds no label that every object has', () => {
    expect(matchesLabels({ matchExpressions: [{ key: 'constructor', operator: 'Exists' }] }, {})).toBe(false);
  });
});
