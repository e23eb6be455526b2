import { ListAliasesCommand, ListResourceTagsCommand } from "@aws-sdk/client-kms";
import { AssumeRoleCommand } from "@aws-sdk/client-sts";
import { ACCOUNT } from "../engine/environment";
import { textOf } from "../json";
import { AwsError } from "./aws-error";
import { boundaryOf, found, regionOfKey, rolePolicies, trustOf } from "./permissions";
import { decide, type PolicyRequest } from "./policy";
import { type Asked, askedOf } from "./requests";
import type { AwsRequest, AwsResponse, Surroundings } from "./server";

/** Keys with which a role's session calls AWS. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** A call that was refused. */
export interface Denial {
  readonly role: string;
  readonly action: string;
  readonly resource: string;
}

/**
 * Judges what sessions of roles may do: by the policies of the role, by its permissions boundary, and for roles that are
 * assumed by their trust. The literal credentials stand for whoever owns the account, and may do everything.
 *
 * moto's own judgement looks at actions only, knows no boundaries, and sees nothing of what this server serves.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export class Identities {
  private readonly sessions = new Map<string, string>();
  /** What was refused, in order. */
  readonly denials: Denial[] = [];
  /** What was allowed, by the name of the role. */
  readonly allowed = new Map<string, Set<string>>();

  /** Begins a session of a role as a service does to which the role was handed, CodeBuild for one. */
  async session({ aws }: Pick<Surroundings, "aws">, role: string): Promise<Credentials> {
    const { Credentials: made } = await aws.sts.send(
      new AssumeRoleCommand({ RoleArn: role, RoleSessionName: "service" }),
    );
    const accessKeyId = made?.AccessKeyId ?? "";
    this.sessions.set(accessKeyId, role);
    return {
      accessKeyId,
      secretAccessKey: made?.SecretAccessKey ?? "",
      sessionToken: made?.SessionToken ?? "",
    };
  }

  /** Remembers whose session an answer begins. */
  observe({ headers, body }: AwsRequest, answer: AwsResponse): void {
    if (!textOf(headers["content-type"]).startsWith("application/x-www-form-urlencoded")) return;
    const form = new URLSearchParams(body.toString());
    const key = /<AccessKeyId>([^<]+)</.exec(answer.body.toString())?.[1];
    if (form.get("Action") === "AssumeRole" && key !== undefined)
      this.sessions.set(key, form.get("RoleArn") ?? "");
  }

  /** Refuses a request that the caller's role may not make. */
  async judge(
    request: AwsRequest,
    scope: { readonly region: string; readonly service: string },
    by: Surroundings,
  ): Promise<void> {
    const key = /Credential=([^/]+)\//.exec(request.headers.authorization ?? "")?.[1] ?? "";
    const role = this.sessions.get(key);
    const asked = role === undefined ? undefined : askedOf(request, scope);
    if (role === undefined || asked === undefined) return;
    const policies = await rolePolicies(by.aws.iam, nameOf(role));
    const boundary = await boundaryOf(by.aws.iam, nameOf(role));
    const context = {
      ...asked.context,
      ...(await boundaryContext(asked, by)),
      "aws:principalarn": role,
      "aws:principalaccount": ACCOUNT,
    };
    const documents = { policies, boundary };
    for (const group of asked.resources ?? [undefined]) {
      const wish = { role, action: asked.action, context: { ...context, ...(await keyContext(group, by)) } };
      const isAllowed = (group ?? [undefined]).some((resource) => allows(documents, { ...wish, resource }));
      if (!isAllowed) throw this.denied(role, asked.action, group?.[0] ?? "*", request);
    }
    for (const { action, resource } of asked.also ?? []) {
      if (!allows(documents, { role, action, resource, context }))
        throw this.denied(role, action, resource, request);
    }
    if (asked.action === "sts:AssumeRole") await this.judgeTrust(role, asked, context, by, request);
    const allowed = this.allowed.get(nameOf(role)) ?? new Set();
    this.allowed.set(nameOf(role), allowed.add(asked.action));
    if (asked.passes) {
      const passing = { ...context, "iam:passedtoservice": asked.passes.service };
      const resource = asked.passes.role;
      if (!allows(documents, { role, action: "iam:PassRole", resource, context: passing }))
        throw this.denied(role, "iam:PassRole", resource, request);
    }
  }

  private async judgeTrust(
    role: string,
    asked: Asked,
    context: PolicyRequest["context"],
    by: Surroundings,
    request: AwsRequest,
  ): Promise<void> {
    const target = asked.resources?.[0]?.[0] ?? "";
    const trust = await trustOf(by.aws.iam, nameOf(target));
    const verdict = decide(trust, { principal: { arn: role }, action: asked.action, resource: "", context });
    if (verdict !== "allow") throw this.denied(role, asked.action, target, request);
  }

  private denied(role: string, action: string, resource: string, { headers }: AwsRequest): AwsError {
    this.denials.push({ role, action, resource });
    const who = `arn:aws:sts::${ACCOUNT}:assumed-role/${nameOf(role)}/session`;
    const message = `User: ${who} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`;
    return new AwsError(
      headers["x-amz-target"] === undefined ? "AccessDenied" : "AccessDeniedException",
      message,
      403,
    );
  }
}

