import { ChatChannels } from "./chatbot";
import { buildOperations } from "./codebuild";
import { Connections } from "./codeconnections";
import { pipelineOperations } from "./codepipeline";
import { deliveryOperations } from "./delivery";
import { bucketPolicyGuard, documentOperations, formGuard } from "./documents";
import { Evaluations } from "./evaluations";
import { CustomRules } from "./custom-rules";
import { eventOperations } from "./events";
import { Identities } from "./identities";
import { logOperations } from "./logs";
import { recorderOperations } from "./recorders";
import { managedRules, ruleOperations } from "./rules";
import { GapFiller } from "./server";
import { trailOperations } from "./trails";

export { GapFiller } from "./server";

/** What a person does by hand in an account, and what happens there by itself. */
export interface Hands {
  readonly connections: Connections;
  readonly chat: ChatChannels;
  readonly evaluations: Evaluations;
  readonly customRules: CustomRules;
  readonly identities: Identities;
}

/**
 * A gap filler with everything that it knows.
 *
 * @param python - the interpreter that has moto, for its list of managed rules.
 */
export function makeGapFiller(motoPort: number, python: string): GapFiller<Hands> {
  const rules = managedRules(python);
  const makeGaps = () => {
    const evaluations = new Evaluations();
    const hands = {
      connections: new Connections(),
      chat: new ChatChannels(),
      evaluations,
      customRules: new CustomRules(evaluations),
      identities: new Identities(),
    };
    return {
      hands,
      identities: hands.identities,
      operations: {
        ...documentOperations(),
        // The names by which the protocols of the services know them.
        ...named("StarlingDoveService.", {
          ...recorderOperations(),
          ...deliveryOperations(),
          ...ruleOperations(rules, hands.customRules, (call) => evaluations.put(call)),
          ...evaluations.operations(),
          ...hands.customRules.operations(),
        }),
        ...named("Logs_20140328.", logOperations()),
        ...named("AWSEvents.", eventOperations()),
        ...named("CloudTrail_20131101.", trailOperations()),
        ...named("CodeBuild_20161006.", buildOperations(hands.connections)),
        ...named("CodePipeline_20150709.", pipelineOperations()),
        ...named("com.amazonaws.codeconnections.CodeConnections_20231201.", hands.connections.operations()),
      },
      paths: named("chatbot ", hands.chat.operations()),
      guards: [bucketPolicyGuard, formGuard],
    };
  };
  return new GapFiller(makeGaps, motoPort);
}

function named<T>(prefix: string, operations: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  return Object.fromEntries(
    Object.entries(operations).map(([name, handler]) => [`${prefix}${name}`, handler]),
  );
}
