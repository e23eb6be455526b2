import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";

import { type Session } from "../session";
import { type Properties } from "../values";

/** `aws.getCallerIdentity`: who the credentials belong to, as the local AWS says. */
export async function account(session: Session): Promise<Properties> {
  const identity = await session.client(STSClient, "sts").send(new GetCallerIdentityCommand({}));
  return { accountId: identity.Account, arn: identity.Arn, userId: identity.UserId, id: identity.Account };
}

/** `aws.getRegion`: the region of the provider, or the one that is asked for. */
export function region(session: Session): Promise<Properties> {
  const name = session.region;
  return Promise.resolve({
    id: name,
    name,
    region: name,
    description: name,
    endpoint: `ec2.${name}.${session.domain}`,
  });
}

/** `aws.getPartition`: follows from the region. */
export function partition(session: Session): Promise<Properties> {
  return Promise.resolve({
    id: session.partition,
    partition: session.partition,
    dnsSuffix: session.domain,
    reverseDnsPrefix: session.domain.split(".").reverse().join("."),
  });
}

/** `aws.getAvailabilityZones`: three zones a region, as most regions have; nothing is created in them here. */
export function availabilityZones(session: Session, args: Properties): Promise<Properties> {
  const excluded: readonly unknown[] = Array.isArray(args["excludeNames"]) ? args["excludeNames"] : [];
  const letters = ["a", "b", "c"].filter((letter) => !excluded.includes(`${session.region}${letter}`));
  return Promise.resolve({
    ...args,
    id: session.region,
    region: session.region,
    names: letters.map((letter) => `${session.region}${letter}`),
    zoneIds: letters.map((letter) => `${shortName(session.region)}-az${"abc".indexOf(letter) + 1}`),
    groupNames: [session.region],
  });
}

// Zone ids begin with a short form of the region: us-east-1 is use1.
function shortName(name: string): string {
  const [area = "", direction = "", number = ""] = name.split("-");
  return `${area}${direction.replace(/(north|south)?(east|west|central)?/, (_, first?: string, second?: string) => (first?.[0] ?? "") + (second?.[0] ?? ""))}${number}`;
}
