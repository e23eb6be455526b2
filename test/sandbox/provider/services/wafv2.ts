import {
  CreateWebACLCommand,
  DeleteWebACLCommand,
  GetWebACLCommand,
  ListTagsForResourceCommand,
  Scope,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateWebACLCommand,
  WAFV2Client,
  type CustomResponseBody,
  type DefaultAction,
  type Rule,
  type VisibilityConfig,
} from "@aws-sdk/client-wafv2";
import { type WebAclArgs } from "@pulumi/aws/wafv2";

import { resourceType, type Args, type ResourceTypes } from "../resource-type";
import { type Session } from "../session";
import { generatedName } from "./iam-roles";
import { given, member, toApi, type Names } from "./shapes";
import { syncTags, tagList, tagMap } from "./tags";

/** Where a web ACL for CloudFront lives. */
const GLOBAL_REGION = "us-east-1";

const NAMES: Names = {
  arn: "ARN",
  cloudwatchMetricsEnabled: "CloudWatchMetricsEnabled",
  ipSetForwardedIpConfig: "IPSetForwardedIPConfig",
  ipSetReferenceStatement: "IPSetReferenceStatement",
  forwardedIpConfig: "ForwardedIPConfig",
};

function client(session: Session, scope: string | undefined): WAFV2Client {
  return (scope === "CLOUDFRONT" ? session.in(GLOBAL_REGION) : session).client(WAFV2Client, "wafv2");
}

const webAcl = resourceType<WebAclArgs>({
  replaceOn: ["scope", "namePrefix"],
  check: ({ scope }) =>
    Object.values<string>(Scope).includes(scope)
      ? []
      : [["scope", `"scope" is "${scope}"; it takes ${Object.values(Scope).join(" or ")}.`]],
  async create(session, args) {
    const { Summary } = await client(session, args.scope).send(
      new CreateWebACLCommand({
        ...settings(args),
        Name: args.name ?? generatedName(args.namePrefix),
        Scope: member(Scope, args.scope, "scope"),
        Tags: Object.keys(args.tagsAll ?? {}).length === 0 ? undefined : tagList(args.tagsAll),
      }),
    );
    return given(Summary?.Id, "the id of the new web ACL");
  },
  async update(session, Id, args, old) {
    const waf = client(session, args.scope);
    const Name = given(args.name, "a name");
    const scope = member(Scope, args.scope, "scope");
    const { LockToken, WebACL } = await waf.send(new GetWebACLCommand({ Id, Name, Scope: scope }));
    await waf.send(new UpdateWebACLCommand({ ...settings(args), Id, Name, Scope: scope, LockToken }));
    const ResourceARN = WebACL?.ARN;
    await syncTags(
      old.tagsAll,
      args.tagsAll,
      (tags) => waf.send(new TagResourceCommand({ ResourceARN, Tags: tagList(tags) })),
      (TagKeys) => waf.send(new UntagResourceCommand({ ResourceARN, TagKeys })),
    );
  },
  async read(session, id, args) {
    // An import names all three parts.
    const [Id, Name = args.name, scope = args.scope ?? "REGIONAL"] = id.split("/");
    const waf = client(session, scope);
    const query = { Id, Name, Scope: member(Scope, scope, "scope") };
    const { WebACL: found, LockToken } = await waf.send(new GetWebACLCommand(query));
    if (!found) return undefined;
    const { TagInfoForResource: tags } = await waf.send(
      new ListTagsForResourceCommand({ ResourceARN: found.ARN }),
    );
    return {
      arn: found.ARN,
      applicationIntegrationUrl: "",
      capacity: found.Capacity ?? 0,
      description: found.Description,
      lockToken: LockToken,
      name: found.Name,
      scope,
      tagsAll: tagMap(tags?.TagList),
    };
  },
  async delete(session, Id, args) {
    const waf = client(session, args.scope);
    const query = { Id, Name: given(args.name, "a name"), Scope: member(Scope, args.scope, "scope") };
    const { LockToken } = await waf.send(new GetWebACLCommand(query));
    await waf.send(new DeleteWebACLCommand({ ...query, LockToken }));
  },
});

function settings(args: Args<WebAclArgs>): {
  DefaultAction: DefaultAction;
  Description: string | undefined;
  Rules: Rule[];
  VisibilityConfig: VisibilityConfig;
  TokenDomains: string[] | undefined;
  CustomResponseBodies: Record<string, CustomResponseBody> | undefined;
} {
  const bodies = args.customResponseBodies?.map(
    ({ key, ...body }) => [key, toApi<CustomResponseBody>(body)] as const,
  );
  return {
    DefaultAction: toApi(args.defaultAction, NAMES),
    Description: args.description,
    Rules: args.ruleJson === undefined ? toApi(args.rules ?? [], NAMES) : parsedRules(args.ruleJson),
    VisibilityConfig: toApi(args.visibilityConfig, NAMES),
    TokenDomains: args.tokenDomains && [...args.tokenDomains],
    CustomResponseBodies: bodies && Object.fromEntries(bodies),
  };
}

function parsedRules(text: string): Rule[] {
  const rules: unknown = JSON.parse(text);
  return toApi(rules);
}

/** The resource types of WAF. */
export const wafv2: ResourceTypes = { "aws:wafv2/webAcl:WebAcl": webAcl };
