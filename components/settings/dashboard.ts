import { SEVERITIES } from "../../rules/declaration";
import { dashboardProblems } from "../dashboard-limits";
import { under } from "../problems";
import type { ComplianceDashboardArgs } from "../compliance-dashboard";
import type { Part } from "./parts";
import type { Place } from "./place";
import type { Section } from "./section";

/** The part `dashboard`: the entry of that name. */
export function dashboardPart(root: Section, place: Place): Part<ComplianceDashboardArgs> {
  const section = root.section("dashboard", [
    "dashboardName",
    "alarmSeverities",
    "maxAgeHours",
    "maxItemsPerDay",
  ]);
  const { homeRegion, regions, tags } = place;
  const settings = {
    homeRegion,
    regions,
    tags,
    dashboardName: section.text("dashboardName"),
    alarmSeverities: section.words("alarmSeverities", SEVERITIES),
    maxAgeHours: section.number("maxAgeHours"),
    maxItemsPerDay: section.number("maxItemsPerDay"),
  };
  return { settings, limits: under("dashboard", dashboardProblems(settings)) };
}
