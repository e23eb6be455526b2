import { Random } from "./random";
import { arnOf, From, idOf, nameOf, Stack } from "./stack";
import type { Made } from "./stack";
import type { ResourceFacts } from "../rules";

/** What a part of the generated stack is made with. */
interface Site {
  readonly stack: Stack;
  readonly random: Random;
  readonly key: Made;
  /** Distinguishes the names of this part. */
  readonly n: number;
}

const tagsOf = (n: number): Readonly<Record<string, string>> => ({
  team: `team-${n % 7}`,
  service: `service-${n}`,
});

const document = (...statements: readonly object[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements });

/** Parts of a stack as people build them: each makes several resources that refer to each other. */
const WORKLOADS = [storage, network, database, functions, messages, web, identities, logs] as const;

/**
 * A stack of a number of resources of 42 types, the same for the same seed. About one in three properties that a
 * control looks at violates it.
 */
export function generateStack(size: number, seed = 1): readonly ResourceFacts[] {
  const stack = new Stack(size);
  const random = new Random(seed);
  const key = stack.add("aws:kms/key:Key", "key", { enableKeyRotation: true, deletionWindowInDays: 30 });
  stack.add("aws:kms/alias:Alias", "key", { name: "alias/bench", targetKeyId: idOf(key) });
  for (let n = 0; !stack.isFull; n++) {
    const workload = WORKLOADS[n % WORKLOADS.length] ?? storage;
    workload({ stack, random, key, n });
  }
  return stack.resources;
}

function storage({ stack, random, key, n }: Site): void {
  const bucket = stack.add("aws:s3/bucket:Bucket", `bucket-${n}`, {
    bucket: `bucket-${n}-4f2a91c`,
    forceDestroy: random.chance(0.3),
    tags: tagsOf(n),
  });
  const of = { bucket: nameOf(bucket) };
  const block = !random.chance(0.3);
  stack.add("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", `bucket-${n}`, {
    ...of,
    ...{
      blockPublicAcls: block,
      blockPublicPolicy: block,
      ignorePublicAcls: block,
      restrictPublicBuckets: block,
    },
  });
  stack.add("aws:s3/bucketVersioning:BucketVersioning", `bucket-${n}`, {
    ...of,
    versioningConfiguration: { status: random.pick(["Enabled", "Enabled", "Suspended"]) },
  });
  stack.add(
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    `bucket-${n}`,
    {
      ...of,
      rules: [
        { applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: arnOf(key) } },
      ],
    },
  );
  const deny = {
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
  const allow = { Effect: "Allow", Principal: "*", Action: "s3:GetObject" };
  stack.add("aws:s3/bucketPolicy:BucketPolicy", `bucket-${n}`, {
    ...of,
    policy: new From(
      bucket,
      document({ ...(random.chance(0.7) ? deny : allow), Resource: [bucket.arn, `${bucket.arn}/*`] }),
    ),
  });
}

function network({ stack, random, n }: Site): void {
  const vpc = stack.add("aws:ec2/vpc:Vpc", `vpc-${n}`, {
    cidrBlock: `10.${n % 200}.0.0/16`,
    tags: tagsOf(n),
  });
  if (random.chance(0.7)) {
    stack.add("aws:ec2/flowLog:FlowLog", `vpc-${n}`, {
      vpcId: idOf(vpc),
      trafficType: random.pick(["ALL", "REJECT"]),
    });
  }
  const subnet = stack.add("aws:ec2/subnet:Subnet", `subnet-${n}`, {
    vpcId: idOf(vpc),
    cidrBlock: `10.${n % 200}.1.0/24`,
    mapPublicIpOnLaunch: random.chance(0.3),
  });
  const group = stack.add("aws:ec2/securityGroup:SecurityGroup", `group-${n}`, {
    vpcId: idOf(vpc),
    description: "Servers",
    ingress: random.chance(0.5)
      ? [
          {
            protocol: "tcp",
            fromPort: 22,
            toPort: 22,
            cidrBlocks: [random.pick(["0.0.0.0/0", "10.0.0.0/8"])],
          },
        ]
      : [],
  });
  stack.add("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", `group-${n}`, {
    securityGroupId: idOf(group),
    ipProtocol: "tcp",
    fromPort: 443,
    toPort: 443,
    cidrIpv4: "0.0.0.0/0",
  });
  const instance = stack.add("aws:ec2/instance:Instance", `instance-${n}`, {
    ami: "ami-0abcdef1234567890",
    instanceType: "t3.small",
    subnetId: idOf(subnet),
    vpcSecurityGroupIds: [idOf(group)],
    associatePublicIpAddress: random.chance(0.3),
    metadataOptions: { httpTokens: random.pick(["required", "required", "optional"]) },
    rootBlockDevice: { encrypted: random.chance(0.7) },
    tags: tagsOf(n),
  });
  const volume = stack.add("aws:ebs/volume:Volume", `volume-${n}`, {
    availabilityZone: "eu-west-1a",
    size: 100,
    encrypted: random.chance(0.7),
  });
  stack.add("aws:ec2/volumeAttachment:VolumeAttachment", `volume-${n}`, {
    volumeId: idOf(volume),
    instanceId: idOf(instance),
    deviceName: "/dev/sdf",
  });
}

