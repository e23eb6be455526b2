import { policy } from "../engine";
import type { Policies } from "../engine";

export const fis: Policies = {
  FIS_EXPERIMENT_TEMPLATE_LOG_CONFIGURATION_EXISTS: policy("FIS experiment templates say where to log.", {
    "aws:fis/experimentTemplate:ExperimentTemplate": (template) => template.present("logConfiguration"),
  }),
};