interface Documents {
  readonly policies: readonly string[];
  readonly boundary: string | undefined;
}

/** What is asked of a role's documents; without a resource, any will do. */
interface Wish {
  readonly role: string;
  readonly action: string;
  readonly resource: string | undefined;
  readonly context: PolicyRequest["context"];
}

function allows({ policies, boundary }: Documents, { role, action, resource, context }: Wish): boolean {
  const verdict = (document: string) => {
    const request = { principal: { arn: role }, action, context };
    return decide(
      document,
      resource === undefined ? { ...request, resource: "*", anyResource: true } : { ...request, resource },
    );
  };
  const verdicts = [...policies, ...(boundary === undefined ? [] : [boundary])].map(verdict);
  const limit = boundary === undefined ? "allow" : verdict(boundary);
  return (
    !verdicts.includes("deny") &&
    limit === "allow" &&
    policies.some((document) => verdict(document) === "allow")
  );
}

/** A role that exists has a boundary to be judged by; one that is made brings it in the request. */
async function boundaryContext(
  { action, resources }: Asked,
  { aws }: Surroundings,
): Promise<PolicyRequest["context"]> {
  const [role = ""] = resources?.[0] ?? [];
  if (!action.startsWith("iam:") || action === "iam:CreateRole" || !role.includes(":role/")) return {};
  const boundary = await boundaryOf(aws.iam, nameOf(role), "arn");
  return boundary === undefined ? {} : { "iam:permissionsboundary": boundary };
}

/**
 * The tags and the alias of a key that is there. Of several aliases, conditions see the first. A call that names only an
 * alias is judged by the alias alone, where AWS asks for its key, too.
 */
async function keyContext(
  group: readonly string[] | undefined,
  by: Pick<Surroundings, "region" | "elsewhere">,
): Promise<PolicyRequest["context"]> {
  const [KeyId = ""] = group ?? [];
  if (!/^arn:[^:]+:kms:[^:]*:[^:]*:key\//.test(KeyId)) return {};
  const { kms } = by.elsewhere(regionOfKey(KeyId, by.region));
  const { Tags = [] } = (await found(kms.send(new ListResourceTagsCommand({ KeyId })))) ?? {};
  const { Aliases = [] } = (await found(kms.send(new ListAliasesCommand({ KeyId })))) ?? {};
  const alias = Aliases[0]?.AliasName;
  return {
    ...Object.fromEntries(
      Tags.map(({ TagKey = "", TagValue = "" }) => [`aws:resourcetag/${TagKey.toLowerCase()}`, TagValue]),
    ),
    ...(alias === undefined ? {} : { "kms:resourcealiases": alias }),
  };
}

function nameOf(roleArn: string): string {
  return roleArn.split("/").at(-1) ?? "";
}
