import * as assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { EvidenceBucket, type EvidenceBucketArgs } from "../../components/evidence-bucket";
import { ACCOUNT, record, type Recording, valueOf } from "../support/pulumi-mocks";

const BUCKET = "aws:s3/bucket:Bucket";
const POLICY = "aws:s3/bucketPolicy:BucketPolicy";
const KEY = "aws:kms/key:Key";

const make = (args?: EvidenceBucketArgs): Promise<Recording<EvidenceBucket>> =>
  record(() => new EvidenceBucket("evidence", args));

/** The statements of a policy by their Sid. */
function statements(text: unknown): Record<string, Record<string, unknown>> {
  assert.equal(typeof text, "string");
  const document = JSON.parse(String(text)) as { Statement: { Sid: string }[] };
  return Object.fromEntries(document.Statement.map((statement) => [statement.Sid, { ...statement }]));
}

describe("EvidenceBucket", () => {
  it("creates two private buckets, a key with alias and access logging, and nothing else", async () => {
    const recording = await make();
    const split = [
      "aws:s3/bucket:Bucket",
      "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
      "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
      "aws:s3/bucketPolicy:BucketPolicy",
      "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
      "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
      "aws:s3/bucketVersioning:BucketVersioning",
      "compliance:aws:PrivateBucket",
    ];
    const expected = [
      ["aws:kms/alias:Alias", "evidence"],
      ["aws:kms/key:Key", "evidence"],
      ["aws:s3/bucketLogging:BucketLogging", "evidence"],
      ["compliance:aws:CustomerKey", "evidence"],
      ["compliance:aws:EvidenceBucket", "evidence"],
      ["compliance:aws:LoggedBucket", "evidence"],
      ...split.flatMap((type) => [
        [type, "evidence"],
        [type, "evidence-access-logs"],
      ]),
    ];
    assert.deepEqual(
      recording.names(),
      expected.sort((a, b) => (a.join() < b.join() ? -1 : 1)),
    );
  });

  it("parents every child to its component", async () => {
    const recording = await make();
    const evidence = recording.get("compliance:aws:EvidenceBucket", "evidence").urn;
    const key = recording.get("compliance:aws:CustomerKey", "evidence");
    assert.equal(key.parent, evidence);
    assert.equal(recording.get(KEY, "evidence").parent, key.urn);
    assert.deepEqual(recording.get("compliance:aws:EvidenceBucket", "evidence").inputs, {});
    const logged = recording.get("compliance:aws:LoggedBucket", "evidence");
    assert.equal(logged.parent, evidence);
    for (const name of ["evidence", "evidence-access-logs"]) {
      const bucket = recording.get("compliance:aws:PrivateBucket", name);
      assert.equal(bucket.parent, logged.urn);
      assert.equal(recording.get(BUCKET, name).parent, bucket.urn);
      assert.equal(recording.get(POLICY, name).parent, bucket.urn);
    }
  });

  it("closes both buckets to the public, to ACLs and to requests without TLS", async () => {
    const recording = await make();
    for (const name of ["evidence", "evidence-access-logs"]) {
      const block = recording.get("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", name).inputs;
      assert.equal(block["blockPublicAcls"], true);
      assert.equal(block["blockPublicPolicy"], true);
      assert.equal(block["ignorePublicAcls"], true);
      assert.equal(block["restrictPublicBuckets"], true);
      const ownership = recording.get("aws:s3/bucketOwnershipControls:BucketOwnershipControls", name).inputs;
      assert.deepEqual(ownership["rule"], { objectOwnership: "BucketOwnerEnforced" });
      const versioning = recording.get("aws:s3/bucketVersioning:BucketVersioning", name).inputs;
      assert.deepEqual(versioning["versioningConfiguration"], { status: "Enabled" });
      const arn = `arn:aws:s3:::${name}-0a1b2c3`;
      assert.deepEqual(statements(recording.get(POLICY, name).inputs["policy"])["DenyInsecureTransport"], {
        Sid: "DenyInsecureTransport",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: [arn, `${arn}/*`],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      });
    }
  });

  it("encrypts evidence with a rotating customer key and access logs with S3's own keys", async () => {
    const recording = await make();
    const type = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
    const kmsMasterKeyId = `arn:aws:kms:us-east-1:${ACCOUNT}:key/evidence`;
    assert.deepEqual(recording.get(type, "evidence").inputs["rules"], [
      {
        applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId },
        bucketKeyEnabled: true,
      },
    ]);
    assert.deepEqual(recording.get(type, "evidence-access-logs").inputs["rules"], [
      { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } },
    ]);
    const key = recording.get(KEY, "evidence").inputs;
    assert.equal(key["enableKeyRotation"], true);
    assert.equal(key["deletionWindowInDays"], 30);
    const alias = recording.get("aws:kms/alias:Alias", "evidence").inputs;
    assert.equal(alias["name"], "alias/project-stack-evidence");
    assert.equal(await valueOf(recording.result.kmsKeyArn ?? pulumi.output("")), kmsMasterKeyId);
  });

  it("lets AWS Config use the key only on behalf of this account", async () => {
    const recording = await make();
    const policy = statements(recording.get(KEY, "evidence").inputs["policy"]);
    assert.deepEqual(Object.keys(policy), ["AllowAccountToAdminister", "AllowConfigToEncrypt"]);
    assert.deepEqual(policy["AllowAccountToAdminister"]?.["Principal"], {
      AWS: `arn:aws:iam::${ACCOUNT}:root`,
    });
    assert.deepEqual(policy["AllowConfigToEncrypt"], {
      Sid: "AllowConfigToEncrypt",
      Effect: "Allow",
      Principal: { Service: "config.amazonaws.com" },
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Resource: "*",
      Condition: { StringEquals: { "aws:SourceAccount": [ACCOUNT] } },
    });
  });

  it("lets AWS Config deliver only below its prefix and on behalf of the listed accounts", async () => {
    const recording = await make({ prefix: "config", sourceAccounts: ["210987654321", ACCOUNT] });
    const policy = statements(recording.get(POLICY, "evidence").inputs["policy"]);
    const names = ["DenyInsecureTransport", "AllowConfigToFindTheBucket", "AllowConfigToDeliver"];
    assert.deepEqual(Object.keys(policy), names);
    const source = { "aws:SourceAccount": [ACCOUNT, "210987654321"] };
    assert.deepEqual(policy["AllowConfigToFindTheBucket"]?.["Condition"], { StringEquals: source });
    assert.deepEqual(policy["AllowConfigToDeliver"], {
      Sid: "AllowConfigToDeliver",
      Effect: "Allow",
      Principal: { Service: "config.amazonaws.com" },
      Action: "s3:PutObject",
      Resource: [
        `arn:aws:s3:::evidence-0a1b2c3/config/AWSLogs/${ACCOUNT}/Config/*`,
        "arn:aws:s3:::evidence-0a1b2c3/config/AWSLogs/210987654321/Config/*",
      ],
      Condition: { StringEquals: { ...source, "s3:x-amz-acl": "bucket-owner-full-control" } },
    });
    const key = statements(recording.get(KEY, "evidence").inputs["policy"]);
    assert.deepEqual(key["AllowConfigToEncrypt"]?.["Condition"], { StringEquals: source });
  });

  it("lets S3 deliver access logs only for the evidence bucket, and only then turns logging on", async () => {
    const recording = await make();
    const policy = recording.get(POLICY, "evidence-access-logs");
    assert.deepEqual(statements(policy.inputs["policy"])["AllowAccessLogDelivery"], {
      Sid: "AllowAccessLogDelivery",
      Effect: "Allow",
      Principal: { Service: "logging.s3.amazonaws.com" },
      Action: "s3:PutObject",
      Resource: "arn:aws:s3:::evidence-access-logs-0a1b2c3/evidence/*",
      Condition: {
        StringEquals: { "aws:SourceAccount": ACCOUNT },
        ArnLike: { "aws:SourceArn": "arn:aws:s3:::evidence-0a1b2c3" },
      },
    });
    const logging = recording.get("aws:s3/bucketLogging:BucketLogging", "evidence");
    assert.equal(logging.inputs["bucket"], "evidence-0a1b2c3");
    assert.equal(logging.inputs["targetBucket"], "evidence-access-logs-0a1b2c3");
    assert.equal(logging.inputs["targetPrefix"], "evidence/");
    assert.ok(recording.isAfter(logging, policy));
  });

  it("ends current, non-current and unfinished objects by lifecycle", async () => {
    const recording = await make({ bucket: { create: { expireDays: 400, noncurrentDays: 40 } } });
    const type = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";
    const lifecycle = recording.get(type, "evidence");
    const everything = { status: "Enabled", filter: { prefix: "" } };
    assert.deepEqual(lifecycle.inputs["rules"], [
      {
        ...everything,
        id: "expire",
        expiration: { days: 400 },
        noncurrentVersionExpiration: { noncurrentDays: 40 },
        abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
      },
      { ...everything, id: "remove-delete-markers", expiration: { expiredObjectDeleteMarker: true } },
    ]);
    assert.ok(
      recording.isAfter(lifecycle, recording.get("aws:s3/bucketVersioning:BucketVersioning", "evidence")),
    );
  });

  it("outlives the program by default: buckets, their protection and the key stay, the alias goes", async () => {
    const recording = await make();
    for (const resource of recording.resources.filter(({ type }) => type.startsWith("aws:"))) {
      const stays = resource.type !== "aws:kms/alias:Alias";
      assert.equal(resource.retainOnDelete, stays, `${resource.type} ${resource.name}`);
      if (resource.type === BUCKET) assert.equal(resource.inputs["forceDestroy"], false);
    }
  });

  it("goes with the program, objects included, when it is told so", async () => {
    const recording = await make({ bucket: { create: { retain: false } } });
    for (const resource of recording.resources) {
      assert.equal(resource.retainOnDelete, false, `${resource.type} ${resource.name}`);
      if (resource.type === BUCKET) assert.equal(resource.inputs["forceDestroy"], true);
    }
  });

  it("uses a given key and creates none", async () => {
    const kmsKeyArn = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/own`;
    const recording = await make({ region: "eu-west-1", bucket: { create: { kmsKeyArn } } });
    assert.ok(recording.resources.every(({ type }) => !type.startsWith("aws:kms/")));
    assert.ok(
      recording.resources
        .filter(({ type }) => type.startsWith("aws:"))
        .every(({ inputs }) => inputs["region"] === "eu-west-1"),
    );
  });

  it("creates nothing for an existing bucket", async () => {
    const recording = await make({ prefix: "config", bucket: { existing: { bucketName: "log-archive" } } });
    assert.deepEqual(recording.names(), [["compliance:aws:EvidenceBucket", "evidence"]]);
    assert.equal(await valueOf(recording.result.bucketName), "log-archive");
    assert.equal(await valueOf(recording.result.bucketArn), "arn:aws:s3:::log-archive");
    assert.equal(recording.result.kmsKeyArn, undefined);
    assert.equal(recording.result.accessLogBucketName, undefined);
  });

  it("knows its policies in preview when the bucket's name is given", async () => {
    const args: EvidenceBucketArgs = { bucket: { create: { bucketName: "acme-config" } } };
    const recording = await record(() => new EvidenceBucket("evidence", args), { preview: true });
    assert.match(
      String(recording.get(POLICY, "evidence").inputs["policy"]),
      /arn:aws:s3:::acme-config\/AWSLogs/,
    );
  });

  it("refuses Object Lock with the reason and the way out", async () => {
    await assert.rejects(make({ bucket: { create: { objectLock: true } } }), {
      message:
        'EvidenceBucket "evidence" has 1 problem:\n' +
        '  "bucket.create.objectLock": Object Lock is refused: AWS Config does not deliver to a bucket with Object Lock. ' +
        "Leave it out; for an immutable copy, replicate this bucket to one with Object Lock.",
    });
  });

  it("reports all problems in one error and creates nothing", async () => {
    let problem: unknown;
    const recording = await record(() => {
      try {
        new EvidenceBucket("evidence", { prefix: "", region: "here", sourceAccounts: ["x"] });
      } catch (error) {
        problem = error;
      }
    });
    assert.ok(problem instanceof pulumi.ResourceError);
    assert.match(
      problem.message,
      /^EvidenceBucket "evidence" has 3 problems:\n {2}"prefix": .*\n {2}"region": .*\n {2}"sourceAccounts\[0\]": /,
    );
    assert.deepEqual(recording.names(), [["compliance:aws:EvidenceBucket", "evidence"]]);
  });
});
