import { GetParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { createHash } from "node:crypto";

import { type Session } from "../session";
import { jsonText, type Properties } from "../values";

/** `aws.ssm.getParameter`: what the local AWS holds; it knows Amazon's public parameters too. */
export async function parameter(session: Session, args: Properties): Promise<Properties> {
  const decrypt = args["withDecryption"] !== false;
  const { Parameter: found } = await session
    .client(SSMClient, "ssm")
    .send(new GetParameterCommand({ Name: String(args["name"]), WithDecryption: decrypt }));
  return {
    ...args,
    id: found?.Name,
    arn: found?.ARN,
    type: found?.Type,
    value: found?.Value,
    insecureValue: found?.Type === "SecureString" ? "" : found?.Value,
    version: found?.Version,
    region: session.region,
    withDecryption: decrypt,
  };
}

/**
 * `aws.ec2.getAmi`: an image id that follows from the question. Instances are only previewed, so that no image has to exist;
 * what is asked twice is answered alike.
 */
export function amazonMachineImage(session: Session, args: Properties): Promise<Properties> {
  const digest = createHash("sha256")
    .update(jsonText({ args, region: session.region }))
    .digest("hex");
  const id = `ami-${digest.slice(0, 17)}`;
  return Promise.resolve({
    ...args,
    id,
    imageId: id,
    arn: `arn:${session.partition}:ec2:${session.region}::image/${id}`,
    architecture: "x86_64",
    name: `sandbox-${digest.slice(17, 25)}`,
    rootDeviceName: "/dev/xvda",
    rootDeviceType: "ebs",
    virtualizationType: "hvm",
    state: "available",
    region: session.region,
    blockDeviceMappings: [],
    productCodes: [],
    tags: {},
  });
}
