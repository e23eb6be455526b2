import { aws, provider } from "./types";
import type { ServiceDefaults } from "./types";

const TUNNEL_OPTIONS = "https://docs.aws.amazon.com/vpn/latest/s2svpn/VPNTunnels.html";
const AUTHORIZE = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AuthorizeClientVpnIngress.html";

export const ec2Vpn: ServiceDefaults = {
  "aws:ec2/vpnConnection:VpnConnection": {
    tunnel1IkeVersions: aws(["ikev1", "ikev2"], TUNNEL_OPTIONS),
    tunnel2IkeVersions: aws(["ikev1", "ikev2"], TUNNEL_OPTIONS),
    "tunnel1LogOptions.cloudwatchLogOptions.logEnabled": provider(false),
    "tunnel2LogOptions.cloudwatchLogOptions.logEnabled": provider(false),
  },
  "aws:ec2clientvpn/authorizationRule:AuthorizationRule": { authorizeAllGroups: aws(false, AUTHORIZE) },
  "aws:ec2transitgateway/transitGateway:TransitGateway": { autoAcceptSharedAttachments: provider("disable") },
};
