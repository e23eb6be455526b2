import type { ResourceArgs } from "../../catalog/generated/resource-types";
import { all, check, undecided, violation } from "../../engine/outcome";
import type { Outcome, Reason } from "../../engine/outcome";
import { policy } from "../../engine/policy";
import type { NoParameters, Policy } from "../../engine/policy";
import type { Reader } from "../../engine/reader";
import { isUnknown, UNKNOWN } from "../../engine/values";
import type { Unknown } from "../../engine/values";
import { customControl } from "../control";
import { preventive } from "../judge";

const PERMISSION = "aws:ec2/amiLaunchPermission:AmiLaunchPermission";

/** An image, and whether everybody may launch it. */
interface Image {
  readonly id: string | Unknown;
  readonly isPublic: boolean | Unknown;
}

/** What decides: the account's own images. */
export interface Images {
  readonly images: readonly Image[];
}

/**
 * Everybody can copy a public AMI, with all that is on its disks. AWS Config does not record AMIs, and takes no results on
 * them, so that the result is one on the account.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/sharingamis-intro.html
 */
export const control = customControl({
  name: "ec2-ami-not-public",
  title: "The account's own AMIs are not shared with everybody.",
  severity: "high",
  resourceTypes: ["AWS::::Account"],
  triggerTypes: ["Periodic"],
  parameters: {},
  requirements: ["aws-well-architected-security:SEC03-BP07", "nist-800-53-r5:AC-3"],
  sources: {
    images: {
      from: "read",
      action: "ec2:DescribeImages",
      because: "AWS Config does not record AMIs",
    },
  },
  listing: [],
  judge: ({ images }: Images) => judgeImages(images),
});

const FIX = 'share AMIs with accounts or organisations, and with no "group"';

/** The public images are one finding, since the account is one resource. */
function judgeImages(images: readonly Image[]): Outcome {
  const open = images.filter(({ isPublic }) => isPublic === true);
  const reason = (found: string): Reason => ({ property: "group", found, fix: FIX });
  if (open.length > 0) return violation(reason(`${named(open)} shared with everybody`));
  return all(
    ...images.map(({ isPublic, id }) =>
      isUnknown(isPublic)
        ? undecided(reason(`it is not known whether ${named([{ id, isPublic }])} shared with everybody`))
        : check(!isPublic, reason(`${named([{ id, isPublic }])} shared with everybody`)),
    ),
  );
}

/** How many images are named; an annotation has 256 characters. */
const NAMED = 3;

/** `AMI "ami-1" is`, or `5 AMIs ("ami-1", "ami-2", "ami-3", ...) are`. */
function named(images: readonly Image[]): string {
  const ids = images.flatMap(({ id }) => (isUnknown(id) ? [] : [`"${id}"`]));
  if (images.length === 1) return ids.length === 0 ? "an AMI is" : `AMI ${ids.join("")} is`;
  const rest = ids.length < images.length || images.length > NAMED ? [...ids.slice(0, NAMED), "..."] : ids;
  return `${images.length} AMIs (${rest.join(", ")}) are`;
}

/** Before the deployment: a permission to launch an image is a resource of its own. */
export function fromInputs(permission: Reader<ResourceArgs[typeof PERMISSION]>): Images {
  const id = permission.value("imageId");
  const group = permission.value("group");
  return {
    images: [
      {
        id: typeof id === "string" ? id : UNKNOWN,
        isPublic: isUnknown(group) ? UNKNOWN : group === "all",
      },
    ],
  };
}

/** The part of EC2's answer that is read. */
export interface OwnImage {
  readonly ImageId: string | undefined;
  readonly Public: boolean | undefined;
}

/**
 * After the deployment: EC2 says of each image whether it is public.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Image.html
 */
export const fromAccount = (images: readonly OwnImage[]): Images => ({
  images: images.map(({ ImageId: id, Public: isPublic }) => ({
    id: id ?? UNKNOWN,
    isPublic: isPublic ?? UNKNOWN,
  })),
});

export const preventivePolicy: Policy<NoParameters> = policy(control.title, {
  [PERMISSION]: preventive(control, fromInputs),
});
