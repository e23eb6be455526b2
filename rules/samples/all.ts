import { analytics } from "./analytics";
import { compute } from "./compute";
import { containers } from "./containers";
import { databases } from "./databases";
import { gateways } from "./gateways";
import { identity } from "./identity";
import { messaging } from "./messaging";
import { network } from "./network";
import { operations } from "./operations";
import type { Sample } from "./sample";
import { security } from "./security";
import { storage } from "./storage";
import { web } from "./web";

/** Every sample of every family, for the generator: a command reads what that makes of them. */
export const all: readonly Sample[] = [
  ...analytics,
  ...compute,
  ...containers,
  ...databases,
  ...gateways,
  ...identity,
  ...messaging,
  ...network,
  ...operations,
  ...security,
  ...storage,
  ...web,
];
