// The estimate of the cost needs the same rules, so that they are worked out in rules/.
export { regionalRules } from "../rules/declaration";
