import * as pulumi from "@pulumi/pulumi";
import * as aws from "../../components/aws";
import { CustomerKey } from "../../components/customer-key";
import { CONFIG_SERVICE, evidenceEncryption } from "../../components/documents/evidence";
import { policyText } from "../../components/documents/statement";

/** The topic that AWS Config of every spoke publishes its changes to; machines in the hub subscribe. */
export class SpokeStream extends pulumi.ComponentResource {
  public readonly topicArn: pulumi.Output<string>;

  public constructor(
    name: string,
    { region, accounts }: { readonly region: string; readonly accounts: readonly string[] },
  ) {
    super("example:hub-and-spoke:SpokeStream", name);
    const key = new CustomerKey(
      name,
      {
        description: "Encrypts what AWS Config of the spokes publishes.",
        region,
        retain: false,
        allow: () => [evidenceEncryption(accounts)],
      },
      { parent: this },
    );
    const topic = new aws.sns.Topic(
      name,
      { name: `${pulumi.getProject()}-${pulumi.getStack()}-${name}`, region, kmsMasterKeyId: key.arn },
      { parent: this },
    );
    const policy = new aws.sns.TopicPolicy(
      name,
      {
        arn: topic.arn,
        region,
        policy: topic.arn.apply((arn) =>
          policyText([
            {
              Sid: "AllowConfigOfTheSpokes",
              Effect: "Allow",
              Principal: { Service: CONFIG_SERVICE },
              Action: "sns:Publish",
              Resource: arn,
              Condition: { StringEquals: { "aws:SourceAccount": accounts } },
            },
          ]),
        ),
      },
      { parent: this },
    );
    this.topicArn = policy.arn;
    this.registerOutputs({ topicArn: this.topicArn });
  }
}
