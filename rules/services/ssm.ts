import { compliant, policy, textsOf, undecided, violation, when } from "../engine";
import type { Outcome, Policies, Reader } from "../engine";
import type { ResourceArgs } from "../catalog/generated/resource-types";

type ServiceSetting = Reader<ResourceArgs["aws:ssm/serviceSetting:ServiceSetting"]>;

/** One setting of the account, which is named by its id or by its ARN, has a value. */
const setting = (reader: ServiceSetting, id: string, value: string): Outcome =>
  when(
    reader.test("settingId", (given) => typeof given === "string" && given.endsWith(id), `name ${id}`),
    () => reader.equals("settingValue", value),
  );

/** A document is shared with named accounts only. Its permissions are a map, whose keys the provider leaves alone. */
function isNotPublic(document: Reader<unknown>): Outcome {
  const paths = ["permissions.account_ids", "permissions.accountIds"];
  const reason = {
    property: "permissions",
    found: "the document is shared with everybody",
    fix: "name accounts",
  };
  for (const path of paths) {
    const read = document.at(path);
    if (read.kind === "unknown") return undecided({ ...reason, found: "its permissions are not known yet" });
    const { items, complete } = textsOf(read.kind === "known" ? read.value : undefined);
    const accounts = items.flatMap((text) => text.split(",")).map((account) => account.trim().toLowerCase());
    if (accounts.includes("all")) return violation(reason);
    if (!complete) return undecided({ ...reason, found: "its permissions are not known yet" });
  }
  return compliant();
}

export const ssm: Policies = {
  SSM_AUTOMATION_BLOCK_PUBLIC_SHARING: policy(
    "The account blocks public sharing of Systems Manager documents.",
    {
      "aws:ssm/serviceSetting:ServiceSetting": (reader) =>
        setting(reader, "/ssm/documents/console/public-sharing-permission", "Disable"),
    },
    { partial: true },
  ),

  SSM_AUTOMATION_LOGGING_ENABLED: policy(
    "The account logs Systems Manager automations to CloudWatch.",
    {
      "aws:ssm/serviceSetting:ServiceSetting": (reader) =>
        setting(reader, "/ssm/automation/customer-script-log-destination", "CloudWatch"),
    },
    { partial: true },
  ),

  SSM_DOCUMENT_NOT_PUBLIC: policy("Systems Manager documents are not public.", {
    "aws:ssm/document:Document": isNotPublic,
  }),
};
