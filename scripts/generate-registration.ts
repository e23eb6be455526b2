/** Lists the custom controls for everything that knows them. It runs before the other generators, which load the lists. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { controlNames, registrationFiles } from "../cli/rule/registration";

const root = join(__dirname, "..");
for (const [file, content] of Object.entries(registrationFiles(controlNames(root))))
  writeFileSync(join(root, file), content);
