import { compliantCase, notApplicableCase, resource, undecidedCase, unknown, violatingCase } from "./build";
import type { CaseResource, Cases } from "./types";

const of = resource("aws:ecs/taskDefinition:TaskDefinition");
/** A task definition with its containers in JSON. */
const task = (containers: readonly object[], more: object = {}): CaseResource =>
  of({
    family: "app",
    containerDefinitions: JSON.stringify(
      containers.map((container, index) => ({ name: `c${index}`, image: "nginx", ...container })),
    ),
    ...more,
  });
const hidden = of({ family: "app", containerDefinitions: unknown });
const windows = { runtimePlatform: { operatingSystemFamily: "WINDOWS_SERVER_2022_CORE" } };
const host = { networkMode: "host" };
const efs = (more: object): object => ({
  volumes: [{ name: "data", efsVolumeConfiguration: { fileSystemId: "fs-1", ...more } }],
});
const keys = { secretKeys: "AWS_ACCESS_KEY_ID,AWS_SECRET_ACCESS_KEY" };

export const ecsTasks: Cases = {
  ECS_AWSVPC_NETWORKING_ENABLED: [
    compliantCase("has it", task([{}], { networkMode: "awsvpc" })),
    violatingCase("does not say", task([{}])),
    violatingCase("has a bridge", task([{}], { networkMode: "bridge" })),
    undecidedCase("does not know yet", task([{}], { networkMode: unknown })),
  ],
  ECS_CONTAINERS_NONPRIVILEGED: [
    compliantCase("does not say, which means no", task([{}])),
    compliantCase("says no", task([{ privileged: false }])),
    violatingCase("has a privileged container", task([{ privileged: true }])),
    violatingCase("has one privileged container of two", task([{}, { privileged: true }])),
    violatingCase("writes the setting with a capital letter", task([{ Privileged: true }]), {
      note: "The provider takes names in any case.",
    }),
    violatingCase(
      "has its containers as objects",
      of({ family: "app", containerDefinitions: [{ name: "c", privileged: true }] }),
    ),
    undecidedCase("does not know its containers yet", hidden),
    undecidedCase("has containers that are no JSON", of({ family: "app", containerDefinitions: "nginx" })),
  ],
  ECS_CONTAINERS_READONLY_ACCESS: [
    compliantCase("can only read", task([{ readonlyRootFilesystem: true }])),
    violatingCase("does not say", task([{}])),
    violatingCase(
      "can write in one container of two",
      task([{ readonlyRootFilesystem: true }, { readonlyRootFilesystem: false }]),
    ),
    undecidedCase("does not know its containers yet", hidden),
  ],
  ECS_NO_ENVIRONMENT_SECRETS: [
    compliantCase("has other variables", task([{ environment: [{ name: "STAGE", value: "dev" }] }]), {
      parameters: keys,
    }),
    compliantCase("has no variables", task([{}]), { parameters: keys }),
    compliantCase(
      "takes the secret from a store",
      task([{ secrets: [{ name: "AWS_ACCESS_KEY_ID", valueFrom: "arn:aws:ssm:x" }] }]),
      {
        parameters: keys,
      },
    ),
    violatingCase(
      "has a key in a variable",
      task([{ environment: [{ name: "AWS_ACCESS_KEY_ID", value: "x" }] }]),
      { parameters: keys },
    ),
    violatingCase(
      "has a key in its second container",
      task([
        {},
        {
          environment: [
            { name: "A", value: "b" },
            { name: "AWS_SECRET_ACCESS_KEY", value: "x" },
          ],
        },
      ]),
      {
        parameters: keys,
      },
    ),
    undecidedCase("does not know its containers yet", hidden, { parameters: keys }),
  ],
  ECS_TASK_DEFINITION_EFS_ENCRYPTION_ENABLED: [
    compliantCase("encrypts", task([{}], efs({ transitEncryption: "ENABLED" }))),
    violatingCase("does not say", task([{}], efs({}))),
    violatingCase("does not encrypt", task([{}], efs({ transitEncryption: "DISABLED" }))),
    undecidedCase("does not know yet", task([{}], efs({ transitEncryption: unknown }))),
    notApplicableCase("has no volumes", task([{}])),
    notApplicableCase("has other volumes", task([{}], { volumes: [{ name: "tmp", hostPath: "/tmp" }] })),
  ],
  ECS_TASK_DEFINITION_LINUX_USER_NON_ROOT: [
    compliantCase("has a user", task([{ user: "app" }])),
    compliantCase(
      "has a user by number",
      task([{ user: "1000:1000" }], { runtimePlatform: { operatingSystemFamily: "LINUX" } }),
    ),
    violatingCase("does not say", task([{}])),
    violatingCase("runs as root", task([{ user: "root" }])),
    violatingCase("runs as root by number", task([{ user: "0:0" }])),
    undecidedCase("does not know its containers yet", hidden),
    notApplicableCase("runs on Windows", task([{ user: "ContainerAdministrator" }], windows)),
  ],
  ECS_TASK_DEFINITION_LOG_CONFIGURATION: [
    compliantCase("has one", task([{ logConfiguration: { logDriver: "awslogs", options: {} } }])),
    violatingCase("has none", task([{}])),
    violatingCase(
      "has none in one container of two",
      task([{ logConfiguration: { logDriver: "awslogs" } }, { logConfiguration: null }]),
    ),
    undecidedCase("does not know its containers yet", hidden),
  ],
  ECS_TASK_DEFINITION_MEMORY_HARD_LIMIT: [
    compliantCase("has one", task([{ memory: 512 }])),
    violatingCase("has a soft limit only", task([{ memoryReservation: 512 }])),
    violatingCase("has a limit for the task only", task([{}], { memory: "512", cpu: "256" }), {
      note: "The rule looks at the containers.",
    }),
    undecidedCase("does not know its containers yet", hidden),
  ],
  ECS_TASK_DEFINITION_NETWORK_MODE_NOT_HOST: [
    compliantCase("has a network interface of its own", task([{}], { networkMode: "awsvpc" })),
    compliantCase("does not say, which means a bridge", task([{}])),
    violatingCase("has the network of its host", task([{}], host)),
    undecidedCase("does not know yet", task([{}], { networkMode: unknown })),
  ],
  ECS_TASK_DEFINITION_NONROOT_USER: [
    compliantCase("has a user", task([{ user: "app" }])),
    violatingCase("does not say", task([{}])),
    violatingCase("has an empty user", task([{ user: "" }])),
    violatingCase("runs as root with a group", task([{ user: "root:app" }])),
    violatingCase("has a user in one container of two", task([{ user: "app" }, {}])),
    undecidedCase("does not know its containers yet", hidden),
  ],
  ECS_TASK_DEFINITION_PID_MODE_CHECK: [
    compliantCase("does not say", task([{}])),
    compliantCase("shares the processes of the task", task([{}], { pidMode: "task" })),
    violatingCase("shares the processes of its host", task([{}], { pidMode: "host" })),
    undecidedCase("does not know yet", task([{}], { pidMode: unknown })),
  ],
  ECS_TASK_DEFINITION_USER_FOR_HOST_MODE_CHECK: [
    compliantCase("has another network", task([{}], { networkMode: "awsvpc" })),
    compliantCase("does not say, which means a bridge", task([{}])),
    compliantCase("is privileged", task([{ privileged: true }], host)),
    compliantCase("has a user", task([{ user: "app" }], host)),
    violatingCase("has neither", task([{}], host)),
    violatingCase("runs as root without privileges", task([{ user: "root", privileged: false }], host)),
    undecidedCase("does not know its network yet", task([{}], { networkMode: unknown })),
    undecidedCase(
      "does not know its containers yet",
      of({ family: "app", ...host, containerDefinitions: unknown }),
    ),
  ],
  ECS_TASK_DEFINITION_WINDOWS_USER_NON_ADMIN: [
    compliantCase("has a user", task([{ user: "ContainerUser" }], windows)),
    violatingCase("does not say", task([{}], windows)),
    violatingCase("runs as the administrator", task([{ user: "ContainerAdministrator" }], windows)),
    undecidedCase("does not know its containers yet", of({ ...windows, containerDefinitions: unknown })),
    notApplicableCase("runs on Linux", task([{ user: "root" }])),
  ],
};
