import { EC2Client, paginateDescribeImages } from "@aws-sdk/client-ec2";
import { configRule } from "../../lambda";
import type { RuleDefinition, Subject } from "../../lambda";
import { control, fromAccount } from ".";
import type { Images, OwnImage } from ".";

interface Clients {
  readonly ec2: EC2Client;
  readonly [name: string]: { destroy(): void };
}

/** The most that a page may have. */
const PAGE = 1000;

/** EC2 hides deprecated images from everybody but their owner. */
async function imagesOf(ec2: EC2Client): Promise<readonly OwnImage[]> {
  const images: OwnImage[] = [];
  for await (const page of paginateDescribeImages({ client: ec2, pageSize: PAGE }, { Owners: ["self"] })) {
    for (const { ImageId, Public } of page.Images ?? []) images.push({ ImageId, Public });
  }
  return images;
}

// eslint-disable-next-line @typescript-eslint/require-await -- the account is listed without a call
async function* accountOf(account: string, { ec2 }: Clients): AsyncGenerator<Subject<Images>> {
  const facts = async (): Promise<Images> => fromAccount(await imagesOf(ec2));
  yield { resourceType: "AWS::::Account", resourceId: account, facts };
}

export const definition: RuleDefinition<Images, typeof control.parameters, Clients> = {
  control,
  clients: (config) => ({ ec2: new EC2Client(config) }),
  list: accountOf,
};

export const handler = configRule(definition);
