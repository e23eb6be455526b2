import { isIP } from "node:net";

import { isObject, listOf, objectOf, textOf, textsOf } from "../json";
import { UNKNOWN, textMap, type Properties } from "./values";

/** The provider's configuration, checked. */
export interface Settings {
  readonly region: string;
  /** The endpoint of a service by its name in the provider's configuration; always on this machine. */
  readonly endpoint: (service: string) => string;
  /** Keys of the local AWS; `undefined` where a session of the local AWS is in the environment. */
  readonly credentials: Credentials | undefined;
  readonly defaultTags: Readonly<Record<string, string>>;
  /** Accounts that may be worked on; empty for any. */
  readonly allowedAccountIds: readonly string[];
  readonly forbiddenAccountIds: readonly string[];
}

/** Keys with which the local AWS is called. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** What is wrong with the provider's configuration, with the name of the property. */
export interface SettingsProblem {
  readonly property: string;
  readonly reason: string;
}

/** Set by a sandbox that has put keys of its own local AWS into the environment. */
const SESSION = "COMPLIANCE_SANDBOX_SESSION";

/** The credentials that every local AWS takes. */
const LOCAL_CREDENTIAL = "test";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Finds what would keep the provider from working, above all an endpoint that is not on this machine.
 *
 * @param config - the configuration as it arrives: what is no text is JSON text
 */
export function settingsProblems(config: Properties, environment: Environment): readonly SettingsProblem[] {
  const problems: SettingsProblem[] = [];
  if (regionOf(config, environment) === "") {
    problems.push({ property: "region", reason: 'No region is given; set "aws:region" or AWS_REGION.' });
  }
  for (const [service, url] of Object.entries(endpointsOf(config))) {
    const reason = endpointProblem(service, url);
    if (reason !== undefined) problems.push({ property: "endpoints", reason });
  }
  const fallback = environment["AWS_ENDPOINT_URL"];
  const reason = fallback === undefined ? undefined : endpointProblem("AWS_ENDPOINT_URL", fallback);
  if (reason !== undefined) problems.push({ property: "endpoints", reason });
  return problems;
}

/**
 * Reads the provider's configuration.
 *
 * Credentials are taken from the configuration alone, where only keys of the local AWS belong; those of the environment,
 * which may be real, are read only where the sandbox says that they are its own.
 *
 * @throws Error that names the first problem
 */
export function readSettings(config: Properties, environment: Environment): Settings {
  const [problem] = settingsProblems(config, environment);
  if (problem) throw new Error(problem.reason);
  const endpoints = endpointsOf(config);
  const token = textOf(config["token"]);
  return {
    region: regionOf(config, environment),
    endpoint: (service) => {
      const url = endpoints[service] ?? environment["AWS_ENDPOINT_URL"];
      if (url !== undefined) return url;
      throw new Error(
        `No endpoint is given for ${service}, and the sandbox provider never calls AWS itself; ` +
          'set AWS_ENDPOINT_URL or "aws:endpoints" to an address of this machine.',
      );
    },
    credentials:
      environment[SESSION] === "true"
        ? undefined
        : {
            accessKeyId: textOf(config["accessKey"]) || LOCAL_CREDENTIAL,
            secretAccessKey: textOf(config["secretKey"]) || LOCAL_CREDENTIAL,
            ...(token === "" ? {} : { sessionToken: token }),
          },
    defaultTags: textMap(objectOf(nested(config["defaultTags"]))["tags"]),
    allowedAccountIds: textsOf(nested(config["allowedAccountIds"])),
    forbiddenAccountIds: textsOf(nested(config["forbiddenAccountIds"])),
  };
}

/** Whether an address points to this machine. */
export function isLoopback(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const host = new URL(url).hostname.replace(/^\[(.*)\]$/, "$1");
  return host === "localhost" || host === "::1" || (isIP(host) === 4 && host.startsWith("127."));
}

function endpointProblem(service: string, url: string): string | undefined {
  if (url === UNKNOWN || isLoopback(url)) return undefined;
  return (
    `The endpoint of ${service} is "${url}", which is not on this machine; ` +
    "the sandbox provider works on loopback addresses only, such as http://127.0.0.1:5000."
  );
}

function regionOf(config: Properties, environment: Environment): string {
  return textOf(config["region"]) || (environment["AWS_REGION"] ?? environment["AWS_DEFAULT_REGION"] ?? "");
}

function endpointsOf(config: Properties): Readonly<Record<string, string>> {
  const value = nested(config["endpoints"]);
  const entries = (isObject(value) ? [value] : listOf(value)).flatMap((entry) =>
    Object.entries(objectOf(entry)),
  );
  return Object.fromEntries(
    entries.flatMap(([service, url]) => (typeof url === "string" && url ? [[service, url]] : [])),
  );
}

// Lists and objects of the provider's configuration travel as JSON text.
function nested(value: unknown): unknown {
  if (typeof value !== "string" || !/^\s*[[{]/.test(value)) return value;
  const parsed: unknown = JSON.parse(value);
  return parsed;
}
