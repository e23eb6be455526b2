/** Whose account and which region. */
export interface Connection {
  readonly region: string;
  /** A profile of the shared AWS configuration; default: the environment's credentials. */
  readonly profile?: string | undefined;
}

/** Options of every client of the SDK. Credentials and endpoint are found as every AWS tool finds them. */
export function clientOptions({ region, profile }: Partial<Connection>): {
  readonly region?: string;
  readonly profile?: string;
} {
  // The versions of the clients are pinned to ones that run here; what later ones will need is no news to users.
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";
  return {
    ...(region === undefined ? {} : { region }),
    ...(profile === undefined ? {} : { profile }),
  };
}