function database({ stack, random, key, n }: Site): void {
  stack.add("aws:rds/instance:Instance", `database-${n}`, {
    engine: "postgres",
    instanceClass: "db.t3.medium",
    username: random.pick(["app", "app", "postgres"]),
    storageEncrypted: random.chance(0.7),
    kmsKeyId: arnOf(key),
    multiAz: random.chance(0.7),
    publiclyAccessible: random.chance(0.3),
    backupRetentionPeriod: random.pick([0, 7, 14]),
    deletionProtection: random.chance(0.7),
    enabledCloudwatchLogsExports: ["postgresql"],
    tags: tagsOf(n),
  });
  stack.add("aws:dynamodb/table:Table", `table-${n}`, {
    attributes: [{ name: "id", type: "S" }],
    hashKey: "id",
    billingMode: "PAY_PER_REQUEST",
    pointInTimeRecovery: { enabled: random.chance(0.7) },
    deletionProtectionEnabled: random.chance(0.7),
    serverSideEncryption: { enabled: true, kmsKeyArn: arnOf(key) },
  });
  const files = stack.add("aws:efs/fileSystem:FileSystem", `files-${n}`, { encrypted: random.chance(0.7) });
  stack.add("aws:efs/backupPolicy:BackupPolicy", `files-${n}`, {
    fileSystemId: idOf(files),
    backupPolicy: { status: random.pick(["ENABLED", "DISABLED"]) },
  });
}

function functions({ stack, random, n }: Site): void {
  const role = stack.add("aws:iam/role:Role", `function-${n}`, {
    assumeRolePolicy: document({
      Effect: "Allow",
      Principal: { Service: "lambda.amazonaws.com" },
      Action: "sts:AssumeRole",
    }),
  });
  stack.add("aws:iam/rolePolicy:RolePolicy", `function-${n}`, {
    role: nameOf(role),
    policy: document({
      Effect: "Allow",
      Action: random.pick(["dynamodb:GetItem", "kms:Decrypt", "*"]),
      Resource: "*",
    }),
  });
  const code = stack.add("aws:lambda/function:Function", `function-${n}`, {
    name: `function-${n}`,
    runtime: random.pick(["nodejs22.x", "python3.13", "nodejs16.x"]),
    handler: "index.handler",
    role: arnOf(role),
    memorySize: 256,
    environment: { variables: { STAGE: "prod" } },
  });
  stack.add("aws:lambda/permission:Permission", `function-${n}`, {
    function: nameOf(code),
    action: "lambda:InvokeFunction",
    principal: random.pick(["events.amazonaws.com", "*"]),
  });
  stack.add("aws:cloudwatch/logGroup:LogGroup", `function-${n}`, {
    name: `/aws/lambda/function-${n}`,
    ...(random.chance(0.7) ? { retentionInDays: 365 } : {}),
  });
}

