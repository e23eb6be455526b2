import type { ResourceArgs } from "../catalog/generated/resource-types";
import { all, check, policy, undecided } from "../engine";
import type { Outcome, Policies, Reader } from "../engine";

const CONNECTION = "aws:ec2/vpnConnection:VpnConnection";

/** A tunnel allows IKEv2 and no other version. */
function onlyIkev2(
  connection: Reader<ResourceArgs[typeof CONNECTION]>,
  path: "tunnel1IkeVersions" | "tunnel2IkeVersions",
): Outcome {
  const fix = `set "${path}" to ["ikev2"]`;
  const value = connection.value(path);
  const { items, complete } = connection.texts(path);
  const allowed = items.length > 0 || value === undefined ? items : ["ikev1", "ikev2"];
  const reason = connection.reason(path, fix);
  if (allowed.some((version) => version.toLowerCase() !== "ikev2")) {
    return complete || items.length > 0 ? check(false, reason) : undecided(reason);
  }
  return complete ? check(allowed.length > 0, reason) : undecided(reason);
}

export const ec2Vpn: Policies = {
  EC2_CLIENT_VPN_CONNECTION_LOG_ENABLED: policy("Client VPN endpoints log connections.", {
    "aws:ec2clientvpn/endpoint:Endpoint": (endpoint) => endpoint.isTrue("connectionLogOptions.enabled"),
  }),

  EC2_CLIENT_VPN_NOT_AUTHORIZE_ALL: policy("Client VPN rules authorise named groups only.", {
    "aws:ec2clientvpn/authorizationRule:AuthorizationRule": (rule) => rule.isFalse("authorizeAllGroups"),
  }),

  EC2_TRANSIT_GATEWAY_AUTO_VPC_ATTACH_DISABLED: policy(
    "Transit gateways accept no attachments by themselves.",
    {
      "aws:ec2transitgateway/transitGateway:TransitGateway": (gateway) =>
        gateway.equals("autoAcceptSharedAttachments", "disable"),
    },
  ),

  EC2_VPN_CONNECTION_IKE_VERSION_CHECK: policy("VPN tunnels use IKEv2 only.", {
    [CONNECTION]: (connection) =>
      all(onlyIkev2(connection, "tunnel1IkeVersions"), onlyIkev2(connection, "tunnel2IkeVersions")),
  }),

  EC2_VPN_CONNECTION_LOGGING_ENABLED: policy("VPN connections log both tunnels.", {
    [CONNECTION]: (connection) =>
      all(
        connection.isTrue("tunnel1LogOptions.cloudwatchLogOptions.logEnabled"),
        connection.isTrue("tunnel2LogOptions.cloudwatchLogOptions.logEnabled"),
      ),
  }),
};
