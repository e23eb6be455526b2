import { all } from "../engine";
import type { Outcome, Reader } from "../engine";

/** The logs that a search domain sends to CloudWatch; Elasticsearch and OpenSearch write them alike. */

interface Option {
  readonly logType?: string;
  readonly enabled?: boolean;
}

/** What the rules call the logs. */
const SHORT_NAMES: Readonly<Record<string, string>> = {
  search: "SEARCH_SLOW_LOGS",
  index: "INDEX_SLOW_LOGS",
  error: "ES_APPLICATION_LOGS",
  audit: "AUDIT_LOGS",
};

const isOn = (option: Reader<unknown>): Outcome => (option as Reader<Option>).isTrue("enabled");

/** An option for a log is there and on, and satisfies a further condition. */
export const publishesLog = (
  domain: Reader<unknown>,
  log: string,
  more: (option: Reader<unknown>) => Outcome = isOn,
): Outcome =>
  (domain as Reader<{ logPublishingOptions?: readonly Option[] }>).some(
    "logPublishingOptions",
    (option) => all(option.equals("logType", log), isOn(option), more(option)),
    `add an enabled entry with "logType" ${log} to "logPublishingOptions"`,
  );

/** Every log that is asked for is published; at least one where none is. */
export function publishesLogs(domain: Reader<unknown>, logs: readonly string[] | undefined): Outcome {
  if (logs === undefined || logs.length === 0) {
    return (domain as Reader<{ logPublishingOptions?: readonly Option[] }>).some(
      "logPublishingOptions",
      isOn,
      'add an enabled entry to "logPublishingOptions"',
    );
  }
  return all(...logs.map((log) => publishesLog(domain, SHORT_NAMES[log.toLowerCase()] ?? log)));
}
