#!/usr/bin/env node
// A stand-in of the AWS CLI for test/pipeline/bootstrap.shell.ts: keeps what it is told in a file, notes calls that
// change something, and answers as the CLI does with the queries that the script asks.
const fs = require("node:fs");

const store = process.env.FAKE_AWS;
const state = fs.existsSync(store) ? JSON.parse(fs.readFileSync(store, "utf8")) : { bucket: {} };
const [service, operation, ...rest] = process.argv.slice(2);
const flags = {};
for (let i = 0; i < rest.length; i++) {
  const value = rest[i + 1];
  flags[rest[i]] = value === undefined || value.startsWith("--") ? true : rest[++i];
}
const text = (value) => (value?.startsWith?.("file://") ? fs.readFileSync(value.slice(7), "utf8") : value);
const answer = (value) => process.stdout.write(`${value}\n`);
const refuse = (message) => {
  process.stderr.write(`\nAn error occurred ${message}\n`);
  process.exit(254);
};
const change = (effect) => {
  fs.appendFileSync(process.env.CALLS, `aws ${service} ${operation}\n`);
  effect?.();
  fs.writeFileSync(store, JSON.stringify(state));
};
const owned = () => {
  if (process.env.FOREIGN_BUCKET) refuse("(403) when calling the HeadBucket operation: Forbidden");
  if (state.bucket.name !== flags["--bucket"])
    refuse("(404) when calling the HeadBucket operation: Not Found");
  if (flags["--expected-bucket-owner"] !== "111122223333") refuse("(AccessDenied)");
};
const get = (name) => (
  owned(),
  state.bucket[name] === undefined ? refuse(`(NoSuch${name})`) : answer(state.bucket[name])
);
const put = (name, value) => (owned(), change(() => (state.bucket[name] = value)));
const keyArn = "arn:aws:kms:us-east-1:111122223333:key/0000aaaa";

const operations = {
  "sts get-caller-identity": () =>
    process.env.NO_CREDENTIALS
      ? refuse("(ExpiredToken) when calling the GetCallerIdentity operation: The security token is expired")
      : answer("111122223333\tarn:aws:sts::111122223333:assumed-role/admin/me"),
  "kms describe-key": () =>
    state.alias === flags["--key-id"]
      ? answer(`${keyArn}\tEnabled`)
      : refuse("(NotFoundException) when calling the DescribeKey operation"),
  "kms create-key": () => (change(() => (state.keyPolicy = text(flags["--policy"]))), answer("0000aaaa")),
  "kms create-alias": () => change(() => (state.alias = flags["--alias-name"])),
  "kms get-key-rotation-status": () => answer(state.rotates ? "True" : "False"),
  "kms enable-key-rotation": () => change(() => (state.rotates = true)),
  "kms get-key-policy": () => answer(JSON.stringify(JSON.parse(state.keyPolicy), null, 2)),
  "kms put-key-policy": () => change(() => (state.keyPolicy = text(flags["--policy"]))),
  "s3api head-bucket": owned,
  "s3api create-bucket": () =>
    change(() => (state.bucket = { name: flags["--bucket"], ownership: flags["--object-ownership"] })),
  "s3api get-bucket-ownership-controls": () => get("ownership"),
  "s3api get-public-access-block": () => get("access"),
  "s3api put-public-access-block": () =>
    put(
      "access",
      [...flags["--public-access-block-configuration"].matchAll(/=true/g)].map(() => "True").join("\t"),
    ),
  "s3api get-bucket-versioning": () => (owned(), answer(state.bucket.versioning ?? "None")),
  "s3api put-bucket-versioning": () =>
    put("versioning", flags["--versioning-configuration"].replace("Status=", "")),
  "s3api get-bucket-encryption": () => get("encryption"),
  "s3api put-bucket-encryption": () => {
    const rule = JSON.parse(flags["--server-side-encryption-configuration"]).Rules[0]
      .ApplyServerSideEncryptionByDefault;
    put("encryption", `${rule.SSEAlgorithm}\t${rule.KMSMasterKeyID}`);
  },
  "s3api get-bucket-lifecycle-configuration": () => get("lifecycle"),
  "s3api put-bucket-lifecycle-configuration": () =>
    put("lifecycle", JSON.parse(flags["--lifecycle-configuration"]).Rules[0].ID),
  "s3api get-bucket-policy": () => get("policy"),
  "s3api put-bucket-policy": () => put("policy", text(flags["--policy"])),
  "codeconnections get-connection": () => answer(process.env.CONNECTION ?? "AVAILABLE"),
  "codepipeline list-pipeline-executions": () => answer(state.executions ?? 0),
  "codepipeline start-pipeline-execution": () => change(() => (state.executions = 1)),
};
(operations[`${service} ${operation}`] ?? (() => refuse(`(no such call: ${service} ${operation})`)))();
