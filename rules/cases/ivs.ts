import { resource } from "./build";
import { settingCases } from "./settings";
import type { Cases } from "./types";

export const ivs: Cases = {
  IVS_CHANNEL_PLAYBACK_AUTHORIZATION_ENABLED: settingCases(
    resource("aws:ivs/channel:Channel"),
    "authorized",
    { good: [true], bad: [false], absent: "violates" },
  ),
};
