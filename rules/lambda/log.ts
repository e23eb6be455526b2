/** One line of JSON an event, for CloudWatch Logs Insights. No line holds anything of a resource but its type and id. */

export type Level = "info" | "warn" | "error";

type Field = string | number | boolean | undefined | Readonly<Record<string, number>>;

export class Log {
  public constructor(
    private readonly write: (line: string) => void,
    /** In every line. */
    private readonly fields: Readonly<Record<string, Field>>,
  ) {}

  public with(fields: Readonly<Record<string, Field>>): Log {
    return new Log(this.write, { ...this.fields, ...fields });
  }

  public line(level: Level, event: string, fields: Readonly<Record<string, Field>> = {}): void {
    this.write(`${JSON.stringify({ level, event, ...this.fields, ...fields })}\n`);
  }
}
