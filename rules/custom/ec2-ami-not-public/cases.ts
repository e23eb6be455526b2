import type { Before, CustomCase, Scheduled } from "../cases";
import type { OwnImage } from ".";

/** The SDK's text for a value that is not known yet. */
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Launch permissions as a program declares them. */
const declared = (...permissions: readonly Readonly<Record<string, unknown>>[]): Before => ({
  resources: permissions.map((inputs) => ({
    type: "aws:ec2/amiLaunchPermission:AmiLaunchPermission",
    inputs: { imageId: "ami-1", ...inputs },
  })),
});

/** Images as EC2 lists them. */
const listed = (...flags: readonly (boolean | undefined)[]): Scheduled<readonly OwnImage[]> => ({
  account: flags.map((Public, index) => ({ ImageId: `ami-${index + 1}`, Public })),
});

const ACCOUNT = { accountId: "210987654321" };

export const cases: readonly CustomCase<readonly OwnImage[]>[] = [
  {
    title: "is shared with an account",
    verdict: "COMPLIANT",
    before: declared(ACCOUNT),
    after: listed(false),
  },
  {
    title: "is shared with an organisation",
    verdict: "COMPLIANT",
    before: declared({
      organizationArn: "arn:aws-cn:organizations::123456789012:organization/o-a1b2c3d4e5",
    }),
    after: listed(false),
  },
  {
    title: "is shared with everybody",
    verdict: "NON_COMPLIANT",
    before: declared({ group: "all" }),
    after: listed(true),
  },
  {
    title: "is shared with an account and with everybody",
    verdict: "NON_COMPLIANT",
    before: declared({ group: "all" }, ACCOUNT),
    after: listed(true),
  },
  {
    title: "is one of many, of which one is shared with everybody",
    verdict: "NON_COMPLIANT",
    before: declared({ imageId: "ami-2", group: "all" }, ACCOUNT, { imageId: "ami-3", ...ACCOUNT }),
    after: listed(false, true, false),
  },
  {
    title: "is one of many that are not shared with everybody",
    verdict: "COMPLIANT",
    before: declared(ACCOUNT, { imageId: "ami-2", ...ACCOUNT }),
    after: listed(false, false),
  },
  {
    title: "is shared with a group that is not known",
    verdict: "UNDECIDED",
    before: declared({ group: UNKNOWN }),
    after: listed(undefined),
  },
  {
    title: "is one of many of which one is not known, and another is shared with everybody",
    verdict: "NON_COMPLIANT",
    before: declared({ imageId: "ami-2", group: "all" }, { group: UNKNOWN }),
    after: listed(undefined, true),
  },
  {
    title: "is made by the program, and shared with everybody",
    verdict: "NON_COMPLIANT",
    before: declared({ imageId: UNKNOWN, group: "all" }),
    after: { never: "an image that exists has an id" },
  },
  {
    title: "does not exist",
    verdict: "NOT_APPLICABLE",
    before: { never: "a policy judges permissions, and there is none" },
    after: listed(),
  },
];
