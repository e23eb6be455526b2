import { SEVERITIES } from "../../rules";
import { type DashboardChoices, dashboardProblems } from "../dashboard-limits";
import { under } from "../problems";
import type { Part } from "./parts";
import type { Section } from "./section";

/** The part `dashboard`: the entry of that name. */
export function dashboardPart(root: Section): Part<DashboardChoices> {
  const section = root.section("dashboard", ["dashboardName", "alarmSeverities", "maxAgeHours"]);
  const settings = {
    dashboardName: section.text("dashboardName"),
    alarmSeverities: section.words("alarmSeverities", SEVERITIES),
    maxAgeHours: section.number("maxAgeHours"),
  };
  return { settings, limits: under("dashboard", dashboardProblems(settings)) };
}
