import { compliantCase, resource, undecidedCase, unknown, violatingCase } from "./build";
import type { Cases } from "./types";

const endpoint = resource("aws:ec2clientvpn/endpoint:Endpoint");
const rule = resource("aws:ec2clientvpn/authorizationRule:AuthorizationRule");
const transit = resource("aws:ec2transitgateway/transitGateway:TransitGateway");
const connection = resource("aws:ec2/vpnConnection:VpnConnection");

const logged = (logEnabled: unknown): object => ({ cloudwatchLogOptions: { logEnabled } });

export const ec2Vpn: Cases = {
  EC2_CLIENT_VPN_CONNECTION_LOG_ENABLED: [
    compliantCase("logs", endpoint({ connectionLogOptions: { enabled: true, cloudwatchLogGroup: "vpn" } })),
    violatingCase("does not log", endpoint({ connectionLogOptions: { enabled: false } })),
    undecidedCase("does not know yet", endpoint({ connectionLogOptions: { enabled: unknown } })),
  ],
  EC2_CLIENT_VPN_NOT_AUTHORIZE_ALL: [
    compliantCase("authorises one group", rule({ targetNetworkCidr: "10.0.0.0/16", accessGroupId: "S-1" })),
    compliantCase(
      "does not authorise all",
      rule({ targetNetworkCidr: "10.0.0.0/16", authorizeAllGroups: false }),
    ),
    violatingCase("authorises all", rule({ targetNetworkCidr: "10.0.0.0/16", authorizeAllGroups: true })),
    undecidedCase("does not know yet", rule({ authorizeAllGroups: unknown })),
  ],
  EC2_TRANSIT_GATEWAY_AUTO_VPC_ATTACH_DISABLED: [
    compliantCase("asks before it accepts", transit({ autoAcceptSharedAttachments: "disable" })),
    compliantCase("does not say, which asks", transit({})),
    violatingCase("accepts by itself", transit({ autoAcceptSharedAttachments: "enable" })),
    undecidedCase("does not know yet", transit({ autoAcceptSharedAttachments: unknown })),
  ],
  EC2_VPN_CONNECTION_IKE_VERSION_CHECK: [
    compliantCase(
      "allows version 2 only",
      connection({ tunnel1IkeVersions: ["ikev2"], tunnel2IkeVersions: ["ikev2"] }),
    ),
    violatingCase(
      "allows version 1 too",
      connection({ tunnel1IkeVersions: ["ikev1", "ikev2"], tunnel2IkeVersions: ["ikev2"] }),
    ),
    violatingCase("does not say for its second tunnel", connection({ tunnel1IkeVersions: ["ikev2"] })),
    violatingCase("does not say, which allows both", connection({ type: "ipsec.1" })),
    undecidedCase(
      "does not know yet",
      connection({ tunnel1IkeVersions: unknown, tunnel2IkeVersions: ["ikev2"] }),
    ),
  ],
  EC2_VPN_CONNECTION_LOGGING_ENABLED: [
    compliantCase(
      "logs both tunnels",
      connection({ tunnel1LogOptions: logged(true), tunnel2LogOptions: logged(true) }),
    ),
    violatingCase("logs one tunnel", connection({ tunnel1LogOptions: logged(true) })),
    violatingCase(
      "turns the log of one tunnel off",
      connection({ tunnel1LogOptions: logged(true), tunnel2LogOptions: logged(false) }),
    ),
    violatingCase("does not say", connection({ type: "ipsec.1" })),
    undecidedCase(
      "does not know yet",
      connection({ tunnel1LogOptions: logged(unknown), tunnel2LogOptions: logged(true) }),
    ),
  ],
};
