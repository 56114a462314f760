import type { Condition } from '@reroot/shared/api';
import { RerootError } from '@reroot/shared/errors';
import { describe, expect, it } from 'vitest';
import { isFinal, requireMoment, type Wish, wasCarriedOut } from './wish.ts';

const wish: Wish = { rotation: 'r-1', step: 'ADDING_NEW_ROOT', generation: 4, requestedBy: 'ann', why: 'errors are up' };
const entry = (generation: number, message: string, state: Condition['state'] = 'VERIFYING'): Condition => ({
  ...{ timestamp: '2026-01-01T00:00:00.000Z', state, step: 'ADDING_NEW_ROOT', rotationId: 'r-1' },
  ...{ generation, message, errors: [] },
});

describe('a stored wish', () => {
  it('is for its own moment', () => {
    expect(() => requireMoment(wish, wish)).not.toThrow();
  });

  it.each([
    ['another rotation', { rotation: 'r-2' }],
    ['no rotation', { rotation: undefined }],
    ['another step', { step: 'PROPAGATING_NEW_INTERMEDIATE' }],
    ['another generation', { generation: 5 }],
  ])('changes nothing in %s', (_, other) => {
    const now = { rotation: wish.rotation, step: wish.step, generation: wish.generation, ...other };
    expect(() => requireMoment(wish, now)).toThrow(expect.objectContaining({ code: 'RR_APPROVAL_STALE' }));
  });

  it('is known to be carried out by the history, though nobody remembers', () => {
    expect(wasCarriedOut(wish, [entry(5, 'ROLLBACK by ann: errors are up')])).toBe(true);
    expect(wasCarriedOut(wish, [entry(4, 'aborted by ann: errors are up; the key is destroyed', 'NOT_ROTATING')])).toBe(true);
  });

  it('is not known to be carried out by the same words of another moment, or of another person', () => {
    expect(wasCarriedOut(wish, [entry(4, 'ROLLBACK by ann: errors are up')])).toBe(false);
    expect(wasCarriedOut(wish, [entry(7, 'ROLLBACK by ann: errors are up')])).toBe(false);
    expect(wasCarriedOut(wish, [entry(5, 'ROLLBACK by bob: errors are up')])).toBe(false);
  });
});

it('what is refused is final, and what could not be reached or was overtaken is tried again', () => {
  const codes = [
    'RR_PREFLIGHT_FAILED',
    'RR_APPROVAL_FOUR_EYES',
    'RR_STORE_CONFLICT',
    'RR_API_PRECONDITION',
    'RR_STORE_DEPOSED',
    'RR_INTERNAL',
  ] as const;
  expect(codes.filter((code) => isFinal(new RerootError(code, '')))).toEqual(['RR_PREFLIGHT_FAILED', 'RR_APPROVAL_FOUR_EYES']);
});
