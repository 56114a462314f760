/** What is wrong with how `./dev bench`, or `./dev chaos`, was called. */
export class WrongCall extends Error {
  /** What to do about it. */
  readonly remedy: string;

  constructor(message: string, remedy: string) {
    super(message);
    this.remedy = remedy;
  }
}
