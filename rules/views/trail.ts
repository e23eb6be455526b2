import type { ResourceArgs } from "../catalog/generated/resource-types";
import { all, any, compliant, undecided, violation, when } from "../engine";
import type { Element, Outcome, Reader } from "../engine";

/** What a trail records, by its event selectors of either kind. */

type TrailArgs = ResourceArgs["aws:cloudtrail/trail:Trail"];
type Trail = Reader<TrailArgs>;

/** Which events are meant. */
export type Access = "ReadOnly" | "WriteOnly" | "All";

/** A list has entries, or may have some. */
const mayHaveSome = (list: Outcome): boolean => list.verdict !== "NON_COMPLIANT";

/** What a trail records of a kind; without selectors it records management events and no others. */
function records(
  trail: Trail,
  basic: (selector: Reader<Element<TrailArgs, "eventSelectors">>) => Outcome,
  advanced: (selector: Reader<Element<TrailArgs, "advancedEventSelectors">>) => Outcome,
  fix: string,
): Outcome | undefined {
  if (mayHaveSome(trail.nonEmpty("advancedEventSelectors")))
    return trail.some("advancedEventSelectors", advanced, fix);
  return mayHaveSome(trail.nonEmpty("eventSelectors")) ? trail.some("eventSelectors", basic, fix) : undefined;
}

type Advanced = Reader<Element<TrailArgs, "advancedEventSelectors">>;
type Field = Reader<Element<Element<TrailArgs, "advancedEventSelectors">, "fieldSelectors">>;

/** A field selector takes a value; it may take others too. */
function includes(field: Field, wanted: string): Outcome {
  const { items, complete } = field.texts("equals");
  const reason = field.reason("equals", `add ${wanted} to "${field.name("equals")}"`);
  if (items.includes(wanted)) return compliant();
  return complete ? violation(reason) : undecided(reason);
}

/** Some field selector holds. */
const someField = (selector: Advanced, name: string, condition: (field: Field) => Outcome): Outcome =>
  selector.some(
    "fieldSelectors",
    (field) => all(field.equals("field", name), condition(field)),
    `select the field ${name}`,
  );

/** No field selector is about a field, so that it narrows nothing down. */
const noField = (selector: Advanced, name: string): Outcome =>
  all(
    compliant(),
    selector.every("fieldSelectors", (field) => field.noneOf("field", [name], `select no ${name}`)),
  );

/** The selector takes reads, writes or both. */
function takes(selector: Advanced, access: Access): Outcome {
  const unnarrowed = noField(selector, "readOnly");
  if (access === "All") return unnarrowed;
  const wanted = access === "ReadOnly" ? "true" : "false";
  return any(
    unnarrowed,
    someField(selector, "readOnly", (field) => includes(field, wanted)),
  );
}

const MANAGEMENT = "record all management events";

/** A trail records management events, and leaves out the sources of none. */
export const recordsManagement = (trail: Trail, access: Access): Outcome =>
  records(
    trail,
    (selector) =>
      all(
        selector.isTrue("includeManagementEvents"),
        access === "All"
          ? selector.equals("readWriteType", "All")
          : selector.oneOf("readWriteType", ["All", access]),
        selector.absent("excludeManagementEventSources"),
      ),
    (selector) =>
      all(
        someField(selector, "eventCategory", (field) => includes(field, "Management")),
        takes(selector, access),
        noField(selector, "eventSource"),
      ),
    MANAGEMENT,
  ) ?? compliant();

/** No selector of either kind leaves the management events of a source out. */
export const excludesNoSource = (trail: Trail): Outcome =>
  all(
    trail.every("eventSelectors", (selector) => selector.absent("excludeManagementEventSources")),
    trail.every("advancedEventSelectors", (selector) =>
      when(
        someField(selector, "eventCategory", (field) => includes(field, "Management")),
        () => noField(selector, "eventSource"),
      ),
    ),
  );

/** The prefixes that stand for every bucket, in every partition. */
const isEveryBucket = (value: string): boolean => /^arn:[^:]*:s3(:::)?$/.test(value);

/** A trail records data events of every bucket, or of named ones. */
export function recordsS3(trail: Trail, accesses: readonly Access[], buckets?: readonly string[]): Outcome {
  const fix = `record data events of ${buckets === undefined ? "all S3 buckets" : buckets.join(", ")}`;
  const covers = (values: readonly string[]): boolean =>
    values.some(isEveryBucket) ||
    (buckets?.every((name) => values.some((value) => bucketIn(value) === name)) ?? false);
  const listed = <T>(
    reader: Reader<T>,
    name: string,
    read: { items: readonly string[]; complete: boolean },
  ): Outcome => {
    if (covers(read.items)) return compliant();
    return read.complete ? violation(reader.reason(name, fix)) : undecided(reader.reason(name, fix));
  };
  const outcome = records(
    trail,
    (selector) =>
      all(
        selector.oneOf("readWriteType", accesses),
        selector.some(
          "dataResources",
          (data) => all(data.equals("type", "AWS::S3::Object"), listed(data, "values", data.texts("values"))),
          fix,
        ),
      ),
    (selector) =>
      all(
        someField(selector, "eventCategory", (field) => includes(field, "Data")),
        someField(selector, "resources.type", (field) => includes(field, "AWS::S3::Object")),
        any(...accesses.map((access) => takes(selector, access))),
        noField(selector, "eventName"),
        any(
          noField(selector, "resources.ARN"),
          someField(selector, "resources.ARN", (field) =>
            listed(field, "startsWiths", field.texts("startsWiths")),
          ),
        ),
      ),
    fix,
  );
  return outcome ?? violation({ property: "eventSelectors", found: '"eventSelectors" is not set', fix });
}

const bucketIn = (arn: string): string => (arn.split(":::")[1] ?? "").replace(/\/.*$/, "");
