import { DeadlineError } from "./errors";

/**
 * What Lambda tells a handler about the invocation.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html
 */
export interface InvocationContext {
  readonly awsRequestId: string;
  getRemainingTimeInMillis(): number;
}

/** Kept back to report what is known by then, in milliseconds; a fifth of the function's time where that is less. */
const RESERVE_MILLISECONDS = 5_000;

/** The end of an invocation, with a reserve before it. */
export class Deadline {
  private readonly reserve: number;

  public constructor(private readonly context: InvocationContext) {
    this.reserve = Math.min(RESERVE_MILLISECONDS, context.getRemainingTimeInMillis() / 5);
  }

  /** How much time is left before the reserve, in milliseconds; 0 when there is none. */
  public left(): number {
    return Math.max(0, this.context.getRemainingTimeInMillis() - this.reserve);
  }

  /**
   * @param doing - What is to be done, for the message, e.g. `reading the resource`.
   * @throws DeadlineError when no time is left.
   */
  public check(doing: string): void {
    if (this.left() <= 0)
      throw new DeadlineError(`The function's time is over before ${doing}. Raise its time-out.`);
  }

  /**
   * What a promise gives, unless the time is over before.
   * @throws DeadlineError when it is.
   */
  public async within<T>(doing: string, work: () => Promise<T>): Promise<T> {
    this.check(doing);
    let timer: NodeJS.Timeout | undefined;
    const over = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => reject(new DeadlineError(`The function's time is over while ${doing}. Raise its time-out.`)),
        this.left(),
      );
    });
    try {
      return await Promise.race([work(), over]);
    } finally {
      clearTimeout(timer);
    }
  }
}
