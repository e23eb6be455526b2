import { createCipheriv, pbkdf2Sync, randomBytes } from "node:crypto";

/** As the CLI makes the key of a passphrase. */
const ITERATIONS = 1_000_000;
const KEY_BYTES = 32;
const SALT_BYTES = 8;
const NONCE_BYTES = 12;

/**
 * A passphrase for once, and texts that are encrypted with it as Pulumi's secrets provider `passphrase` does: AES-256-GCM
 * with a key by PBKDF2.
 *
 * @see https://www.pulumi.com/docs/iac/concepts/secrets/#available-encryption-providers
 */
export class Passphrase {
  public readonly phrase = randomBytes(32).toString("hex");
  /** What a stack's settings have as `encryptionsalt`: the salt, and a known text to try the passphrase with. */
  public readonly salt: string;
  private readonly key: Buffer;

  public constructor() {
    const salt = randomBytes(SALT_BYTES);
    this.key = pbkdf2Sync(this.phrase, salt, ITERATIONS, KEY_BYTES, "sha256");
    this.salt = `v1:${salt.toString("base64")}:${this.encrypt("pulumi")}`;
  }

  /** A text as the value of `secure`. */
  public encrypt(text: string): string {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv("aes-256-gcm", this.key, nonce);
    const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);
    return `v1:${nonce.toString("base64")}:${sealed.toString("base64")}`;
  }
}
