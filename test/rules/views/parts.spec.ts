import * as assert from "node:assert/strict";
import { ResourceGraph, evaluate, evaluated, findRule } from "../../../rules";
import type { ResourceFacts } from "../../../rules";
import { caseFacts, resource } from "../../../rules/cases/build";
import type { CaseResource } from "../../../rules/cases";

/** The verdicts on a part whose owner, `owner`, is managed by the stack or only read by it. */
function verdictsOnPart(id: string, owner: CaseResource, part: CaseResource, read: boolean): string[] {
  const rule = findRule(id);
  const control = rule === undefined ? undefined : evaluated(rule, {});
  assert.ok(control);
  const [first, second] = caseFacts({ owner, part });
  assert.ok(first && second);
  const facts: ResourceFacts[] = [{ ...first, passive: read }, second];
  return evaluate(new ResourceGraph(facts), [control])
    .findings.filter(({ urn }) => urn === second.urn)
    .map(({ verdict }) => verdict);
}

describe("the parts of a resource that the program only reads", () => {
  const group = resource("aws:ec2/securityGroup:SecurityGroup")({}, { id: "sg-1" });
  const bucket = resource("aws:s3/bucket:Bucket")({ bucket: "logs" });
  const examples: readonly (readonly [id: string, owner: CaseResource, part: CaseResource])[] = [
    [
      "INCOMING_SSH_DISABLED",
      group,
      resource("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")({
        securityGroupId: "sg-1",
        ipProtocol: "tcp",
        fromPort: 22,
        toPort: 22,
        cidrIpv4: "0.0.0.0/0",
      }),
    ],
    [
      "S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED",
      bucket,
      resource("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock")({ bucket: "logs" }),
    ],
    [
      "LAMBDA_FUNCTION_PUBLIC_ACCESS_PROHIBITED",
      resource("aws:lambda/function:Function")({ name: "worker" }),
      resource("aws:lambda/permission:Permission")({ function: "worker", principal: "*" }),
    ],
    [
      "ELBV2_ACM_CERTIFICATE_REQUIRED",
      resource("aws:lb/loadBalancer:LoadBalancer")({}, { id: "arn:lb" }),
      resource("aws:lb/listener:Listener")({ loadBalancerArn: "arn:lb", protocol: "HTTP" }),
    ],
  ];

  for (const [id, owner, part] of examples) {
    it(`are judged by themselves by ${id}`, () => {
      assert.deepEqual(verdictsOnPart(id, owner, part, true), ["NON_COMPLIANT"]);
    });

    it(`are judged with their owner by ${id} where the stack manages that`, () => {
      assert.deepEqual(verdictsOnPart(id, owner, part, false), ["NOT_APPLICABLE"]);
    });
  }
});