function messages({ stack, random, key, n }: Site): void {
  const topic = stack.add(
    "aws:sns/topic:Topic",
    `topic-${n}`,
    random.chance(0.7) ? { kmsMasterKeyId: idOf(key) } : {},
  );
  const principal = (): unknown => random.pick([{ Service: "events.amazonaws.com" }, { AWS: "*" }]);
  stack.add("aws:sns/topicPolicy:TopicPolicy", `topic-${n}`, {
    arn: arnOf(topic),
    policy: document({ Effect: "Allow", Principal: principal(), Action: "sns:Publish", Resource: topic.arn }),
  });
  const queue = stack.add("aws:sqs/queue:Queue", `queue-${n}`, { sqsManagedSseEnabled: random.chance(0.7) });
  stack.add("aws:sqs/queuePolicy:QueuePolicy", `queue-${n}`, {
    queueUrl: idOf(queue),
    policy: document({
      Effect: "Allow",
      Principal: principal(),
      Action: "sqs:SendMessage",
      Resource: queue.arn,
    }),
  });
  stack.add("aws:kinesis/stream:Stream", `stream-${n}`, {
    shardCount: 1,
    encryptionType: random.pick(["KMS", "NONE"]),
    retentionPeriod: random.pick([24, 168]),
  });
}

function web({ stack, random, n }: Site): void {
  const balancer = stack.add("aws:lb/loadBalancer:LoadBalancer", `web-${n}`, {
    loadBalancerType: "application",
    dropInvalidHeaderFields: random.chance(0.7),
    enableDeletionProtection: random.chance(0.7),
  });
  const targets = stack.add("aws:lb/targetGroup:TargetGroup", `web-${n}`, {
    port: 443,
    protocol: random.pick(["HTTPS", "HTTP"]),
  });
  stack.add("aws:lb/listener:Listener", `web-${n}`, {
    loadBalancerArn: arnOf(balancer),
    port: 443,
    protocol: random.pick(["HTTPS", "HTTP"]),
    defaultActions: [{ type: "forward", targetGroupArn: arnOf(targets) }],
  });
  const template = stack.add("aws:ec2/launchTemplate:LaunchTemplate", `web-${n}`, {
    instanceType: "t3.small",
    metadataOptions: { httpTokens: random.pick(["required", "optional"]) },
  });
  stack.add("aws:autoscaling/group:Group", `web-${n}`, {
    minSize: 2,
    maxSize: 4,
    targetGroupArns: [arnOf(targets)],
    healthCheckType: random.pick(["ELB", "EC2"]),
    launchTemplate: { id: idOf(template), version: "$Latest" },
  });
}

function identities({ stack, random, n }: Site): void {
  const user = stack.add("aws:iam/user:User", `user-${n}`, { name: `user-${n}` });
  const policy = stack.add("aws:iam/policy:Policy", `policy-${n}`, {
    policy: document({ Effect: "Allow", Action: random.pick(["s3:GetObject", "s3:*", "*"]), Resource: "*" }),
  });
  stack.add("aws:iam/userPolicyAttachment:UserPolicyAttachment", `user-${n}`, {
    user: nameOf(user),
    policyArn: arnOf(policy),
  });
  stack.add("aws:secretsmanager/secret:Secret", `secret-${n}`, { name: `secret-${n}`, tags: tagsOf(n) });
}

function logs({ stack, random, key, n }: Site): void {
  const bucket = stack.add("aws:s3/bucket:Bucket", `trail-${n}`, { bucket: `trail-${n}-4f2a91c` });
  stack.add("aws:cloudtrail/trail:Trail", `trail-${n}`, {
    s3BucketName: nameOf(bucket),
    enableLogFileValidation: random.chance(0.7),
    isMultiRegionTrail: random.chance(0.7),
    ...(random.chance(0.7) ? { kmsKeyId: arnOf(key) } : {}),
  });
  stack.add("aws:cloudwatch/metricAlarm:MetricAlarm", `alarm-${n}`, {
    namespace: "AWS/Lambda",
    metricName: "Errors",
    comparisonOperator: "GreaterThanThreshold",
    evaluationPeriods: 1,
    threshold: 0,
  });
}
