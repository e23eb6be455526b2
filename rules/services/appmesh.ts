import { policy } from "../engine";
import type { Policies } from "../engine";

const MESH = "aws:appmesh/mesh:Mesh";
const GATEWAY = "aws:appmesh/virtualGateway:VirtualGateway";
const NODE = "aws:appmesh/virtualNode:VirtualNode";

export const appmesh: Policies = {
  APPMESH_MESH_DENY_TCP_FORWARDING: policy("Meshes let no traffic out to what is not in them.", {
    [MESH]: (mesh) => mesh.equals("spec.egressFilter.type", "DROP_ALL"),
  }),

  APPMESH_MESH_IP_PREF_CHECK: policy("Meshes have the IP preference asked for.", {
    [MESH]: (mesh, p) => mesh.equals("spec.serviceDiscovery.ipPreference", p.ipPreference),
  }),

  APPMESH_VIRTUAL_GATEWAY_LISTENERS_HEALTH_CHECK_ENABLED: policy(
    "Listeners of virtual gateways have a health check.",
    { [GATEWAY]: (gateway) => gateway.every("spec.listeners", (one) => one.present("healthCheck")) },
  ),

  APPMESH_VIRTUAL_GATEWAY_LOGGING_FILE_PATH_EXISTS: policy("Virtual gateways log who reaches them.", {
    [GATEWAY]: (gateway) => gateway.present("spec.logging.accessLog.file.path"),
  }),

  APPMESH_VIRTUAL_NODE_DNS_IP_PREF_CHECK: policy("Virtual nodes have the IP preference asked for.", {
    [NODE]: (node, p) => node.equals("spec.serviceDiscovery.dns.ipPreference", p.ipPreference),
  }),

  APPMESH_VIRTUAL_NODE_LISTENERS_HEALTH_CHECK_ENABLED: policy(
    "Listeners of virtual nodes have a health check.",
    { [NODE]: (node) => node.every("spec.listeners", (one) => one.present("healthCheck")) },
  ),

  APPMESH_VIRTUAL_NODE_LISTENERS_OUTLIER_DETECT_ENABLED: policy(
    "Listeners of virtual nodes take out hosts that fail.",
    { [NODE]: (node) => node.every("spec.listeners", (one) => one.present("outlierDetection")) },
  ),

  APPMESH_VIRTUAL_NODE_LOGGING_FILE_PATH_EXISTS: policy("Virtual nodes log who reaches them.", {
    [NODE]: (node) => node.present("spec.logging.accessLog.file.path"),
  }),
};
