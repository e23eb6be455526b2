import { compliant, given, isUnknown, notApplicable, policy, undecided, violation } from "../engine";
import type { Outcome, Policies, Reader, ResourceArgs } from "../engine";

const CONNECTOR = "aws:transfer/connector:Connector";

type Connector = Reader<ResourceArgs[typeof CONNECTOR]>;

/** A connector for SFTP has no algorithms of its own. */
const ifAs2 = (connector: Connector, then: () => Outcome): Outcome =>
  connector.read("as2Config").kind === "absent" ? notApplicable() : then();

/** By default the answer is signed like the message. */
const signsAnswers = (connector: Connector, approved: readonly string[]): Outcome => {
  const own = connector.value("as2Config.mdnSigningAlgorithm");
  if (isUnknown(own))
    return undecided(connector.reason("as2Config.mdnSigningAlgorithm", `use ${approved.join(" or ")}`));
  return own === "DEFAULT" && !approved.includes("DEFAULT")
    ? connector.oneOf("as2Config.signingAlgorithm", approved)
    : connector.oneOf("as2Config.mdnSigningAlgorithm", approved);
};

export const transfer: Policies = {
  TRANSFER_CONNECTOR_AS2_ENCRYPTION_ALGORITHM_CHECK: policy(
    "AS2 connectors encrypt with an approved algorithm.",
    {
      [CONNECTOR]: (connector, { approvedEncryptionAlgorithms: approved }) =>
        ifAs2(connector, () =>
          approved === undefined
            ? connector.noneOf("as2Config.encryptionAlgorithm", ["DES_EDE3_CBC"])
            : connector.oneOf("as2Config.encryptionAlgorithm", approved),
        ),
    },
  ),

  TRANSFER_CONNECTOR_AS2_MDN_SIGNING_ALGORITHM_CHECK: policy(
    "AS2 connectors sign answers with an approved algorithm.",
    {
      [CONNECTOR]: (connector, { approvedMdnSigningAlgorithms }) =>
        given(approvedMdnSigningAlgorithms, (approved) =>
          ifAs2(connector, () => signsAnswers(connector, approved)),
        ),
    },
  ),

  TRANSFER_CONNECTOR_AS2_SIGNING_ALGORITHM_CHECK: policy(
    "AS2 connectors sign messages with an approved algorithm.",
    {
      [CONNECTOR]: (connector, { approvedSigningAlgorithms: approved }) =>
        ifAs2(connector, () =>
          approved === undefined
            ? connector.noneOf("as2Config.signingAlgorithm", ["NONE"])
            : connector.oneOf("as2Config.signingAlgorithm", approved),
        ),
    },
  ),

  TRANSFER_CONNECTOR_LOGGING_ENABLED: policy("Transfer connectors log to CloudWatch.", {
    [CONNECTOR]: (connector) => connector.present("loggingRole"),
  }),

  TRANSFER_FAMILY_SERVER_NO_FTP: policy("Transfer servers do not speak FTP.", {
    "aws:transfer/server:Server": (server) => {
      const { items, complete } = server.texts("protocols");
      const reason = server.reason("protocols", 'remove "FTP" from "protocols"');
      if (items.includes("FTP")) return violation(reason);
      return complete ? compliant() : undecided(reason);
    },
  }),
};
