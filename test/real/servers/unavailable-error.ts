/** A server cannot be had: why, and what a person does about it. */
export class UnavailableError extends Error {
  readonly remedy: string;

  constructor(message: string, remedy: string) {
    super(message);
    this.name = 'UnavailableError';
    this.remedy = remedy;
  }
}
