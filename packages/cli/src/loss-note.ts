import type { Progress } from './progress.ts';

/** Tells a person that mgmt does not answer, and that it does again: once for each time, not on each try. */
export interface LossNote {
  lost(error: Error): void;
  found(): void;
}

/** Begins where mgmt answers. */
export function createLossNote(progress: Progress): LossNote {
  let last = '';
  return {
    lost: ({ message }) => {
      if (message !== last) progress.happened(`${message}; trying again`);
      last = message;
    },
    found: () => {
      if (last !== '') progress.happened('mgmt answers again');
      last = '';
    },
  };
}
