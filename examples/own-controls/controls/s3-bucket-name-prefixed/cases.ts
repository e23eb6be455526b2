import type { CustomCase } from "continuous-compliance/kit";

const declared = (inputs: Readonly<Record<string, unknown>>) => ({
  resources: [{ type: "aws:s3/bucket:Bucket", inputs }],
});

const recorded = (name: string) => ({
  item: {
    resourceType: "AWS::S3::Bucket",
    resourceId: name,
    resourceName: name,
    configurationItemStatus: "OK",
    configurationItemCaptureTime: "2026-03-04T05:06:07.089Z",
    configuration: { name },
  },
  read: undefined,
});

const ONCE_RECORDED = "a bucket that is there has its whole name";

export const cases: readonly CustomCase[] = [
  {
    title: "has the prefix",
    verdict: "COMPLIANT",
    before: declared({ bucket: "acme-logs" }),
    after: recorded("acme-logs"),
  },
  {
    title: "has another prefix",
    verdict: "NON_COMPLIANT",
    before: declared({ bucket: "logs" }),
    after: recorded("logs"),
  },
  {
    title: "has the prefix of a subsidiary, which is asked for",
    verdict: "COMPLIANT",
    parameters: { prefix: "roadrunner-" },
    before: declared({ bucket: "roadrunner-logs" }),
    after: recorded("roadrunner-logs"),
  },
  {
    title: "gets the rest of its name at random",
    verdict: "COMPLIANT",
    before: declared({ bucketPrefix: "acme-logs-" }),
    after: { never: ONCE_RECORDED },
  },
  {
    title: "does not say its name",
    verdict: "UNDECIDED",
    before: declared({}),
    after: { never: ONCE_RECORDED },
  },
];
