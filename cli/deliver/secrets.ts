import { StringDecoder } from "node:string_decoder";
import type { TextSink } from "../io";

/** Names of variables whose values nobody may read in a log: those of the pipeline, of CI services and of people. */
const SECRET_NAME = /SECRET|TOKEN|PASSWORD|PASSWD|PASSPHRASE|CREDENTIAL|(API|ACCESS|PRIVATE|SIGNING)_?KEY/i;
/** Names of variables that only say where a secret is, or whose it is. */
const PLACE_NAME = /(_FILE|_PATH|_DIR|_ARN|_ID|_URI|_URL|_NAME|_VERSION)$|^COMPLIANCE_COMMENT_SECRET$/i;

/** A shorter value is a word that stands in many texts; whoever chooses one has no secret. */
const SHORTEST = 8;

/** A line that is longer is passed on in parts. */
const LONGEST_LINE = 65_536;

type Environment = Readonly<Record<string, string | undefined>>;

/** The environment's secrets as they are, and as they stand in JSON; the longest first, for one may hold another. */
function secretsOf(env: Environment): readonly string[] {
  const values = Object.entries(env)
    .filter(([name]) => SECRET_NAME.test(name) && !PLACE_NAME.test(name))
    .map(([, value = ""]) => value)
    .filter(({ length }) => length >= SHORTEST);
  const forms = new Set(values.flatMap((value) => [value, JSON.stringify(value).slice(1, -1)]));
  return [...forms].sort((a, b) => b.length - a.length);
}

/** Takes the environment's secrets out of texts. */
export class Redactor {
  private readonly secrets: readonly string[];

  public constructor(env: Environment) {
    this.secrets = secretsOf(env);
  }

  /** The length of the longest secret; 0 without one. A text that is cut may hold a part of one at the cut. */
  public get longest(): number {
    return this.secrets[0]?.length ?? 0;
  }

  public redact(text: string): string {
    return this.secrets.reduce((clean, secret) => clean.replaceAll(secret, "[secret]"), text);
  }

  /** The end of a text that may be the beginning of a secret. */
  public unfinished(text: string): number {
    const from = Math.max(0, text.length - this.longest + 1);
    for (let at = from; at < text.length; at++)
      if (this.secrets.some((secret) => secret.startsWith(text.slice(at)))) return text.length - at;
    return 0;
  }
}

/** Passes on what a process prints, line by line, so that a secret that two chunks share is seen. */
export class RedactedLines {
  private readonly decoder = new StringDecoder("utf8");
  private rest = "";

  public constructor(
    private readonly sink: TextSink,
    private readonly redactor: Redactor,
    private readonly rewrite: (text: string) => string = (text) => text,
  ) {}

  /** @returns false when whoever reads is slower than the process writes. */
  public push(chunk: Buffer): boolean {
    this.rest += this.decoder.write(chunk);
    const isLong = this.rest.length > LONGEST_LINE;
    const text = this.redactor.redact(this.rest);
    // Neither the end of a part of a long line, nor that of a line, may be the middle of a secret.
    const whole = isLong ? text : text.slice(0, text.lastIndexOf("\n") + 1);
    const end = whole.length - this.redactor.unfinished(whole);
    this.rest = text.slice(end);
    return end === 0 || this.sink.write(this.rewrite(text.slice(0, end))) !== false;
  }

  /** Passes on a last line that has no end. */
  public end(): void {
    const last = this.rest + this.decoder.end();
    this.rest = "";
    if (last !== "") this.sink.write(this.rewrite(this.redactor.redact(last)));
  }
}
