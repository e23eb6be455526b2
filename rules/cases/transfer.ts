import { compliantCase, notApplicableCase, resource, undecidedCase, unknown, violatingCase } from "./build";
import type { CaseResource, Cases } from "./types";

const of = resource("aws:transfer/connector:Connector");
const as2 = (more: object = {}): CaseResource =>
  of({
    url: "https://partner.example.com",
    accessRole: "arn:aws:iam::111122223333:role/as2",
    as2Config: {
      encryptionAlgorithm: "AES256_CBC",
      signingAlgorithm: "SHA256",
      mdnResponse: "SYNC",
      compression: "DISABLED",
      ...more,
    },
  });
const sftp = of({
  url: "sftp://partner.example.com",
  accessRole: "arn:aws:iam::111122223333:role/sftp",
  sftpConfig: { userSecretId: "s" },
});
const server = resource("aws:transfer/server:Server");
const mdn = { approvedMdnSigningAlgorithms: "SHA256,SHA384" };

export const transfer: Cases = {
  TRANSFER_CONNECTOR_AS2_ENCRYPTION_ALGORITHM_CHECK: [
    compliantCase("encrypts with AES", as2()),
    compliantCase("encrypts with a listed algorithm", as2(), {
      parameters: { approvedEncryptionAlgorithms: "AES256_CBC" },
    }),
    violatingCase("encrypts with DES", as2({ encryptionAlgorithm: "DES_EDE3_CBC" })),
    violatingCase(
      "encrypts with another algorithm than the listed",
      as2({ encryptionAlgorithm: "AES128_CBC" }),
      {
        parameters: { approvedEncryptionAlgorithms: "AES256_CBC" },
      },
    ),
    undecidedCase("does not know its algorithm yet", as2({ encryptionAlgorithm: unknown })),
    notApplicableCase("is for SFTP", sftp),
  ],
  TRANSFER_CONNECTOR_AS2_MDN_SIGNING_ALGORITHM_CHECK: [
    compliantCase("signs with a listed algorithm", as2({ mdnSigningAlgorithm: "SHA384" }), {
      parameters: mdn,
    }),
    compliantCase("does not say, which means that of the message", as2(), { parameters: mdn }),
    violatingCase("signs with another", as2({ mdnSigningAlgorithm: "SHA1" }), { parameters: mdn }),
    violatingCase(
      "signs like the message with another",
      as2({ mdnSigningAlgorithm: "DEFAULT", signingAlgorithm: "SHA1" }),
      { parameters: mdn },
    ),
    undecidedCase("does not know its algorithm yet", as2({ mdnSigningAlgorithm: unknown }), {
      parameters: mdn,
    }),
    notApplicableCase("is for SFTP", sftp, { parameters: mdn }),
  ],
  TRANSFER_CONNECTOR_AS2_SIGNING_ALGORITHM_CHECK: [
    compliantCase("signs", as2()),
    compliantCase("signs with a listed algorithm", as2(), {
      parameters: { approvedSigningAlgorithms: "SHA256,SHA512" },
    }),
    violatingCase("does not sign", as2({ signingAlgorithm: "NONE" })),
    violatingCase("signs with another algorithm than the listed", as2({ signingAlgorithm: "SHA1" }), {
      parameters: { approvedSigningAlgorithms: "SHA256,SHA512" },
    }),
    undecidedCase("does not know its algorithm yet", as2({ signingAlgorithm: unknown })),
    notApplicableCase("is for SFTP", sftp),
  ],
  TRANSFER_CONNECTOR_LOGGING_ENABLED: [
    compliantCase(
      "has a role for it",
      of({ url: "https://partner.example.com", loggingRole: "arn:aws:iam::111122223333:role/logs" }),
    ),
    violatingCase("has none", as2()),
    violatingCase("has none for SFTP", sftp),
  ],
  TRANSFER_FAMILY_SERVER_NO_FTP: [
    compliantCase("does not say, which means SFTP", server({})),
    compliantCase("speaks SFTP and FTPS", server({ protocols: ["SFTP", "FTPS"] })),
    violatingCase("speaks FTP", server({ protocols: ["FTP"] })),
    violatingCase("speaks FTP as well", server({ protocols: ["SFTP", "FTP"] })),
    undecidedCase("does not know its protocols yet", server({ protocols: unknown })),
  ],
};
