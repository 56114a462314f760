/**
 * Carries acts out in one transaction that come while one turn of the event loop is worked through: each commit waits for the disk, and what
 * comes while it waits shares the next one.
 */
export type GroupCommit = <T>(act: () => T) => Promise<T>;

/** An act that waits for its turn. */
interface Waiting {
  /** Carries it out, inside of a transaction. @throws what the act throws */
  readonly run: () => void;
  /** After the commit. */
  readonly settle: () => void;
  readonly fail: (error: unknown) => void;
}

/**
 * @param inTransaction carries something out and commits it, or neither, and rejects with what it throws. Acts of a group that fails are carried
 *   out once more, each in a transaction of its own, so that none fails for another one's sake
 */
export function createGroupCommit(inTransaction: <T>(act: () => T) => Promise<T>): GroupCommit {
  let group: Waiting[] = [];
  const commit = async (acts: readonly Waiting[]): Promise<void> => {
    await inTransaction(() => {
      for (const { run } of acts) run();
    });
    for (const { settle } of acts) settle();
  };
  const commitAlone = (act: Waiting): Promise<void> => commit([act]).catch(act.fail);
  const flush = async (): Promise<void> => {
    const acts = group;
    group = [];
    try {
      await commit(acts);
    } catch (error) {
      const [only, ...others] = acts;
      if (others.length === 0) only?.fail(error);
      else for (const act of acts) await commitAlone(act);
    }
  };
  return <T>(act: () => T): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      let result: { readonly value: T } | undefined;
      group.push({
        run: () => {
          result = { value: act() };
        },
        settle: () => {
          if (result !== undefined) resolve(result.value);
        },
        fail: reject,
      });
      if (group.length === 1) setImmediate(() => void flush());
    });
}
