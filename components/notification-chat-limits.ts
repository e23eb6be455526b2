import { show } from "./limits";
import { partitionOf } from "./partitions";
import { type Problem, under } from "./problems";

/** A channel of Slack. */
export interface SlackChannel {
  /** Id of the workspace, such as `T0123ABCD`, which somebody has authorised in the console. */
  readonly workspaceId: string;
  /** Id of the channel, such as `C0123ABCD`; its name can change. */
  readonly channelId: string;
}

/** A channel of Microsoft Teams. */
export interface TeamsChannel {
  /** Id of the tenant, a UUID. */
  readonly tenantId: string;
  /** Id of the team, a UUID, which somebody has authorised in the console. */
  readonly teamId: string;
  /** Id of the channel as its link holds it, such as `19%3Aabc%40thread.tacv2`. */
  readonly channelId: string;
}

/** The channels that get the alerts of all regions. */
export interface ChatChoices {
  readonly slack?: readonly SlackChannel[] | undefined;
  readonly teams?: readonly TeamsChannel[] | undefined;
}

const WORKSPACE = {
  test: /^[TE][A-Z0-9]{7,20}$/,
  is: "a Slack workspace",
  rule: 'T and at least 7 capital letters or digits, such as "T0123ABCD"',
};
const SLACK_CHANNEL = {
  test: /^[CG][A-Z0-9]{7,20}$/,
  is: "a Slack channel",
  rule: 'C or G and at least 7 capital letters or digits, such as "C0123ABCD", not its name',
};
const UUID = {
  test: /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i,
  is: "a Microsoft tenant or team",
  rule: 'a UUID such as "123e4567-e89b-12d3-a456-426614174000"',
};
const TEAMS_CHANNEL = {
  test: /^[\w\-=+/.,]*%3[aA][\w\-=+/.,]*%40[\w\-=+/.,]*$/,
  is: "a Teams channel",
  rule: 'at most 256 characters as the link of the channel holds them, such as "19%3Aabc%40thread.tacv2"',
};

/**
 * Everything that AWS would refuse of the channels.
 *
 * @param region - any region of the account: the service is global, and only in the commercial partition
 * @see https://docs.aws.amazon.com/chatbot/latest/APIReference/API_CreateSlackChannelConfiguration.html
 * @see https://docs.aws.amazon.com/chatbot/latest/APIReference/API_CreateTeamsChannelConfiguration.html
 */
export function chatProblems({ slack = [], teams = [] }: ChatChoices, region: string): readonly Problem[] {
  const problems = [
    ...slack.flatMap(({ workspaceId, channelId }, index) =>
      under(`slack[${index}]`, [
        ...idProblems("workspaceId", workspaceId, WORKSPACE),
        ...idProblems("channelId", channelId, SLACK_CHANNEL),
      ]),
    ),
    ...teams.flatMap(({ tenantId, teamId, channelId }, index) =>
      under(`teams[${index}]`, [
        ...idProblems("tenantId", tenantId, UUID),
        ...idProblems("teamId", teamId, UUID),
        ...idProblems("channelId", channelId, TEAMS_CHANNEL),
      ]),
    ),
    ...repeated("slack", slack),
    ...repeated("teams", teams),
  ];
  if (slack.length + teams.length > 0 && partitionOf(region) !== "aws") {
    const message = `Amazon Q Developer in chat applications does not exist in the partition of ${show(region)}; remove the channels.`;
    problems.push({ path: "", message });
  }
  return problems;
}

function idProblems(
  path: string,
  id: string,
  kind: { readonly test: RegExp; readonly is: string; readonly rule: string },
): readonly Problem[] {
  if (kind.test.test(id) && id.length <= 256) return [];
  return [{ path, message: `${show(id)} is not the id of ${kind.is}; write ${kind.rule}.` }];
}

/** A channel has one configuration in an account. */
function repeated(kind: string, channels: readonly { readonly channelId: string }[]): readonly Problem[] {
  const ids = channels.map(({ channelId }) => channelId);
  return ids.flatMap((id, index) =>
    ids.indexOf(id) === index
      ? []
      : [{ path: `${kind}[${index}].channelId`, message: `${show(id)} is listed twice; remove one.` }],
  );
}
