import { type Session } from "../session";
import { type Properties } from "../values";
import { account, availabilityZones, partition, region } from "./environment";
import { amazonMachineImage, parameter } from "./lookups";
import { policyDocument } from "./policy-document";

/** Answers one function of the provider from its arguments. */
export type ProviderFunction = (session: Session, args: Properties) => Promise<Properties>;

const FUNCTIONS: Readonly<Record<string, ProviderFunction>> = {
  "aws:index/getAvailabilityZones:getAvailabilityZones": availabilityZones,
  "aws:index/getCallerIdentity:getCallerIdentity": account,
  "aws:index/getPartition:getPartition": partition,
  "aws:index/getRegion:getRegion": region,
  "aws:ec2/getAmi:getAmi": amazonMachineImage,
  "aws:iam/getPolicyDocument:getPolicyDocument": policyDocument,
  "aws:ssm/getParameter:getParameter": parameter,
};

/** The function with the given token, or `undefined` when the provider has none. */
export function functionOf(token: string): ProviderFunction | undefined {
  return Object.hasOwn(FUNCTIONS, token) ? FUNCTIONS[token] : undefined;
}
