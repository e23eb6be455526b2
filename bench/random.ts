/** A seeded generator of numbers from 0 to 1 (mulberry32), so that every run measures the same input. */
export class Random {
  public constructor(private state: number) {}

  /** From 0 to 1, 1 excluded. */
  public next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }

  /** True in a share of the cases. */
  public chance(share: number): boolean {
    return this.next() < share;
  }

  /** One of the items, which must not be empty. */
  public pick<T>(items: readonly [T, ...T[]]): T {
    return items[Math.floor(this.next() * items.length)] ?? items[0];
  }
}
