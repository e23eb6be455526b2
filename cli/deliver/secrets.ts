import { StringDecoder } from "node:string_decoder";
import type { TextSink } from "../io";

/** Variables whose values nobody may read in a log. */
const SECRET_VARIABLES = [
  "PULUMI_ACCESS_TOKEN",
  "PULUMI_CONFIG_PASSPHRASE",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SESSION_TOKEN",
];

/** A shorter value is a word that stands in many texts; whoever chooses one has no secret. */
const SHORTEST = 8;

/** A line that is longer is passed on in parts. */
const LONGEST_LINE = 65_536;

/** A function that takes the environment's secrets out of a text. */
export function redactorFor(env: Readonly<Record<string, string | undefined>>): (text: string) => string {
  const secrets = SECRET_VARIABLES.map((name) => env[name] ?? "").filter(({ length }) => length >= SHORTEST);
  return (text) => secrets.reduce((clean, secret) => clean.replaceAll(secret, "[secret]"), text);
}

/** Passes on what a process prints, line by line, so that a secret that two chunks share is seen. */
export class RedactedLines {
  private readonly decoder = new StringDecoder("utf8");
  private rest = "";

  public constructor(
    private readonly sink: TextSink,
    private readonly redact: (text: string) => string,
  ) {}

  /** @returns false when whoever reads is slower than the process writes. */
  public push(chunk: Buffer): boolean {
    this.rest += this.decoder.write(chunk);
    const end = this.rest.length > LONGEST_LINE ? this.rest.length : this.rest.lastIndexOf("\n") + 1;
    if (end === 0) return true;
    const whole = this.rest.slice(0, end);
    this.rest = this.rest.slice(end);
    return this.sink.write(this.redact(whole)) !== false;
  }

  /** Passes on a last line that has no end. */
  public end(): void {
    const last = this.rest + this.decoder.end();
    this.rest = "";
    if (last !== "") this.sink.write(this.redact(last));
  }
}
