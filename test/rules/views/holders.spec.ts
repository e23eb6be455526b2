import * as assert from "node:assert/strict";
import { evaluate, evaluated, findRule, ResourceGraph } from "../../../rules";
import type { Finding } from "../../../rules";
import { caseFacts, caseUrn, resource, secret } from "../../../rules/cases/build";
import type { Case } from "../../../rules/cases";

const BUCKET = "aws:s3/bucket:Bucket";
const BLOCK = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";
const POLICY = "aws:s3/bucketPolicy:BucketPolicy";
const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";

const site = resource(BUCKET)({ bucket: "site" });
const everybody = JSON.stringify({
  Statement: { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "*" },
});

/** The findings of a control on the first resource of a stack. */
function findingsOf(id: string, stack: Case["stack"]): readonly Finding[] {
  const rule = findRule(id);
  const control = rule === undefined ? undefined : evaluated(rule, {});
  assert.ok(control);
  const facts = caseFacts(stack);
  return evaluate(new ResourceGraph(facts), [control]).findings.filter(({ urn }) => urn === facts[0]?.urn);
}

function findingOf(id: string, stack: Case["stack"]): Finding {
  const [finding, ...others] = findingsOf(id, stack);
  assert.ok(finding);
  assert.deepEqual(others, []);
  return finding;
}

describe("a finding on a resource of several parts", () => {
  it("says once in which part of a bucket its properties are", () => {
    const { message, property, holder, urn } = findingOf("S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED", {
      site,
      own: resource(BLOCK)({
        bucket: "site",
        blockPublicAcls: false,
        blockPublicPolicy: true,
        ignorePublicAcls: false,
        restrictPublicBuckets: true,
      }),
    });
    assert.equal(
      message,
      'In BucketPublicAccessBlock "own", "blockPublicAcls" is false and "ignorePublicAcls" is false; ' +
        'set "blockPublicAcls" to true, and set "ignorePublicAcls" to true.',
    );
    assert.equal(property, "blockPublicAcls");
    assert.equal(urn, caseUrn("site", BUCKET));
    assert.deepEqual(holder, { urn: caseUrn("own", BLOCK), type: BLOCK });
  });

  it("tells what the bucket holds from what its parts hold, and says another way out once", () => {
    const { message, property, holder } = findingOf("S3_BUCKET_PUBLIC_READ_PROHIBITED", {
      site: resource(BUCKET)({ bucket: "site", acl: "public-read" }),
      open: resource(POLICY)({ bucket: "site", policy: everybody }),
    });
    assert.equal(
      message,
      '"acl" is public-read and in BucketPolicy "open", a statement lets everybody read; ' +
        'set "acl" to "private", and name the principals, or narrow them by a condition such as aws:PrincipalOrgID, ' +
        "or block public access to the bucket.",
    );
    assert.equal(property, "acl");
    assert.equal(holder, undefined);
  });

  it("names the declared type of the part, not its canonical one", () => {
    const type = "aws:s3/bucketVersioningV2:BucketVersioningV2";
    const { message, holder } = findingOf("S3_BUCKET_VERSIONING_ENABLED", {
      site,
      old: resource(type)({ bucket: "site", versioningConfiguration: { status: "Suspended" } }),
    });
    assert.match(message, /^In BucketVersioningV2 "old", /);
    assert.equal(holder?.type, type);
  });

  it("names the rule of a security group that is a resource, and no holder for one that is inline", () => {
    const open = { ipProtocol: "tcp", fromPort: 22, toPort: 22 };
    const findings = findingsOf("INCOMING_SSH_DISABLED", {
      group: resource(GROUP)(
        { ingress: [{ protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: ["0.0.0.0/0"] }] },
        { id: "sg-1" },
      ),
      door: resource(INGRESS)({ ...open, securityGroupId: "sg-1", cidrIpv6: "::/0" }),
    });
    assert.deepEqual(
      findings.map(({ property, holder, message }) => [property, holder?.urn, message.split(";")[0]]),
      [
        ["ingress[0]", undefined, "Tcp port 22 is open to 0.0.0.0/0"],
        [
          "cidrIpv6",
          caseUrn("door", INGRESS),
          'In SecurityGroupIngressRule "door", tcp port 22 is open to ::/0',
        ],
      ],
    );
  });

  it("has no holder where the part is judged by itself", () => {
    const { message, holder } = findingOf("S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED", {
      own: resource(BLOCK)({ bucket: "elsewhere" }),
    });
    assert.match(message, /^"blockPublic/);
    assert.equal(holder, undefined);
  });

  it("shows no secret of the part", () => {
    const { message } = findingOf("S3_BUCKET_VERSIONING_ENABLED", {
      site,
      own: resource("aws:s3/bucketVersioning:BucketVersioning")({
        bucket: "site",
        versioningConfiguration: { status: secret("Suspended") },
      }),
    });
    assert.match(message, /^In BucketVersioning "own", "versioningConfiguration.status" is /);
    assert.doesNotMatch(message, /Suspended/);
  });

  it("shows a name that holds control characters without them", () => {
    const { message } = findingOf("S3_BUCKET_VERSIONING_ENABLED", {
      site,
      "a\u001b[31m": resource("aws:s3/bucketVersioning:BucketVersioning")({
        bucket: "site",
        versioningConfiguration: { status: "Suspended" },
      }),
    });
    assert.doesNotMatch(message, /\u001b/);
  });
});
