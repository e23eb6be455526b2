import { policy } from "../engine";
import type { Policies } from "../engine";

export const ivs: Policies = {
  IVS_CHANNEL_PLAYBACK_AUTHORIZATION_ENABLED: policy("IVS channels let only those watch who may.", {
    "aws:ivs/channel:Channel": (channel) => channel.isTrue("authorized"),
  }),
};
