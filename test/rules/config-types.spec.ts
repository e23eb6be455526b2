import * as assert from "node:assert/strict";
import { allControls, tokensOfConfigType } from "../../rules";

/** From the documentation of both sides. */
const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  "AWS::AutoScaling::AutoScalingGroup": ["aws:autoscaling/group:Group"],
  "AWS::CloudFront::Distribution": ["aws:cloudfront/distribution:Distribution"],
  "AWS::DynamoDB::Table": ["aws:dynamodb/table:Table"],
  "AWS::EC2::CustomerGateway": ["aws:ec2/customerGateway:CustomerGateway"],
  "AWS::EC2::Instance": ["aws:ec2/instance:Instance"],
  "AWS::EC2::Subnet": ["aws:ec2/defaultSubnet:DefaultSubnet", "aws:ec2/subnet:Subnet"],
  "AWS::EC2::Volume": ["aws:ebs/volume:Volume"],
  "AWS::ElasticLoadBalancing::LoadBalancer": ["aws:elb/loadBalancer:LoadBalancer"],
  "AWS::IAM::Role": ["aws:iam/role:Role"],
  "AWS::MSK::Cluster": ["aws:msk/cluster:Cluster"],
  "AWS::RDS::DBCluster": [
    "aws:docdb/cluster:Cluster",
    "aws:neptune/cluster:Cluster",
    "aws:rds/cluster:Cluster",
  ],
  "AWS::RDS::DBSnapshot": ["aws:rds/snapshot:Snapshot"],
  "AWS::SQS::Queue": ["aws:sqs/queue:Queue", "aws:sqs/queuePolicy:QueuePolicy"],
};

describe("tokensOfConfigType", () => {
  for (const [type, tokens] of Object.entries(EXPECTED)) {
    it(`knows ${type}`, () => {
      assert.deepEqual([...tokensOfConfigType(type)].sort(), tokens);
    });
  }

  it("keeps the types of a rule over many types apart", () => {
    const tokens = tokensOfConfigType("AWS::S3::Bucket");
    assert.ok(tokens.has("aws:s3/bucket:Bucket"));
    assert.ok(!tokens.has("aws:dynamodb/table:Table"));
  });

  it("knows what every policy of one type judges", () => {
    for (const { rule, policy } of allControls()) {
      const [type, ...others] = rule.resourceTypes;
      if (policy?.checks.size !== 1 || type === undefined || others.length > 0) continue;
      for (const token of policy.checks.keys()) assert.ok(tokensOfConfigType(type).has(token), rule.name);
    }
  });

  it("knows nothing of a type that no control names", () => {
    assert.equal(tokensOfConfigType("AWS::Nothing::AtAll").size, 0);
    assert.equal(tokensOfConfigType("").size, 0);
  });
});
