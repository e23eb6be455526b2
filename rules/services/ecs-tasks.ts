import { all, any, compliant, given, notApplicable, policy, unless, when } from "../engine";
import type { Context, Outcome, Policies, Reader, ResourceArgs } from "../engine";
import { everyContainer } from "../views/containers";
import type { Container } from "../views/containers";

const TASK = "aws:ecs/taskDefinition:TaskDefinition";

type Task = Reader<ResourceArgs[typeof TASK]>;

/** A name or a number, with or without a group behind it. */
const isRoot = (user: unknown): boolean => /^(root|0)(:|$)/i.test(String(user).trim());

const hasOwnUser = (container: Reader<Container>): Outcome =>
  container.test(
    "user",
    (user) => (typeof user === "string" || typeof user === "number") && user !== "" && !isRoot(user),
    `set "${container.name("user")}" to a user that is not root`,
  );

const isAdministrator = (user: unknown): boolean =>
  /(^|\\)containeradministrator$/i.test(String(user).trim());

const isNoAdministrator = (container: Reader<Container>): Outcome =>
  container.test(
    "user",
    (user) => typeof user === "string" && user !== "" && !isAdministrator(user),
    `set "${container.name("user")}" to a user that is not the administrator`,
  );

/** Without a family the containers are Linux ones. */
const isWindows = (task: Task): Outcome =>
  task.test(
    "runtimePlatform.operatingSystemFamily",
    (family) => typeof family === "string" && family.toUpperCase().startsWith("WINDOWS"),
    "run Windows containers",
  );

/** A setting of a container that is off where nothing is said. */
const isNotPrivileged = (container: Reader<Container>): Outcome =>
  container.read("privileged").kind === "absent" ? compliant() : container.isFalse("privileged");

/** A variable whose name says that it holds a secret. */
const holdsNoSecrets = (container: Reader<Container>, keys: readonly string[]): Outcome =>
  all(
    compliant(),
    container.every("environment", (variable) => variable.noneOf("name", keys)),
  );

const checks = (
  condition: (container: Reader<Container>) => Outcome,
): Record<typeof TASK, (task: Task, _: unknown, context: Context) => Outcome> => ({
  [TASK]: (task, _, context) => everyContainer(task, context, condition),
});

export const ecsTasks: Policies = {
  ECS_AWSVPC_NETWORKING_ENABLED: policy("ECS task definitions use the network mode awsvpc.", {
    [TASK]: (task) => task.equals("networkMode", "awsvpc"),
  }),

  ECS_CONTAINERS_NONPRIVILEGED: policy("ECS containers are not privileged.", checks(isNotPrivileged)),

  ECS_CONTAINERS_READONLY_ACCESS: policy(
    "ECS containers cannot write to their root file system.",
    checks((container) => container.isTrue("readonlyRootFilesystem")),
  ),

  ECS_NO_ENVIRONMENT_SECRETS: policy("ECS containers have no secrets in environment variables.", {
    [TASK]: (task, { secretKeys }, context) =>
      given(secretKeys, (keys) =>
        everyContainer(task, context, (container) => holdsNoSecrets(container, keys)),
      ),
  }),

  ECS_TASK_DEFINITION_EFS_ENCRYPTION_ENABLED: policy("ECS tasks reach EFS volumes over TLS.", {
    [TASK]: (task) =>
      task.every("volumes", (volume) =>
        volume.read("efsVolumeConfiguration").kind === "absent"
          ? notApplicable()
          : volume.equals("efsVolumeConfiguration.transitEncryption", "ENABLED"),
      ),
  }),

  ECS_TASK_DEFINITION_LINUX_USER_NON_ROOT: policy("ECS containers on Linux run as a user that is not root.", {
    [TASK]: (task, _, context) => unless(isWindows(task), () => everyContainer(task, context, hasOwnUser)),
  }),

  ECS_TASK_DEFINITION_LOG_CONFIGURATION: policy(
    "ECS containers have a log configuration.",
    checks((container) => container.present("logConfiguration")),
  ),

  ECS_TASK_DEFINITION_MEMORY_HARD_LIMIT: policy(
    "ECS containers have a hard limit of memory.",
    checks((container) => container.present("memory")),
  ),

  ECS_TASK_DEFINITION_NETWORK_MODE_NOT_HOST: policy(
    "ECS task definitions do not use the network of their host.",
    {
      [TASK]: (task) => task.noneOf("networkMode", ["host"]),
    },
  ),

  ECS_TASK_DEFINITION_NONROOT_USER: policy(
    "ECS containers run as a user that is not root.",
    checks(hasOwnUser),
  ),

  ECS_TASK_DEFINITION_PID_MODE_CHECK: policy(
    "ECS task definitions do not share the processes of their host.",
    {
      [TASK]: (task) => task.noneOf("pidMode", ["host"]),
    },
  ),

  // A revision is active when it is made, so that it does not matter whether inactive ones are skipped.
  ECS_TASK_DEFINITION_USER_FOR_HOST_MODE_CHECK: policy(
    "ECS containers in the network of their host are privileged or run as a user that is not root.",
    {
      [TASK]: (task, _, context) => {
        const elsewhere = task.noneOf("networkMode", ["host"]);
        const containers = everyContainer(task, context, (container) =>
          any(container.isTrue("privileged"), hasOwnUser(container)),
        );
        return elsewhere.verdict === "NON_COMPLIANT" ? containers : any(elsewhere, containers);
      },
    },
  ),

  ECS_TASK_DEFINITION_WINDOWS_USER_NON_ADMIN: policy(
    "ECS containers on Windows run as a user that is not the administrator.",
    {
      [TASK]: (task, _, context) =>
        when(isWindows(task), () => everyContainer(task, context, isNoAdministrator)),
    },
  ),
};
