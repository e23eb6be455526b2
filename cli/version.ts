import { name, version } from "../package.json";

/** The name and version of this program, as reports state them. */
export const TOOL = { name, version } as const;
