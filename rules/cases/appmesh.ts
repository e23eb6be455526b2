import { compliantCase, notApplicableCase, resource, undecidedCase, unknown, violatingCase } from "./build";
import { settingCases } from "./settings";
import type { Case, CaseResource, Cases } from "./types";

const mesh = resource("aws:appmesh/mesh:Mesh");
const gateway = resource("aws:appmesh/virtualGateway:VirtualGateway");
const node = resource("aws:appmesh/virtualNode:VirtualNode");
type Of = (inputs: Readonly<Record<string, unknown>>) => CaseResource;

const CHECK = { protocol: "http", path: "/", healthyThreshold: 2, unhealthyThreshold: 2 };
const port = { portMapping: { port: 8080, protocol: "http" } };
const eachListener = (of: Of, property: string, block: object): readonly Case[] => [
  compliantCase(
    "has one at each listener",
    of({
      spec: {
        listeners: [
          { ...port, [property]: block },
          { ...port, [property]: block },
        ],
      },
    }),
  ),
  violatingCase(
    "has a listener without",
    of({ spec: { listeners: [{ ...port, [property]: block }, port] } }),
  ),
  notApplicableCase("has no listener", of({ spec: {} })),
  undecidedCase("does not know its listeners yet", of({ spec: { listeners: unknown } })),
];
const logging = (of: Of): readonly Case[] => [
  compliantCase("logs", of({ spec: { logging: { accessLog: { file: { path: "/dev/stdout" } } } } })),
  violatingCase("does not log", of({ spec: {} })),
  undecidedCase("does not know it yet", of({ spec: unknown })),
];
const preference = {
  good: ["IPv6_ONLY"],
  bad: ["IPv4_ONLY"],
  absent: "violates",
  parameters: { ipPreference: "IPv6_ONLY" },
} as const;

export const appmesh: Cases = {
  APPMESH_MESH_DENY_TCP_FORWARDING: settingCases(mesh, "spec.egressFilter.type", {
    good: ["DROP_ALL"],
    bad: ["ALLOW_ALL"],
    absent: "complies",
  }),
  APPMESH_MESH_IP_PREF_CHECK: settingCases(mesh, "spec.serviceDiscovery.ipPreference", preference),
  APPMESH_VIRTUAL_GATEWAY_LISTENERS_HEALTH_CHECK_ENABLED: eachListener(gateway, "healthCheck", CHECK),
  APPMESH_VIRTUAL_GATEWAY_LOGGING_FILE_PATH_EXISTS: logging(gateway),
  APPMESH_VIRTUAL_NODE_DNS_IP_PREF_CHECK: settingCases(
    node,
    "spec.serviceDiscovery.dns.ipPreference",
    preference,
  ),
  APPMESH_VIRTUAL_NODE_LISTENERS_HEALTH_CHECK_ENABLED: eachListener(node, "healthCheck", CHECK),
  APPMESH_VIRTUAL_NODE_LISTENERS_OUTLIER_DETECT_ENABLED: eachListener(node, "outlierDetection", {
    maxServerErrors: 5,
    maxEjectionPercent: 50,
  }),
  APPMESH_VIRTUAL_NODE_LOGGING_FILE_PATH_EXISTS: logging(node),
};
