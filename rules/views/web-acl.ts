import type { ResourceType } from "../catalog/generated/resource-types";
import { compliant, undecided, violation } from "../engine";
import type { Context, Outcome } from "../engine";
import { readerOf } from "./parts";

/** Web ACLs of regional resources, which are attached by a resource of their own. */

const ASSOCIATIONS: readonly (readonly [type: ResourceType, acl: string])[] = [
  ["aws:wafv2/webAclAssociation:WebAclAssociation", "webAclArn"],
  ["aws:wafregional/webAclAssociation:WebAclAssociation", "webAclId"],
];

/** A web ACL is attached to the resource, one of the listed where some are. Attachments of other stacks are not seen. */
export function hasWebAcl({ node, stack }: Context, listed: readonly string[] | undefined): Outcome {
  const reason = {
    found: "no web ACL is attached",
    fix: "add a WebAclAssociation with the ARN of the resource",
  };
  let open = false;
  for (const [type, acl] of ASSOCIATIONS) {
    const { nodes, uncertain } = stack.referrers(node, type, "resourceArn");
    open ||= uncertain;
    for (const association of nodes) {
      const read = readerOf(association).at(acl);
      if (listed === undefined || (read.kind === "known" && listed.some((one) => one === read.value)))
        return compliant();
      if (read.kind === "unknown") open = true;
    }
  }
  const missing = listed === undefined ? reason : { ...reason, found: "no listed web ACL is attached" };
  return open ? undecided(missing) : violation(missing);
}
