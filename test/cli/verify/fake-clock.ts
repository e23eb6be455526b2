import type { Clock } from "../../../cli/verify/clock";

/** A clock that waits in no time. */
export class FakeClock implements Clock {
  /** How long was slept each time, in milliseconds. */
  public readonly slept: number[] = [];

  public constructor(public time: number) {}

  public now(): number {
    return this.time;
  }

  public sleep(milliseconds: number): Promise<void> {
    this.slept.push(milliseconds);
    this.time += milliseconds;
    return Promise.resolve();
  }
}
