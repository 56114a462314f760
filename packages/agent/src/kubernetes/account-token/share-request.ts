/**
 * Makes a function that gives everybody who calls it while a request is under way the outcome of that one request. Who
 * aborts leaves alone; the request is aborted when nobody waits for it any more.
 * @returns rejects with what the request rejects with, or the reason of the caller's signal
 */
export function shareRequest<T>(request: (signal: AbortSignal) => Promise<T>): (signal: AbortSignal) => Promise<T> {
  let underWay: SharedRequest<T> | undefined;
  const forget = (shared: SharedRequest<T>): void => {
    if (underWay === shared) underWay = undefined;
  };
  const begin = (): SharedRequest<T> => {
    const stop = new AbortController();
    const shared = { answer: request(stop.signal), stop, waiting: 0 };
    const onEnd = (): void => forget(shared);
    shared.answer.then(onEnd, onEnd);
    return shared;
  };
  return async (signal) => {
    signal.throwIfAborted();
    underWay ??= begin();
    const shared = underWay;
    shared.waiting += 1;
    const aborted = Promise.withResolvers<never>();
    const onAbort = (): void => aborted.reject(signal.reason);
    signal.addEventListener('abort', onAbort);
    try {
      return await Promise.race([shared.answer, aborted.promise]);
    } finally {
      signal.removeEventListener('abort', onAbort);
      shared.waiting -= 1;
      if (shared.waiting === 0) {
        forget(shared);
        shared.stop.abort(signal.reason);
      }
    }
  };
}

interface SharedRequest<T> {
  readonly answer: Promise<T>;
  readonly stop: AbortController;
  waiting: number;
}
